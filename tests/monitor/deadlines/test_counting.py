"""Periods, closed days, and what moves a last day."""

import pytest

from monitor.deadlines.authority import Roll
from monitor.deadlines.days import Calendar, Seat, reach
from monitor.deadlines.facts import Extended, Grant, Lengthening, Printed, Rolled, Stay, Tolled
from tests.monitor.deadlines.rulesets import SOURCE, authority, day, due, facts, last, rule, ruleset

NONE = {"roll": "none"}


@pytest.mark.parametrize(
    ("first", "period", "ends"),
    [
        ("2024-02-14", {"count": 190}, "2024-08-22"),
        ("2024-02-28", {"count": 1}, "2024-02-29"),
        ("2025-03-03", {"count": 37, "direction": "before"}, "2025-01-25"),
        ("2025-03-03", {"count": 2, "unit": "weeks"}, "2025-03-17"),
        ("2025-01-31", {"count": 1, "unit": "months"}, "2025-02-28"),
        ("2024-01-31", {"count": 1, "unit": "months"}, "2024-02-29"),
        ("2024-12-15", {"count": 14, "unit": "months"}, "2026-02-15"),
        ("2025-03-31", {"count": 1, "unit": "months", "direction": "before"}, "2025-02-28"),
        ("2024-02-29", {"count": 5, "unit": "years"}, "2029-02-28"),
        ("2024-02-29", {"count": 4, "unit": "years"}, "2028-02-29"),
        ("2025-02-04", {"count": 0, "unit": "month_end"}, "2025-02-28"),
        ("2025-01-31", {"count": 1, "unit": "month_end"}, "2025-02-28"),
        ("2021-02-16", {"count": 3, "unit": "anniversary_month_end"}, "2024-02-29"),
        ("2025-03-03", {"count": 0, "direction": "on"}, "2025-03-03"),
        ("2025-07-03", {"count": 3, "unit": "business_days"}, "2025-07-09"),
        ("2025-07-09", {"count": 3, "unit": "business_days", "direction": "before"}, "2025-07-03"),
    ],
)
def test_a_period_is_counted_without_the_day_of_the_event(
    first: str, period: dict[str, object], ends: str
) -> None:
    """Business days over the Fourth of July and a weekend."""
    assert last(ruleset(rule(**period, **NONE)), first) == ends


@pytest.mark.parametrize(
    ("first", "period", "ends"),
    [
        ("2021-06-14", {"count": 18, "unit": "months"}, "2022-12-13"),
        ("2025-03-29", {"count": 4, "unit": "months"}, "2025-07-28"),
        ("2023-08-18", {"count": 15}, "2023-09-01"),
        ("2017-03-25", {"count": 5, "unit": "years"}, "2022-03-24"),
        ("2025-01-31", {"count": 1, "unit": "months"}, "2025-02-28"),
        ("2025-07-07", {"count": 3, "unit": "business_days"}, "2025-07-09"),
        ("2025-07-05", {"count": 3, "unit": "business_days"}, "2025-07-09"),
        ("2025-03-10", {"count": 5, "direction": "before"}, "2025-03-06"),
    ],
)
def test_where_the_law_counts_the_first_day_the_period_ends_a_day_earlier(
    first: str, period: dict[str, object], ends: str
) -> None:
    """Japan's Ministry of Finance, Indonesia's Safeguards Committee; a Saturday is no first day of
    working days."""
    assert last(ruleset(rule(first_day=True, **period, **NONE)), first) == ends


@pytest.mark.parametrize(
    ("roll", "ends"), [("next", "2025-01-21"), ("previous", "2025-01-17"), ("none", "2025-01-18")]
)
def test_a_closed_last_day_is_moved_as_the_rule_says(roll: str, ends: str) -> None:
    """Paper plates: 135 days from 2024-09-05 are Saturday 2025-01-18, and Monday is a holiday."""
    assert last(ruleset(rule(count=135, roll=roll)), "2024-09-05") == ends


@pytest.mark.parametrize(
    ("bound", "ends"),
    [
        ("latest", "2025-01-21"),
        ("expected", "2025-01-21"),
        ("earliest", "2025-01-18"),
        ("exact", "2025-01-18"),
    ],
)
def test_what_falls_on_a_day_by_law_is_not_moved(bound: str, ends: str) -> None:
    assert last(ruleset(rule(count=135, bound=bound)), "2024-09-05") == ends


def test_a_step_says_why_a_day_is_closed() -> None:
    steps = due(ruleset(rule(count=1)), "2025-01-19").steps
    rolled = next(step for step in steps if isinstance(step, Rolled))
    assert (rolled.start, rolled.day) == (day("2025-01-20"), day("2025-01-21"))
    assert (rolled.closed.why, rolled.closed.en) == ("holiday", "Martin Luther King Jr. Day")


# --- Seats ---------------------------------------------------------------------------------------


def closure(*days: dict[str, object], **more: object) -> dict[str, object]:
    names = {"zh": "关闭", "en": "Closed for snow"}
    return {**SOURCE, "days": [{**names, **each} for each in days], **more}


def covering(first: str, last_day: str) -> dict[str, object]:
    return {"covers": {"from": first, "to": last_day}}


SNOW = {"from": "2025-01-09", "to": "2025-01-10"}
WINTER = closure({"from": "2024-12-24", "to": "2025-01-02"}, **covering("2024-01-01", "2025-12-31"))


def test_closures_close_what_a_calendar_leaves_open() -> None:
    seat = Seat(authority(closures=[closure(SNOW)]))
    assert seat.rolled(day("2025-01-09"), Roll.NEXT) == day("2025-01-13")
    assert seat.business(day("2025-01-08"), 1) == day("2025-01-13")


def test_a_day_of_every_year_is_said_once() -> None:
    labour = closure({"every": "05-01", "since": 2023, "until": 2025})
    seat = Seat(authority(closures=[labour]))
    closed = [year for year in range(2020, 2030) if seat.closed(day(f"{year}-05-01"))]
    assert closed == [2021, 2022, 2023, 2024, 2025, 2027]  # 2021, 2022 and 2027: a weekend


def test_a_closure_that_nobody_read_only_makes_dates_earlier() -> None:
    doubted = closure(SNOW, verified="待核实")
    seat = Seat(authority(closures=[doubted]))
    assert seat.rolled(day("2025-01-10"), Roll.NEXT) == day("2025-01-10")
    assert seat.business(day("2025-01-08"), 2) == day("2025-01-10")
    assert seat.rolled(day("2025-01-10"), Roll.PREVIOUS) == day("2025-01-08")
    assert seat.business(day("2025-01-13"), -1) == day("2025-01-08")
    found = due(ruleset(rule(), closures=[doubted]), "2024-12-11")
    assert found.day == day("2025-01-10")
    assert found.doubted == seat.doubted(day("2025-01-10"))


def test_weekends_that_are_worked_instead_are_open() -> None:
    """China, National Day 2024: Sunday 29 September and Saturday 12 October were worked."""
    seat = Seat(authority(holidays="CN", jurisdiction="CN", zone="Asia/Shanghai"))
    assert seat.closed(day("2024-09-29")) is None
    assert seat.closed(day("2024-10-12")) is None
    shut = seat.closed(day("2024-10-07"))
    assert shut is not None
    assert shut.zh


def test_a_holiday_of_any_of_several_calendars_closes() -> None:
    """St Andrew's Day is a bank holiday in Scotland only."""
    alone = Seat(authority(holidays="GB-ENG"))
    together = Seat(authority(holidays=["GB-ENG", "GB-SCT", "GB-NIR"]))
    assert alone.closed(day("2023-11-30")) is None
    assert together.closed(day("2023-11-30")) is not None


def test_categories_choose_the_days_that_an_office_keeps() -> None:
    """Remembrance Day is kept by Canada's federal offices: Monday 12 November 2018."""
    private = Seat(authority(holidays="CA"))
    federal = Seat(authority(holidays="CA", categories=["public", "government"]))
    assert private.closed(day("2018-11-12")) is None
    assert federal.closed(day("2018-11-12")) is not None


def test_a_week_may_end_on_friday() -> None:
    seat = Seat(authority(weekend=[5, 6], holidays=[]))
    assert seat.rolled(day("2025-03-07"), Roll.NEXT) == day("2025-03-09")


def test_a_calendar_that_is_decreed_every_year_is_known_for_a_while() -> None:
    assert reach(Calendar("US")) is None
    assert (reach(Calendar("CN")) or 0) >= 2026
    assert (reach(Calendar("IN")) or 0) >= 2026  # feasts of the moon
    ours = Seat(authority(holidays=[], closures=[WINTER]))
    assert [str(span) for span in ours.known] == ["2024–2025"]


def test_a_holiday_of_one_occasion_leaves_the_days_of_later_years_known() -> None:
    """Korea closed on days of an occasion in 2023, 2024 and 2025; Vietnam exchanges weekends."""
    assert reach(Calendar("KR")) is None
    assert (reach(Calendar("VN")) or 0) >= 2026


def test_a_date_in_a_year_whose_closed_days_are_not_known_says_so() -> None:
    of = ruleset(rule(), holidays=[], closures=[WINTER])
    assert due(of, "2025-12-20").unknown_year == 2026
    assert due(of, "2023-03-20").unknown_year == 2023
    assert due(of, "2025-03-20").unknown_year is None
    free = ruleset(rule(roll="none"), holidays=[], closures=[WINTER])
    assert due(free, "2025-12-20").unknown_year is None


def test_a_date_in_print_is_as_it_is_whatever_is_known_of_closed_days() -> None:
    of = ruleset(rule(), holidays=[], closures=[WINTER])
    printed = {"due": Printed(day("2026-01-20"), "notice")}
    assert due(of, facts("2025-12-20", printed=printed)).unknown_year is None


# --- Tolls, stays, extensions --------------------------------------------------------------------


def toll(on: str, days: int, **more: object) -> dict[str, object]:
    return {**SOURCE, "id": f"t-{on}", "on": on, "days": days, "zh": "顺延", "en": "Toll", **more}


def test_a_known_toll_lengthens_what_runs_on_its_day() -> None:
    of = ruleset(rule(count=190), tolls=[toll("2024-07-22", 7)])
    assert last(of, "2024-02-14") == "2024-08-29"
    assert last(of, "2024-01-10") == "2024-07-18"  # over before
    assert last(of, "2024-07-23") == "2025-01-29"  # begun after
    assert last(of, facts("2024-02-14", known_tolls=False)) == "2024-08-22"


def test_a_toll_reaches_a_day_that_closed_days_have_moved_to() -> None:
    """20 July 2024 is a Saturday: the last day is Monday 22 July, on which the toll falls."""
    of = ruleset(rule(count=30), tolls=[toll("2024-07-22", 7)])
    assert last(of, "2024-06-20") == "2024-07-29"


def test_tolls_add_up_and_one_of_a_case_counts_once() -> None:
    of = ruleset(rule(count=100), tolls=[toll("2024-07-22", 7)])
    again = Lengthening("t-2024-07-22", day("2024-07-22"), 7)
    more = Lengthening("+3@2024-09-10", day("2024-09-10"), 3)
    assert last(of, facts("2024-06-03", tolled=(again,))) == "2024-09-18"
    found = due(of, facts("2024-06-03", tolled=(again, more)))
    assert [s.by.days for s in found.steps if isinstance(s, Tolled)] == [7, 3]
    assert found.day == day("2024-09-23")  # 21 September is a Saturday


def test_a_toll_of_other_procedures_and_a_statute_are_left_alone() -> None:
    tolls = [toll("2024-07-22", 7, procedures=["other"])]
    assert last(ruleset(rule(count=190), tolls=tolls), "2024-02-14") == "2024-08-22"
    statute = ruleset(rule(count=190, tolled=False), tolls=[toll("2024-07-22", 7)])
    assert last(statute, "2024-02-14") == "2024-08-22"


def test_a_toll_of_some_rules_moves_no_others() -> None:
    """The memorandum of 21 July 2020 moved Commerce's results, not what parties file."""
    tolls = [toll("2020-07-21", 60, rules=["results"])]
    of = ruleset(rule("results", count=90), rule("response", count=90), tolls=tolls)
    assert last(of, "2020-06-01", "results") == "2020-10-29"
    assert last(of, "2020-06-01", "response") == "2020-08-31"


def test_what_is_counted_back_follows_its_event() -> None:
    of = ruleset(
        rule("preliminary", count=140, event="preliminary", **{"for": "authority"}),
        rule("before", count=25, direction="before", **{"from": "preliminary"}),
        tolls=[toll("2024-06-28", 7)],
    )
    assert last(of, "2024-02-14", "preliminary") == "2024-07-10"
    assert last(of, "2024-02-14", "before") == "2024-06-17"  # 15 June is a Saturday


def test_a_stay_stops_the_time() -> None:
    of = ruleset(rule(count=30))
    stay = Stay(day("2025-03-10"), day("2025-03-19"), "CIT")
    assert last(of, facts("2025-03-03", stayed=(stay,))) == "2025-04-14"  # 12 April: Saturday
    assert last(of, facts("2025-03-14", stayed=(stay,))) == "2025-04-18"  # five days of it
    assert last(of, facts("2025-03-19", stayed=(stay,))) == "2025-04-18"
    assert last(of, facts("2025-01-20", stayed=(stay,))) == "2025-02-19"


def test_an_extension_to_a_day_is_that_day_and_by_days_is_counted_before_closed_days() -> None:
    """30 days from 2025-02-20 are Saturday 22 March."""
    of = ruleset(rule())
    to = facts("2025-02-20", extended=(Grant("due", day=day("2025-03-29")),))
    by = facts("2025-02-20", extended=(Grant("due", days=8),))
    assert last(of, to) == "2025-03-29"
    assert last(of, by) == "2025-03-31"
    assert any(isinstance(step, Extended) for step in due(of, by).steps)


def test_a_printed_date_wins_and_the_computed_one_is_kept() -> None:
    found = due(ruleset(rule()), facts("2025-03-03", printed={"due": Printed(day("2025-04-05"))}))
    assert (found.day, found.computed) == (day("2025-04-05"), day("2025-04-02"))
    assert found.difference == 3


def test_a_toll_after_the_print_moves_the_printed_date() -> None:
    """“No later than August 22”, said the notice of 5 July; on 22 July all deadlines moved."""
    of = ruleset(rule(count=190), tolls=[toll("2024-07-22", 7)])
    before = {"due": Printed(day("2024-08-22"), "2024-1", day("2024-07-05"))}
    after = {"due": Printed(day("2024-08-22"), "2024-2", day("2024-08-01"))}
    assert last(of, facts("2024-02-14", printed=before)) == "2024-08-29"
    assert last(of, facts("2024-02-14", printed=after)) == "2024-08-22"
    assert last(of, facts({}, printed=before)) == "2024-08-29"


def test_a_stay_and_an_extension_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Stay(day("2025-03-10"), day("2025-03-09"))
    with pytest.raises(ValueError, match="to a day or by"):
        Grant("due")
