from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monitor.jobs import lease
from monitor.jobs.models import Lease

TTL = timedelta(seconds=45)


@pytest.mark.django_db
def test_one_holds_it_and_the_other_waits(now):
    assert lease.acquire("clock", "a", now, TTL)
    assert not lease.acquire("clock", "b", now, TTL)
    assert lease.acquire("clock", "a", now, TTL)
    assert Lease.objects.get().holder == "a"


@pytest.mark.django_db
def test_a_lease_that_ran_out_can_be_taken(now):
    lease.acquire("clock", "a", now, TTL)
    assert not lease.acquire("clock", "b", now + TTL - timedelta(seconds=1), TTL)
    assert lease.acquire("clock", "b", now + TTL, TTL)
    assert not lease.renew("clock", "a", now + TTL, TTL)
    assert Lease.objects.get().holder == "b"


@pytest.mark.django_db
def test_renewed_in_time_it_is_kept(now):
    lease.acquire("clock", "a", now, TTL)
    later = now + timedelta(seconds=30)
    assert lease.renew("clock", "a", later, TTL)
    assert not lease.acquire("clock", "b", now + TTL, TTL)
    assert Lease.objects.get().heartbeat_at == later


@pytest.mark.django_db
def test_released_it_is_free_at_once_and_only_by_its_holder(now):
    lease.acquire("clock", "a", now, TTL)
    lease.release("clock", "b", now)
    assert not lease.acquire("clock", "b", now, TTL)
    lease.release("clock", "a", now)
    assert Lease.objects.get().heartbeat_at == now
    assert lease.acquire("clock", "b", now, TTL)


@pytest.mark.django_db
def test_leases_of_other_names_do_not_matter(now):
    assert lease.acquire("clock", "a", now, TTL)
    assert lease.acquire("other", "b", now, TTL)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["acquire", "renew", "release"]), st.sampled_from("abc"), st.integers(0, 60)
    ),
    max_size=20,
)


class OneHolder(TestCase):
    """Whatever three processes do at whatever times: who was told yes holds it alone."""

    @settings(deadline=None, max_examples=60)
    @given(steps=STEPS, start=st.datetimes(timezones=st.just(UTC)))
    def test_one_holder_at_a_time(self, steps, start):
        now, until = start.replace(year=2025), {}
        for act, who, later in steps:
            now += timedelta(seconds=later)
            if act == "release":
                lease.release("clock", who, now)
                until.pop(who, None)
                continue
            if getattr(lease, act)("clock", who, now, TTL):
                until[who] = now + TTL
                others = [end for other, end in until.items() if other != who]
                assert all(end <= now for end in others)
