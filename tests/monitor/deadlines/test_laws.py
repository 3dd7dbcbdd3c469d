"""What holds of every period and every day."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.deadlines.authority import Roll
from monitor.deadlines.counting import counted
from monitor.deadlines.days import Seat
from monitor.deadlines.facts import Facts, Known, Lengthening, Printed
from monitor.deadlines.rules import Direction, Period, Unit
from tests.monitor.deadlines.rulesets import SOURCE, authority, due, rule, ruleset

DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(0, 400)
SEATS = [
    Seat(authority()),
    Seat(authority(holidays="CN", zone="Asia/Shanghai", jurisdiction="CN")),
    Seat(authority(holidays=["GB-ENG", "GB-SCT"])),
    Seat(authority(holidays=[], weekend=[5, 6])),
]
ROLLS = st.sampled_from([Roll.NEXT, Roll.PREVIOUS])
SEAT = st.sampled_from(SEATS)
CALENDAR_UNITS = [Unit.DAYS, Unit.WEEKS]
LATEST = ruleset(rule(count=37), filing={**SOURCE, "hour": "17:00"})
quickly = settings(deadline=None, max_examples=60)


def period(count: int, unit: Unit, direction: Direction = Direction.AFTER) -> Period:
    return Period.model_validate(
        {**SOURCE, "count": count, "unit": unit, "direction": direction, "from": "start"}
    )


def known(day: date, **more: object) -> Facts:
    return Facts(days={"start": Known(day)}, **more)  # type: ignore[arg-type]


@quickly
@given(SEAT, DAYS, ROLLS)
def test_a_rolled_day_is_never_closed_and_stays(seat: Seat, day: date, roll: Roll) -> None:
    rolled = seat.rolled(day, roll)
    assert seat.closed(rolled) is None
    assert seat.rolled(rolled, roll) == rolled
    assert (rolled >= day) if roll is Roll.NEXT else (rolled <= day)


@quickly
@given(SEAT, DAYS, DAYS, ROLLS)
def test_rolling_keeps_the_order(seat: Seat, one: date, other: date, roll: Roll) -> None:
    first, second = sorted([one, other])
    assert seat.rolled(first, roll) <= seat.rolled(second, roll)


@quickly
@given(SEAT, DAYS, COUNTS, st.sampled_from(list(Unit)))
def test_a_period_is_monotone_in_its_start(seat: Seat, day: date, count: int, unit: Unit) -> None:
    count %= 60
    following = day + timedelta(days=1)
    assert counted(period(count, unit), day, seat) <= counted(period(count, unit), following, seat)


@quickly
@given(SEAT, DAYS, COUNTS, st.sampled_from(list(Unit)))
def test_a_period_is_monotone_in_its_count(seat: Seat, day: date, count: int, unit: Unit) -> None:
    count %= 60
    assert counted(period(count, unit), day, seat) < counted(period(count + 1, unit), day, seat)


@quickly
@given(SEAT, DAYS, COUNTS, st.sampled_from(CALENDAR_UNITS))
def test_before_is_undone_by_after(seat: Seat, day: date, count: int, unit: Unit) -> None:
    back = counted(period(count, unit, Direction.BEFORE), day, seat)
    assert counted(period(count, unit), back, seat) == day


@quickly
@given(SEAT, DAYS, st.integers(1, 40))
def test_business_days_before_are_undone_from_an_open_day(
    seat: Seat, day: date, count: int
) -> None:
    begun = seat.rolled(day, Roll.NEXT)
    assert seat.business(seat.business(begun, count), -count) == begun


@quickly
@given(DAYS, st.integers(0, 60))
@example(date(2024, 1, 31), 1)
@example(date(2023, 1, 31), 1)
@example(date(2024, 2, 29), 12)
def test_months_end_on_the_same_number_or_on_the_last(day: date, count: int) -> None:
    ends = counted(period(count, Unit.MONTHS), day, SEATS[0])
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == count
    assert ends.day == day.day or (ends.day < day.day and (ends + timedelta(days=1)).day == 1)


@quickly
@given(DAYS, st.integers(0, 60))
def test_a_months_end_is_its_last_day(day: date, count: int) -> None:
    ends = counted(period(count, Unit.MONTH_END), day, SEATS[0])
    assert (ends + timedelta(days=1)).day == 1
    assert ends >= counted(period(count, Unit.MONTHS), day, SEATS[0])


@quickly
@given(DAYS, st.integers(1, 60), st.integers(1, 37))
def test_a_toll_never_shortens_and_adds_its_days(day: date, days: int, after: int) -> None:
    plain = ruleset(rule(count=37, roll="none"))
    toll = Lengthening("t", day + timedelta(days=after), days)
    assert due(plain, known(day, tolled=(toll,))).day == day + timedelta(days=37 + days)
    longer, as_it_was = due(LATEST, known(day, tolled=(toll,))), due(LATEST, known(day))
    assert longer.day is not None
    assert as_it_was.day is not None
    assert longer.day >= as_it_was.day


@quickly
@given(DAYS, DAYS)
def test_a_printed_date_always_wins(day: date, printed: date) -> None:
    found = due(LATEST, known(day, printed={"due": Printed(printed)}))
    assert found.day == printed
    assert found.computed == due(LATEST, known(day)).day
    assert found.difference == (printed - (found.computed or printed)).days


@quickly
@given(DAYS)
@example(date(2025, 1, 31))  # 37 days on, the clocks go forward in Washington on 9 March
@example(date(2024, 9, 27))  # and back on 3 November
def test_filing_ends_at_the_named_hour_of_the_wall_clock(day: date) -> None:
    found = due(LATEST, known(day))
    assert found.moment is not None
    assert (found.moment.date(), f"{found.moment:%H:%M}") == (found.day, "17:00")
    assert found.moment.utcoffset() in {timedelta(hours=-5), timedelta(hours=-4)}
