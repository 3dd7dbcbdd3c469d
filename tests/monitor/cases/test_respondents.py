"""Who is listed, what they say, and who sees what is at stake."""

from datetime import datetime
from decimal import Decimal

import pytest

from monitor.accounts.models import Share
from monitor.accounts.words import Kind, Role
from monitor.bases.confidential import CONFIDENTIAL
from monitor.cases.models import Case, Respondent, Statement
from monitor.cases.opening import open_case
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import (
    NEXT,
    CannotSayError,
    ChangedMeanwhileError,
    Reply,
    list_firms,
    say,
)
from monitor.cases.stakes import stakes, total
from monitor.cases.words import Answer, Why
from monitor.notices.models import Measure
from tests.monitor.cases.forest import SINCE, Forest
from tests.monitor.cases.test_opening import dumping as dumping  # noqa: PLC0414 - a fixture

PINE, CEDAR = "示例青松木业", "示例雪松木业"


@pytest.fixture
def case(forest: Forest, dumping: Measure, now: datetime) -> Case:
    return open_case([dumping], forest.chamber, forest.officer, now).case


@pytest.fixture
def pine(case: Case) -> Respondent:
    return case.respondents.get(organisation__name_zh=PINE)


@pytest.fixture
def cedar(case: Case) -> Respondent:
    return case.respondents.get(organisation__name_zh=CEDAR)


def why(answer: Answer) -> Why | None:
    return Why.COST if answer is Answer.DECLINES else None


@pytest.mark.parametrize("then", list(Answer))
@pytest.mark.parametrize("before", list(Answer))
def test_what_may_be_said_after_what(
    forest: Forest, pine: Respondent, now: datetime, before: Answer, then: Answer
) -> None:
    Respondent.objects.filter(pk=pine.pk).update(answer=before)
    pine.refresh_from_db()
    if then in NEXT[before]:
        say(pine, Reply(then, why(then)), forest.officer, now)
        pine.refresh_from_db()
        assert pine.answer == then
        assert pine.informed_at == now
        assert Statement.objects.get().answer == then
    else:
        with pytest.raises(CannotSayError):
            say(pine, Reply(then, why(then)), forest.officer, now)
        assert not Statement.objects.exists()


def test_a_reason_belongs_to_declining(forest: Forest, pine: Respondent, now: datetime) -> None:
    with pytest.raises(CannotSayError):
        say(pine, Reply(Answer.DECLINES), forest.officer, now)
    with pytest.raises(CannotSayError):
        say(pine, Reply(Answer.ANSWERS, Why.COST), forest.officer, now)


def test_nobody_says_of_itself_that_it_is_silent(
    forest: Forest, pine: Respondent, now: datetime
) -> None:
    with pytest.raises(CannotSayError):
        say(pine, Reply(Answer.DECLINES, Why.SILENT), forest.owner(PINE), now)
    say(pine, Reply(Answer.DECLINES, Why.SILENT), forest.officer, now)


def test_only_the_firm_and_its_chamber_say(forest: Forest, pine: Respondent, now: datetime) -> None:
    other = forest.seated("示例石材商会")
    office = forest.seated("示例")
    office.kind = Kind.OFFICE
    office.save()
    for stranger in (
        forest.owner(CEDAR),
        forest.acting(other),
        forest.acting(office),
        forest.acting(forest.organisation(PINE), Role.READER),
        None,
    ):
        with pytest.raises(MayNotError):
            say(pine, Reply(Answer.ANSWERS), stranger, now)
    assert not Statement.objects.exists()


def test_the_house_says_that_it_told_the_firm(pine: Respondent, now: datetime) -> None:
    said = say(pine, Reply(Answer.INFORMED), None, now)
    assert (said.said_by, said.acting_for) == (None, None)


def test_two_who_say_at_once_are_told(forest: Forest, pine: Respondent, now: datetime) -> None:
    same = Respondent.objects.get(pk=pine.pk)
    say(pine, Reply(Answer.CONSIDERING), forest.owner(PINE), now)
    with pytest.raises(ChangedMeanwhileError):
        say(same, Reply(Answer.DECLINES, Why.SMALL), forest.officer, now)
    assert Respondent.objects.get(pk=pine.pk).answer == Answer.CONSIDERING


def test_a_firm_joins_another_of_the_case(
    forest: Forest, pine: Respondent, cedar: Respondent, now: datetime
) -> None:
    with pytest.raises(CannotSayError):
        say(cedar, Reply(Answer.JOINS, joined=cedar), forest.owner(CEDAR), now)
    with pytest.raises(CannotSayError):
        say(cedar, Reply(Answer.ANSWERS, joined=pine), forest.owner(CEDAR), now)
    say(cedar, Reply(Answer.JOINS, joined=pine), forest.owner(CEDAR), now)
    assert list(pine.joiners.all()) == [cedar]


def test_who_is_listed_stays_with_the_money_of_that_day(
    forest: Forest, case: Case, pine: Respondent, now: datetime
) -> None:
    redwood = forest.firms["示例红杉木业"]
    list_firms(case, {forest.firms[PINE].pk: Decimal(1), redwood.pk: Decimal(7)}, now)
    pine.refresh_from_db()
    assert pine.value_usd == Decimal("40000000.00")
    assert case.respondents.get(organisation=redwood.organisation).value_usd == 7


def test_figures_are_the_firms_own(
    forest: Forest, case: Case, pine: Respondent, cedar: Respondent
) -> None:
    rows = [pine, cedar]
    hidden = {pine.pk: CONFIDENTIAL, cedar.pk: CONFIDENTIAL}
    assert stakes(rows, forest.officer) == hidden
    assert stakes(rows, forest.owner(PINE)) == hidden | {pine.pk: pine.value_usd}
    Share.objects.create(
        owner=forest.organisation(CEDAR), receiver=forest.chamber, what=Share.What.FIGURES,
        since=SINCE,
    )  # fmt: skip
    assert stakes(rows, forest.officer) == hidden | {cedar.pk: cedar.value_usd}


def test_the_sum_is_told_where_enough_make_it_up(forest: Forest, case: Case, now: datetime) -> None:
    """The chamber sees every sum of its base; a firm one of three and more."""
    assert total(case, forest.officer) == Decimal("60000000.00")
    assert total(case, forest.owner(PINE)) is CONFIDENTIAL
    list_firms(case, {forest.firms["示例红杉木业"].pk: Decimal(9_000_000)}, now)
    assert total(case, forest.owner(PINE)) == Decimal("69000000.00")
    stranger = forest.acting(forest.seated("示例石材商会"))
    assert total(case, stranger) is CONFIDENTIAL


def test_a_firm_sees_itself_and_those_who_are_not_ours(
    forest: Forest, case: Case, pine: Respondent, now: datetime
) -> None:
    named = Respondent.objects.create(case=case, named_as="Others", listed="named", listed_at=now)
    seen = Respondent.objects.for_actor(forest.owner(PINE))
    assert set(seen) == {pine, named}
    assert set(Respondent.objects.for_actor(forest.officer)) == {*case.respondents.all()}
