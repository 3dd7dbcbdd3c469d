"""Codes that one notice of a measure prints hold for its others, and for nobody else's."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.contrib.auth import get_user_model

from monitor.jobs.rooms import State
from monitor.notices import judging
from monitor.notices.classify import room
from monitor.notices.models import Measure, Notice, ProductClaim

pytestmark = pytest.mark.django_db

NewNotice = Callable[..., Notice]
NewMeasure = Callable[..., Measure]
PRINTED = "HTSUS 7318.15.2000 and 7318.16.0085"


def claims(of: Notice) -> dict[str, ProductClaim]:
    return {claim.code: claim for claim in of.claims.all()}


def test_a_silent_notice_has_the_codes_of_its_measure(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    order = new_notice(PRINTED, of=(measure,))
    silent = new_notice(of=(measure,))
    counts = room().walk(now)
    found = claims(silent)
    assert set(found) == {"731815", "731816"}, "what the words suggest otherwise is dropped"
    assert found["731815"].probability == pytest.approx(0.99 * 0.95, abs=0.01)
    assert found["731815"].evidence == [
        {"kind": "measure", "notice": str(order), "id": order.pk, "codes": ["7318.15.2000"]}
    ]
    assert counts["inherited"] == 1


def test_words_that_agree_are_evidence_too(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    new_notice("heading 7317 of the HS", of=(measure,))
    silent = new_notice(of=(measure,), product="steel nails")
    room().walk(now)
    assert [item["kind"] for item in claims(silent)["7317"].evidence] == ["measure", "text"]


def test_a_notice_that_prints_codes_keeps_to_them(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    new_notice(PRINTED, of=(measure,))
    own = new_notice("HTSUS 7317.00.5502", of=(measure,))
    room().walk(now)
    assert set(claims(own)) == {"731700"}


def test_a_later_notice_that_prints_codes_wakes_the_older_ones(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    old, stranger = new_notice(of=(measure,)), new_notice(of=(new_measure("Other"),))
    room().walk(now)
    assert claims(old)["7317"].evidence[0]["kind"] == "text"
    Notice.objects.update(assess_state=State.DONE)
    new_notice(PRINTED, of=(measure,))
    assert room().step(now, 500)["rows"] == 1
    states = dict(Notice.objects.values_list("pk", "classify_state"))
    assert (states[old.pk], states[stranger.pk]) == (State.READY, State.DONE)
    room().walk(now)
    old.refresh_from_db()
    assert set(claims(old)) == {"731815", "731816"}
    assert old.assess_state == State.READY
    assert room().walk(now)["rows"] == 0


def test_codes_that_are_gone_are_lent_no_more(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    order, silent = new_notice(PRINTED, of=(measure,)), new_notice(of=(measure,))
    room().walk(now)
    order.item, order.classify_state = {}, State.READY
    order.save()
    room().walk(now)
    assert {c.evidence[0]["kind"] for c in silent.claims.all()} == {"text"}


def test_a_list_of_measures_lends_only_what_they_share(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    duty, subsidy, other = new_measure(), new_measure(kind="countervailing"), new_measure("Tiles")
    new_notice(PRINTED, of=(duty,))
    new_notice("HTSUS 7318.15.2000", of=(subsidy,))
    new_notice("HTSUS 6907.21.1000", of=(other,))
    both = new_notice(of=(duty, subsidy))
    listing = new_notice(of=(duty, subsidy, other), title="Opportunity To Request a Review")
    room().walk(now)
    assert set(claims(both)) == {"731815"}
    assert not any(c.evidence[0]["kind"] == "measure" for c in listing.claims.all())


def test_a_chapter_is_not_lent(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    new_notice("chapters 61 to 63 of the HTSUS", of=(measure,))
    silent = new_notice(of=(measure,))
    room().walk(now)
    assert "61" not in claims(silent)


def test_the_surest_then_the_latest_notice_is_named(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    new_notice("HTSUS 7318.15.2000", of=(measure,), published=date(2024, 1, 1))
    later = new_notice("HTSUS 7318.15.2000", of=(measure,))
    new_notice("ex 7318.15.20 of the HTSUS", of=(measure,), published=date(2025, 5, 9))
    silent = new_notice(of=(measure,))
    room().walk(now)
    assert claims(silent)["731815"].evidence[0]["notice"] == str(later)


def test_a_persons_word_is_lent_and_a_rejected_code_is_not(
    now: datetime, new_notice: NewNotice, new_measure: NewMeasure
) -> None:
    measure = new_measure()
    order, silent = new_notice(PRINTED, of=(measure,)), new_notice(of=(measure,))
    room().walk(now)
    person = get_user_model().objects.create_user("analyst")
    judging.judge(order, "731815", ProductClaim.Verdict.REJECTED, person, now)
    judging.add(order, "731700", person, now)
    room().walk(now)
    found = claims(silent)
    assert set(found) == {"731700", "731816"}
    assert found["731700"].evidence[0]["confirmed"] is True
    judging.judge(silent, "731816", ProductClaim.Verdict.REJECTED, person, now)
    Notice.objects.update(classify_state=State.READY)
    room().walk(now)
    assert claims(silent)["731816"].verdict == "rejected"
