"""What sentinels saw goes into the outbox: how often, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts import outbox, sightings
from alerts.models import Delivery, Sighting
from monitor.jobs.rooms import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def saw(build):
    """What a new sentinel of the recipient saw."""

    def make(recipient, count=1, **fields):
        sentinel = build.sentinel(recipient, **fields)
        return [build.sighting(sentinel, build.settled()) for _ in range(count)]

    return make


def test_what_was_seen_in_a_step_is_one_message_to_every_enabled_channel(build, saw, now):
    recipient = build.recipient()
    first, second, broken = (build.channel(recipient) for _ in range(3))
    broken.enabled = False
    broken.save()
    seen = {*saw(recipient, 2), *saw(recipient)}

    assert sightings.enqueue_room().walk(now) == {"rows": 3, "deliveries": 2}

    assert {delivery.channel for delivery in Delivery.objects.all()} == {first, second}
    for delivery in Delivery.objects.all():
        assert delivery.kind == "sightings"
        assert set(delivery.sightings.all()) == seen


def test_each_recipient_has_a_message_of_its_own(build, saw, now):
    for _ in range(2):
        recipient = build.recipient()
        build.channel(recipient)
        saw(recipient)
    assert sightings.enqueue_room().walk(now) == {"rows": 2, "deliveries": 2}


def test_twice_walked_is_once_sent(build, saw, now):
    recipient = build.recipient()
    build.channel(recipient)
    saw(recipient)
    sightings.enqueue_room().walk(now)
    Sighting.objects.update(deliver_state=State.READY)  # as if the room had died before it ended
    sightings.enqueue_room().walk(now)
    assert Delivery.objects.count() == 1


def test_who_has_no_channel_is_counted(build, saw, now):
    saw(build.recipient(), 2)
    assert sightings.enqueue_room().walk(now) == {"rows": 2, "unreachable": 2}


class TestDaily:
    # Shanghai is eight hours ahead: 01:00 UTC is 09:00, after the digest's hour.

    def test_waits_for_the_morning_of_the_recipient(self, build, saw):
        shanghai, berlin = build.recipient("a"), build.recipient("b", time_zone="Europe/Berlin")
        for recipient in (shanghai, berlin):
            build.channel(recipient)
            saw(recipient, pace="daily")
        one = {"digests": 1, "sightings": 1}
        assert sightings.enqueue_room().walk(datetime(2025, 6, 2, 1, tzinfo=UTC)) == {}
        assert sightings.daily(datetime(2025, 6, 1, 23, 59, tzinfo=UTC)) == {}
        assert sightings.daily(datetime(2025, 6, 2, 0, 0, tzinfo=UTC)) == one
        assert Delivery.objects.get().channel.recipient == shanghai
        assert sightings.daily(datetime(2025, 6, 2, 6, 0, tzinfo=UTC)) == one

    def test_is_one_a_day_beside_the_digest_of_warnings(self, build, saw, now):
        recipient = build.recipient()
        build.channel(recipient)
        build.warning(recipient, build.impact(), pace="daily")
        saw(recipient, 2, pace="daily")
        saw(recipient, pace="daily")
        assert outbox.digest(now) == {"digests": 1, "warnings": 1}
        assert sightings.daily(now) == {"digests": 1, "sightings": 3}
        late = saw(recipient, pace="daily")
        assert sightings.daily(now + timedelta(hours=2)) == {}
        assert sightings.daily(now + timedelta(days=1)) == {"digests": 1, "sightings": 1}
        assert list(Delivery.objects.order_by("pk").last().sightings.all()) == late

    def test_what_became_urgent_does_not_wait(self, build, saw, now):
        recipient = build.recipient()
        build.channel(recipient)
        (sighting,) = saw(recipient, pace="daily")
        sighting.sentinel.pace = "now"
        sighting.sentinel.save()
        assert sightings.daily(now) == {}
        assert sightings.enqueue_room().walk(now) == {"rows": 1, "deliveries": 1}
