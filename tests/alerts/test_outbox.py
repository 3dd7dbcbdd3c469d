"""What goes into the outbox, and how often."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts import deliver, messages
from alerts.models import Delivery
from alerts.models import Warning as Warned
from monitor.jobs.rooms import State

pytestmark = pytest.mark.django_db


def test_a_warning_goes_to_every_enabled_channel(build, now):
    recipient = build.recipient()
    first, second, broken = (build.channel(recipient) for _ in range(3))
    broken.enabled = False
    broken.save()
    warning = build.warning(recipient, build.impact())

    assert deliver.enqueue_room().walk(now) == {"rows": 1, "deliveries": 2}

    assert {d.channel for d in Delivery.objects.all()} == {first, second}
    assert all(list(d.warnings.all()) == [warning] for d in Delivery.objects.all())


def test_twice_walked_is_once_sent(build, now):
    recipient = build.recipient()
    build.channel(recipient)
    build.warning(recipient, build.impact())
    deliver.enqueue_room().walk(now)
    Warned.objects.update(deliver_state=State.READY)  # as if the room had died before it committed
    deliver.enqueue_room().walk(now)
    assert Delivery.objects.count() == 1


def test_what_one_notice_says_of_two_measures_is_one_message(build, now):
    recipient, other = build.recipient(language="en"), build.recipient()
    build.channel(recipient)
    build.channel(other)
    notice = build.notice()
    cases = [
        build.impact(entry=build.entry(build.measure(kind=kind), notice=notice))
        for kind in ("anti_dumping", "countervailing")
    ]
    elsewhere = build.impact()
    warnings = [build.warning(recipient, impact) for impact in [*cases, elsewhere]]
    build.warning(other, cases[0])

    assert deliver.enqueue_room().walk(now) == {"rows": 4, "deliveries": 3}

    together, alone = Delivery.objects.filter(channel__recipient=recipient).order_by("pk")
    assert set(together.warnings.all()) == set(warnings[:2])
    assert set(alone.warnings.all()) == {warnings[2]}
    message = messages.of(together, now)
    assert "Footwear base: Anti-dumping, Countervailing · Preliminary" in message.subject
    assert len(message.sections) == 2


def test_what_was_told_by_then_is_not_told_with_what_comes_late(build, now):
    recipient = build.recipient()
    build.channel(recipient)
    notice = build.notice()
    for kind in ("anti_dumping", "countervailing"):
        impact = build.impact(entry=build.entry(build.measure(kind=kind), notice=notice))
        build.warning(recipient, impact)
        Warned.objects.update(deliver_state=State.READY)
        deliver.enqueue_room().walk(now)
    assert [d.warnings.count() for d in Delivery.objects.all()] == [1, 1]


def test_who_has_no_channel_is_counted(build, now):
    build.warning(build.recipient(), build.impact())
    assert deliver.enqueue_room().walk(now) == {"rows": 1, "unreachable": 1}


class TestDigest:
    # Shanghai is eight hours ahead: 01:00 UTC is 09:00, after the digest's hour.

    def test_gathers_a_day_in_one_delivery_per_channel(self, build, now):
        recipient = build.recipient()
        build.channel(recipient)
        build.channel(recipient)
        warnings = {build.warning(recipient, build.impact(), pace="daily") for _ in range(3)}

        assert deliver.digest(now) == {"digests": 2, "warnings": 3}

        assert Delivery.objects.count() == 2
        for delivery in Delivery.objects.all():
            assert delivery.kind == "digest"
            assert set(delivery.warnings.all()) == warnings
            assert delivery.key.endswith(":digest:2025-06-02")

    def test_is_not_made_by_the_room_of_now(self, build, now):
        recipient = build.recipient()
        build.channel(recipient)
        build.warning(recipient, build.impact(), pace="daily")
        assert deliver.enqueue_room().walk(now) == {}
        assert deliver.enqueue_room().waiting() == 0

    def test_waits_for_the_morning_of_the_recipient(self, build):
        shanghai, berlin = build.recipient("a"), build.recipient("b", time_zone="Europe/Berlin")
        for recipient in (shanghai, berlin):
            build.channel(recipient)
            build.warning(recipient, build.impact(), pace="daily")
        assert deliver.digest(datetime(2025, 6, 1, 23, 59, tzinfo=UTC)) == {}
        assert deliver.digest(datetime(2025, 6, 2, 0, 0, tzinfo=UTC)) == {
            "digests": 1,
            "warnings": 1,
        }
        assert Delivery.objects.get().channel.recipient == shanghai
        assert deliver.digest(datetime(2025, 6, 2, 6, 0, tzinfo=UTC))["digests"] == 1

    def test_what_comes_later_waits_for_tomorrow(self, build, now):
        recipient = build.recipient()
        build.channel(recipient)
        build.warning(recipient, build.impact(), pace="daily")
        deliver.digest(now)
        late = build.warning(recipient, build.impact(), pace="daily")
        assert deliver.digest(now + timedelta(hours=2)) == {}
        assert deliver.digest(now + timedelta(days=1)) == {"digests": 1, "warnings": 1}
        assert list(Delivery.objects.order_by("pk").last().warnings.all()) == [late]

    def test_an_empty_day_has_none(self, build, now):
        build.channel(build.recipient())
        assert deliver.digest(now) == {}


@pytest.mark.django_db(transaction=True)
def test_two_digests_at_once_are_one(build, now, run_together):
    recipient = build.recipient()
    build.channel(recipient)
    for _ in range(3):
        build.warning(recipient, build.impact(), pace="daily")
    run_together([lambda: deliver.digest(now)] * 3)
    assert Delivery.objects.get().warnings.count() == 3
