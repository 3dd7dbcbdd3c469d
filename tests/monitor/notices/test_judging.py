"""A person's word: who, when, what it wakes, what it keeps, and what can be learned from it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from monitor.accounts.models import User
from monitor.jobs.rooms import State
from monitor.notices.classify import room
from monitor.notices.examples import examples
from monitor.notices.judging import WrongJudgementError, add, judge
from monitor.notices.models import Notice, ProductClaim

pytestmark = pytest.mark.django_db

NewNotice = Callable[..., Notice]
CONFIRMED, REJECTED = ProductClaim.Verdict.CONFIRMED, ProductClaim.Verdict.REJECTED


@pytest.fixture
def person(db: None) -> User:
    return get_user_model().objects.create_user("analyst")


@pytest.fixture
def nails(now: datetime, new_notice: NewNotice) -> Notice:
    """Classified, indexed and assessed."""
    notice = new_notice("HTSUS 7317.00.5502", product="steel nails")
    room().walk(now)
    Notice.objects.update(index_state=State.DONE, assess_state=State.DONE)
    return notice


def test_a_judgement_has_its_author_and_moment(now: datetime, nails: Notice, person: User) -> None:
    claim = judge(nails, "731700", CONFIRMED, person, now)
    claim.refresh_from_db()
    assert (claim.verdict, claim.judged_by, claim.judged_at) == ("confirmed", person, now)
    nails.refresh_from_db()
    assert (nails.index_state, nails.assess_state) == (State.READY, State.READY)


def test_a_second_judgement_replaces_the_first(now: datetime, nails: Notice, person: User) -> None:
    judge(nails, "731700", CONFIRMED, person, now)
    judge(nails, "731700", REJECTED, person, now + timedelta(hours=1))
    assert [(e.code, e.right) for e in examples()] == [("731700", False)]


def test_a_rejected_claim_never_comes_back(now: datetime, nails: Notice, person: User) -> None:
    judge(nails, "731700", REJECTED, person, now)
    for _ in range(2):
        Notice.objects.update(classify_state=State.READY)
        room().walk(now)
        claim = nails.claims.get(code="731700")
        assert (claim.verdict, claim.judged_by) == ("rejected", person)


def test_a_missing_code_is_added_and_stays(now: datetime, nails: Notice, person: User) -> None:
    added = add(nails, "731814", person, now)
    assert (added.verdict, added.evidence, added.model) == (
        "confirmed",
        [{"kind": "person"}],
        "person",
    )
    Notice.objects.update(classify_state=State.READY)
    room().walk(now)
    assert {claim.code for claim in nails.claims.all()} == {"731700", "731814"}


def test_adding_what_is_claimed_confirms_it(now: datetime, nails: Notice, person: User) -> None:
    assert add(nails, "731700", person, now).evidence[0]["kind"] == "printed"


def test_what_cannot_be_judged_is_said(now: datetime, nails: Notice, person: User) -> None:
    with pytest.raises(WrongJudgementError, match="has no claim 6907"):
        judge(nails, "6907", CONFIRMED, person, now)
    with pytest.raises(WrongJudgementError, match="9999"):
        add(nails, "9999", person, now)


def test_examples_say_all_that_is_learned_from(now: datetime, nails: Notice, person: User) -> None:
    judge(nails, "731700", CONFIRMED, person, now)
    (example,) = examples()
    assert example.model_dump() == {
        "notice": str(nails),
        "language": "en",
        "text": "steel nails",
        "title": nails.title,
        "product": "steel nails",
        "code": "731700",
        "right": True,
        "evidence": "printed",
        "model": nails.claims.get(code="731700").model,
        "by": "analyst",
        "at": now,
    }


def test_an_example_outlives_its_author(now: datetime, nails: Notice, person: User) -> None:
    judge(nails, "731700", CONFIRMED, person, now)
    person.delete()
    assert [example.by for example in examples()] == [None]
