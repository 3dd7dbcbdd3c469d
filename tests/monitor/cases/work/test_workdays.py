"""Working days of China: the decreed ones, and laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.work.workdays import after, before, is_open, left

days = st.dates(date(2019, 1, 1), date(2027, 12, 1))
counts = st.integers(0, 40)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2025-01-26", True),
        ("2025-01-28", False),
        ("2025-06-02", False),
        ("2025-10-11", True),
        ("2025-10-12", False),
        ("2026-02-14", True),
        ("2026-02-16", False),
    ],
)
def test_decreed_days(day, open_):
    assert is_open(date.fromisoformat(day)) is open_


def test_a_weekend_worked_instead_is_counted():
    assert after(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert before(date(2026, 2, 24), 1) == date(2026, 2, 14)
    assert left(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert left(date(2026, 2, 24), date(2026, 2, 13)) == -2


def test_none_is_the_day_itself_or_the_nearest_open_one():
    assert after(date(2025, 10, 4), 0) == date(2025, 10, 9)
    assert before(date(2025, 10, 4), 0) == date(2025, 9, 30)
    assert after(date(2025, 6, 3), 0) == before(date(2025, 6, 3), 0) == date(2025, 6, 3)


@given(days, counts)
def test_what_is_counted_is_open_and_so_far_away(day, count):
    ahead, back = after(day, count), before(day, count)
    assert is_open(ahead)
    assert is_open(back)
    assert back <= day <= ahead
    if count:
        assert left(day, ahead) == count
        assert before(ahead, count) <= day


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_days_left_add_up(day, one, other):
    middle, end = day + timedelta(days=one), day + timedelta(days=one + other)
    assert left(day, middle) + left(middle, end) == left(day, end) == -left(end, day)
