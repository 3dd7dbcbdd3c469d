"""Who is slowed, and who never is."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.entrance.braking import (
    FORGOTTEN,
    PACES,
    Place,
    Sort,
    attempt,
    forgive,
    network_of,
)
from monitor.accounts.models import Brake

NOW = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
_accounts = (f"person{n}@example.org" for n in count())
# Rows of one example are not those of another: each has an account and networks of its own.
in_rows = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
addresses = st.integers(1, 6).map(lambda n: f"203.0.113.{n}")
gaps = st.integers(0, 4000).map(lambda seconds: timedelta(seconds=seconds))
attempts = st.lists(st.tuples(addresses, gaps), max_size=40)
pytestmark = pytest.mark.django_db


@given(st.sampled_from(Sort), st.integers(0, 10_000))
def test_a_wait_grows_with_failures_and_has_an_end(sort: Sort, failures: int) -> None:
    pace = PACES[sort]
    assert timedelta(0) <= pace.wait(failures) <= pace.wait(failures + 1) <= pace.longest


@given(st.integers(0, 4))
def test_the_first_failures_are_free(failures: int) -> None:
    assert PACES[Sort.PAIR].wait(failures) == timedelta(0)


@in_rows
@given(attempts)
def test_a_known_device_is_not_slowed_by_what_others_do(
    db: None, tried: list[tuple[str, timedelta]]
) -> None:
    account, now = next(_accounts), NOW
    for address, gap in tried:
        now += gap
        attempt(Place(address).marks(account), now)
    assert attempt(Place("203.0.113.1", "a device").marks(account), now)


@in_rows
@given(attempts)
def test_another_address_waits_for_strangers_a_minute_at_most(
    db: None, tried: list[tuple[str, timedelta]]
) -> None:
    account, now = next(_accounts), NOW
    Brake.objects.all().delete()
    for address, gap in tried:
        now += gap
        attempt(Place(address).marks(account), now)
    assert attempt(Place("198.51.100.7").marks(account), now + timedelta(minutes=1))


@in_rows
@given(attempts)
def test_the_longest_wait_lets_anybody_in_again(
    db: None, tried: list[tuple[str, timedelta]]
) -> None:
    account, now = next(_accounts), NOW
    Brake.objects.all().delete()
    for address, gap in tried:
        now += gap
        attempt(Place(address).marks(account), now)
    assert attempt(Place("203.0.113.1").marks(account), now + PACES[Sort.PAIR].longest)


@in_rows
@given(st.lists(st.integers(0, 600), min_size=60, max_size=120))
def test_from_one_address_an_account_is_tried_a_few_times_a_day(
    db: None, seconds: list[int]
) -> None:
    account, now, tried = next(_accounts), NOW, 0
    Brake.objects.all().delete()
    for gap in seconds:
        now += timedelta(seconds=gap)
        if now - NOW < timedelta(days=1):
            tried += attempt(Place("203.0.113.1").marks(account), now)
    # Five are free, seven more double the wait to an hour, then one an hour.
    assert tried <= 5 + 7 + 24


def test_what_has_to_wait_does_not_lengthen_the_wait() -> None:
    marks = Place("203.0.113.1").marks("a@example.org")
    now = NOW
    while attempt(marks, now):
        now += timedelta(seconds=1)
    last = now - timedelta(seconds=1)
    for second in range(29):
        assert not attempt(marks, last + timedelta(seconds=second))
    assert attempt(marks, last + timedelta(seconds=30))


def test_success_begins_anew_for_its_owner_and_not_for_the_network() -> None:
    place = Place("203.0.113.1")
    for account in ("a@example.org", "b@example.org", "b@example.org"):
        assert attempt(place.marks(account), NOW)
    forgive(place.marks("b@example.org"))
    failures = dict(Brake.objects.values_list("key", "failures"))
    by_sort = {mark.sort: mark.key for mark in place.marks("b@example.org")}
    assert by_sort[Sort.PAIR] not in failures
    assert failures[by_sort[Sort.ACCOUNT]] == 1
    assert failures[by_sort[Sort.NETWORK]] == 2


def test_after_a_day_failures_are_forgotten() -> None:
    marks = Place("203.0.113.1").marks("a@example.org")
    attempt(marks, NOW)
    attempt(Place("203.0.113.9").marks("b@example.org"), NOW + FORGOTTEN + timedelta(seconds=1))
    assert not Brake.objects.filter(key=marks[0].key).exists()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("", "-"),
    ],
)
def test_a_network_is_what_one_party_holds(address: str, network: str) -> None:
    assert network_of(address) == network
