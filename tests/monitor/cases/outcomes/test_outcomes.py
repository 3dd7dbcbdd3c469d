"""Outcomes: written down, corrected, what importers pay by them, taken over from notices."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Case, Outcome, Proceeding
from monitor.cases.outcomes.closing import StillOpenError, close
from monitor.cases.outcomes.entering import CannotStandError, Said, enter
from monitor.cases.outcomes.paying import others, paid
from monitor.cases.outcomes.proposing import proposals
from monitor.cases.outcomes.words import Force, Result
from monitor.cases.past.near import Asked
from monitor.cases.past.own import ended
from monitor.cases.permission import MayNotError
from monitor.notices.models import Notice
from tests.monitor.cases.outcomes.conftest import CEDAR, GINKGO, NOW, ORDER, PINE, Answered
from tests.monitor.web.house import House

OWN = Said(Result.SEPARATE, Force.DEFINITIVE, ORDER, Decimal("44.60"), source="FR 2021-1")
WIDE = replace(OWN, result=Result.COUNTRY_WIDE, rate=Decimal("231.60"))


def rate(answered: Answered, firm: str | None) -> Decimal | None:
    rows = Outcome.objects.filter(replaced_at=None).select_related("proceeding")
    found = paid(list(rows), answered.measure.pk, answered.firms[firm].pk if firm else None)
    return found.rate if found else None


def test_a_correction_replaces_and_both_stay(answered: Answered) -> None:
    by, firm = answered.forest.officer, answered.firms[PINE]
    enter(answered.investigation, firm, OWN, by, NOW)
    enter(answered.investigation, firm, replace(OWN, rate=Decimal("45.49")), by, NOW)
    rows = Outcome.objects.order_by("pk").values_list("rate", "replaced_at")
    assert list(rows) == [(Decimal("44.600"), NOW), (Decimal("45.490"), None)]
    assert rate(answered, PINE) == Decimal("45.49")


def test_what_importers_pay_follows_the_word_that_binds(answered: Answered) -> None:
    by, pine, first = answered.forest.officer, answered.firms[PINE], answered.investigation
    enter(first, None, WIDE, by, NOW)
    enter(first, pine, replace(OWN, deposit_rate=Decimal("34.05")), by, NOW)
    assert (rate(answered, PINE), rate(answered, GINKGO)) == (Decimal("34.05"), Decimal("231.60"))
    review = answered.proceeding("administrative_review", "us-commerce/administrative-review")
    later = replace(OWN, day=date(2023, 3, 7), rate=Decimal("9.99"), force=Force.PROVISIONAL)
    enter(review, pine, later, by, NOW)
    assert rate(answered, PINE) == Decimal("34.05")  # preliminary: nothing changes
    enter(review, answered.firms[CEDAR], Said(
        Result.TERMINATED, Force.DEFINITIVE, date(2023, 9, 1), source="FR"
    ), by, NOW)  # fmt: skip
    assert rate(answered, CEDAR) == Decimal("231.60")  # rescinded: what was before stays
    enter(review, pine, Said(
        Result.ZERO, Force.DEFINITIVE, date(2023, 9, 12), source="FR"
    ), by, NOW)  # fmt: skip
    assert rate(answered, PINE) == 0
    sunset = answered.proceeding("sunset_review", "us-commerce/sunset-review")
    gone = Said(Result.NO_MEASURE, Force.DEFINITIVE, date(2026, 5, 1), source="FR")
    enter(sunset, None, gone, by, NOW)
    assert [rate(answered, each) for each in (PINE, GINKGO, None)] == [0, 0, 0]


def test_all_others_go_before_the_whole_country(answered: Answered) -> None:
    by = answered.forest.officer
    enter(answered.investigation, None, WIDE, by, NOW)
    low = replace(WIDE, result=Result.ALL_OTHERS, rate=Decimal("20.56"))
    enter(answered.investigation, None, low, by, NOW)
    rows = list(Outcome.objects.select_related("proceeding"))
    assert others(rows, answered.measure.pk) == Decimal("20.56")


@pytest.mark.parametrize(
    ("said", "for_all", "field"),
    [
        (replace(OWN, rate=None), False, "rate"),
        (OWN, True, "result"),
        (replace(OWN, result=Result.NO_MEASURE), False, "rate"),
        (replace(OWN, result=Result.ZERO, rate=Decimal(4)), False, "rate"),
        (replace(OWN, amount=Decimal(3)), False, "amount"),
        (replace(OWN, source=" "), False, "source"),
        (
            replace(OWN, rate=None, amount=Decimal(3), currency="EUR", unit="t",
                    deposit_rate=Decimal(1)),
            False,
            "deposit_rate",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(
    answered: Answered, said: Said, for_all: bool, field: str
) -> None:
    firm = None if for_all else answered.firms[PINE]
    with pytest.raises(CannotStandError) as refused:
        enter(answered.investigation, firm, said, answered.forest.officer, NOW)
    assert refused.value.field == field
    assert not Outcome.objects.exists()


def test_a_firm_writes_and_reads_its_own_and_what_is_everybodys(answered: Answered) -> None:
    pine = answered.forest.owner(PINE)
    enter(answered.investigation, answered.firms[PINE], OWN, pine, NOW)
    enter(answered.investigation, None, WIDE, answered.forest.officer, NOW)
    for firm in (None, answered.firms[CEDAR]):
        with pytest.raises(MayNotError):
            enter(answered.investigation, firm, replace(WIDE, rate=Decimal(1)), pine, NOW)
    assert Outcome.objects.for_actor(pine).count() == 2
    (seen,) = Outcome.objects.for_actor(answered.forest.owner(CEDAR))
    assert seen.respondent is None
    assert not Outcome.objects.for_actor(Actor()).exists()


TEXT = """
Exporter .......... Weighted-average dumping margin (percent) / cash deposit rate (percent)
Fujian Sample Pine Import & Export Trade Co., Ltd ......... 44.60 34.05
Sample Stranger Timber Co., Ltd ......... 45.00 34.45
China-Wide Entity ............. 231.60 220.87
"""


def test_what_a_notice_prints_is_proposed_and_taken_over_by_a_person(answered: Answered) -> None:
    Notice.objects.filter(pk=answered.order.pk).update(body=TEXT)
    officer, firms = answered.forest.officer, list(answered.firms.values())

    def found():  # type: ignore[no-untyped-def]
        rows = list(Outcome.objects.for_actor(officer))
        return proposals(officer, list(Proceeding.objects.all()), firms, rows)

    first, wide = found().proposals
    assert (first.respondent, first.result, first.force) == (
        answered.firms[PINE], None, Force.DEFINITIVE
    )  # fmt: skip
    assert (first.printed.rate, first.deposit) == (Decimal("44.60"), Decimal("34.05"))
    assert (wide.respondent, wide.result) == (None, Result.COUNTRY_WIDE)
    assert [row.name for _, row in found().strangers] == ["Sample Stranger Timber Co., Ltd"]
    assert not Outcome.objects.exists()
    said = replace(OWN, notice=first.notice)
    enter(first.proceeding, first.respondent, said, officer, NOW)
    assert [each.respondent for each in found().proposals] == [None]


def test_a_case_is_closed_by_a_person_when_nothing_is_left(answered: Answered) -> None:
    officer, summary = answered.forest.officer, "零税率两轮后措施取消，五家中四家应诉。"
    with pytest.raises(StillOpenError):
        close(answered.case, summary, officer, NOW)
    with pytest.raises(MayNotError):
        close(answered.case, summary, answered.forest.owner(PINE), NOW)
    Proceeding.objects.update(stage="ended")
    close(answered.case, summary, officer, NOW)
    assert Case.objects.get().closed_because == summary
    with pytest.raises(CannotStandError):
        enter(answered.investigation, answered.firms[PINE], OWN, officer, NOW)


def test_an_ended_case_of_ours_tells_its_rates_beside_similar_ones(answered: Answered) -> None:
    officer = answered.forest.officer
    House().claim(answered.order)
    enter(answered.investigation, answered.firms[PINE], OWN, officer, NOW)
    enter(
        answered.investigation, answered.firms[CEDAR], replace(OWN, rate=Decimal(5)), officer, NOW
    )
    enter(answered.investigation, None, WIDE, officer, NOW)
    Case.objects.update(closed_at=NOW)
    (found,) = ended(Asked.of(["440910"], ["anti_dumping"], "US"), officer)
    (came,) = found.came
    assert (came.firms, came.lowest, came.highest) == (2, Decimal(5), Decimal("44.60"))
    assert came.others == Decimal("231.60")
