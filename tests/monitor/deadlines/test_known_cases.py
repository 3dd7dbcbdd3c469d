"""The rules as they stand in config against cases whose dates are known."""

from datetime import date

import pytest

from monitor.deadlines.facts import Due, Facts, Known
from monitor.deadlines.library import Library
from monitor.deadlines.timeline import Case
from tests.monitor.deadlines.rulesets import FOLDER, day

LIBRARY = Library.load(FOLDER)
AD = "us-commerce/anti-dumping"
CBSA, CITT = "ca-cbsa/investigation", "ca-citt/injury-inquiry"
EU = "eu-commission/anti-dumping"


def due(ruleset: str, rule: str, *, postponed: bool = False, **start: str) -> Due:
    """`start`: by event, `petition_filed` for `petition-filed`."""
    days = {event.replace("_", "-"): Known(day(text)) for event, text in start.items()}
    facts = Facts(days=days, postponed=frozenset({rule} if postponed else ()))
    found = Case(LIBRARY.named(ruleset), facts).due(rule)
    assert found is not None
    assert found.day is not None
    return found


def last(ruleset: str, rule: str, *, postponed: bool = False, **start: str) -> str:
    return str(due(ruleset, rule, postponed=postponed, **start).day)


def test_t1_paper_plates_preliminary_is_postponed_and_tolled() -> None:
    """Postponed "until August 22, 2024"; then the memorandum of 22 July 2024 moved it by 7 days."""
    found = due(AD, "preliminary-determination", postponed=True, initiation="2024-02-14")
    assert (str(found.steps[1].day), str(found.day)) == ("2024-08-22", "2024-08-29")


def test_t2_paper_plates_final_falls_on_a_closed_day() -> None:
    """135 days are Saturday 18 January; Monday is a holiday: "now January 21, 2025"."""
    day_ = last(AD, "final-determination", postponed=True, preliminary_published="2024-09-05")
    assert day_ == "2025-01-21"


@pytest.mark.parametrize(
    ("petition", "initiated"),
    [
        ("2019-03-06", "2019-03-26"),  # wooden cabinets
        ("2020-01-08", "2020-01-28"),  # wood mouldings
        ("2019-04-10", "2019-04-30"),  # ceramic tile
        ("2024-06-20", "2024-07-10"),  # low-speed vehicles
    ],
)
def test_t3_initiation_twenty_days_after_the_petition(petition: str, initiated: str) -> None:
    assert last(AD, "initiation", petition_filed=petition) == initiated


def test_t4_wood_mouldings_preliminary() -> None:
    day_ = last(AD, "preliminary-determination", postponed=True, initiation="2020-01-28")
    assert day_ == "2020-08-05"


def test_t5_canada_waterproof_footwear() -> None:
    """Initiated 2009-02-27."""
    assert last(CBSA, "preliminary", initiation="2009-02-27") == "2009-05-28"
    assert last(CBSA, "final", preliminary="2009-05-28") == "2009-08-26"
    assert last(CITT, "finding", agency_preliminary="2009-05-28") == "2009-09-25"


def test_t6_canada_nq_2000_004() -> None:
    assert last(CBSA, "final", preliminary="2000-08-10") == "2000-11-08"
    assert last(CITT, "finding", agency_preliminary="2000-08-10") == "2000-12-08"


@pytest.mark.parametrize(
    ("lodged", "initiated", "provisional", "definitive"),
    [
        ("2012-01-03", "2012-02-16", "2012-11-14", "2013-05-13"),  # t7 tableware
        ("2005-05-30", "2005-07-07", "2006-03-23", "2006-10-05"),  # t8 leather shoes
        ("2007-09-06", "2007-10-20", "2008-07-04", "2008-12-18"),  # t9 mandarins
    ],
)
def test_t7_to_t9_the_eu_before_2018_kept_its_fifteen_months(
    lodged: str, initiated: str, provisional: str, definitive: str
) -> None:
    """45 days to the notice, nine months to provisional and fifteen to definitive duties at the
    latest: all three happened within."""
    assert day(initiated) <= due(EU, "initiation-decision", complaint_lodged=lodged).day
    opened = {"initiation": initiated}
    assert day(provisional) <= due(EU, "provisional", **opened).day
    assert day(definitive) <= due(EU, "definitive", **opened).day


def test_t10_low_speed_vehicles_final() -> None:
    """135 days are Saturday 14 June."""
    day_ = last(AD, "final-determination", postponed=True, preliminary_published="2025-01-30")
    assert day_ == "2025-06-16"


def test_t11_bedroom_furniture_was_polled() -> None:
    day_ = last(AD, "initiation", postponed=True, petition_filed="2003-10-31")
    assert day_ == "2003-12-10"


def test_t12_a_target_date_slips() -> None:
    """337-TA-1270, instituted 2021-07-09: about 16 months aimed at, the final came after 26."""
    found = due("us-itc/section-337", "target-date", institution_published="2021-07-09")
    assert found.rule.bound == "expected"
    assert found.day is not None
    assert date(2022, 11, 9) <= found.day < date(2023, 9, 14)
