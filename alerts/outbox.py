"""What goes into the outbox: a warning now, or the digest of a day."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from alerts.models import (
    Channel,
    Delivery,
    Recipient,
    Reminded,
    Sighting,
    Subscription,
    Warning,  # noqa: A004 - 预警 is the field's word
)
from monitor.jobs.rooms import Counts, Room, State

DIGEST_HOUR = 8
"""The digest of a day is made at the first walk after this hour in the recipient's zone: it lies
there when the office opens. What comes later waits for tomorrow's."""


def enqueue_room() -> Room[Warning]:
    """Warnings to be told now. Those of the daily pace wait in the same state for `digest`."""
    rows = Warning.objects.filter(pace=Subscription.Pace.NOW)
    return Room("deliver", rows, "deliver_state", enqueue)


def enqueue(warnings: Sequence[Warning], now: datetime) -> Counts:
    """One delivery for every enabled channel. Counts `deliveries` and `unreachable` warnings.

    What one notice says of several measures (an anti-dumping and a countervailing case) goes to a
    recipient in one message.
    """
    recipients = {each.recipient_id for each in warnings}
    channels: dict[int, list[Channel]] = defaultdict(list)
    for each in Channel.objects.filter(enabled=True, recipient__in=recipients):
        channels[each.recipient_id].append(each)
    counts: Counts = Counter()
    told = _told(warnings)
    for group in _by_notice(warnings):
        mine = channels[group[0].recipient_id]
        counts += Counter(unreachable=0 if mine else len(group))
        for channel in mine:
            new = [warning for warning in group if (channel.pk, warning.pk) not in told]
            if new:
                key = f"{channel.pk}:warning:{new[0].pk}"
                put(channel, key, Delivery.Kind.WARNING, new, now)
                counts += Counter(deliveries=1)
    return counts


def _by_notice(warnings: Sequence[Warning]) -> list[list[Warning]]:
    """The warnings of a recipient that one notice made, together, in the order of the first."""
    through = Warning.impacts.through.objects.filter(warning__in=warnings)
    notices = dict(through.order_by("-pk").values_list("warning", "impact__entry__notice"))
    groups: dict[tuple[int, int], list[Warning]] = defaultdict(list)
    for warning in warnings:
        # One whose impacts are gone stands alone; it is withdrawn when it comes to be sent.
        groups[warning.recipient_id, notices.get(warning.pk, -warning.pk)].append(warning)
    return list(groups.values())


def _told(warnings: Sequence[Warning]) -> set[tuple[int, int]]:
    """(channel, warning) of what is in the outbox already."""
    rows = Delivery.objects.filter(kind=Delivery.Kind.WARNING, warnings__in=warnings)
    return set(rows.values_list("channel", "warnings"))


def digest(now: datetime) -> Counts:
    """Gather what waits for the day's digest. Counts `digests`, their `warnings`, `unreachable`."""
    waiting = Warning.objects.filter(deliver_state=State.READY, pace=Subscription.Pace.DAILY)
    total: Counts = Counter()
    for recipient, day in mornings(waiting.values("recipient"), now):
        mine = waiting.filter(recipient=recipient)
        total += gather(recipient, Delivery.Kind.DIGEST, f"digest:{day}", mine, now)
    return total


def mornings(recipients: "QuerySet[Any, Any]", now: datetime) -> Iterator[tuple[Recipient, date]]:
    """Those for whom the digest's hour has come, and their day."""
    for recipient in Recipient.objects.filter(pk__in=recipients):
        local = now.astimezone(ZoneInfo(recipient.time_zone))
        if local.hour >= DIGEST_HOUR:
            yield recipient, local.date()


@transaction.atomic
def gather(
    recipient: Recipient, kind: Delivery.Kind, day: str, waiting: "QuerySet[Any]", now: datetime
) -> Counts:
    """One delivery of the kind to each channel with all that waits, unless the day has its own."""
    # One at a time for a recipient: a second walk waits here, then finds the day's digest.
    Recipient.objects.select_for_update().get(pk=recipient.pk)
    channels = list(recipient.channels.filter(enabled=True))
    keys = [f"{channel.pk}:{day}" for channel in channels]
    if Delivery.objects.filter(key__in=keys).exists():
        return Counter()
    rows = list(waiting.select_for_update(of=("self",)))
    if not rows:
        return Counter()
    for channel, key in zip(channels, keys, strict=True):
        put(channel, key, kind, rows, now)
    waiting.filter(pk__in=[row.pk for row in rows]).update(deliver_state=State.DONE)
    return Counter(
        {
            "digests": len(channels),
            _told_by(kind): len(rows),
            "unreachable": 0 if channels else len(rows),
        }
    )


def put(
    channel: Channel,
    key: str,
    kind: Delivery.Kind,
    rows: "Sequence[Warning] | Sequence[Sighting] | Sequence[Reminded]",
    now: datetime,
) -> None:
    """Into the outbox, unless the key is there."""
    delivery, made = Delivery.objects.get_or_create(
        key=key,
        defaults={"channel": channel, "kind": kind, "created_at": now, "next_attempt_at": now},
    )
    if made:
        getattr(delivery, _told_by(kind)).set(rows)


def _told_by(kind: Delivery.Kind) -> str:
    match kind:
        case Delivery.Kind.SIGHTINGS:
            return "sightings"
        case Delivery.Kind.REMINDERS:
            return "reminders"
        case _:
            return "warnings"
