from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.retry import back_off, retry_after

NOW = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
LUCK = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 50), st.floats(0.01, 60), LUCK)
def test_a_wait_is_between_half_and_the_whole_of_what_is_due(attempt, first, luck):
    due = min(first * 2 ** (attempt - 1), 600)
    assert due / 2 <= back_off(attempt, first, 600, luck) <= due


@given(st.integers(1, 10), LUCK)
def test_without_luck_in_between_each_wait_is_twice_the_last(attempt, luck):
    assert back_off(attempt + 1, 1, 1e9, luck) == pytest.approx(2 * back_off(attempt, 1, 1e9, luck))


def test_retry_after_in_seconds():
    assert retry_after("120", NOW) == 120


@given(st.integers(0, 100_000))
def test_retry_after_as_a_date(seconds):
    then = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after(then, NOW) == seconds


def test_retry_after_in_the_past_is_now():
    assert retry_after("Mon, 02 Jun 2025 00:00:00 GMT", NOW) == 0


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5"])
def test_what_cannot_be_read_is_not_guessed(value):
    assert retry_after(value, NOW) is None
