"""What goes into the outbox: a warning now, or the digest of a day."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from alerts.models import (
    Channel,
    Delivery,
    Recipient,
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
                _put(channel, key, Delivery.Kind.WARNING, new, now)
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
    for recipient in Recipient.objects.filter(pk__in=waiting.values("recipient")):
        local = now.astimezone(ZoneInfo(recipient.time_zone))
        if local.hour >= DIGEST_HOUR:
            total += _digest_of(recipient, f"digest:{local.date()}", now)
    return total


def _digest_of(recipient: Recipient, day: str, now: datetime) -> Counts:
    with transaction.atomic():
        # One at a time for a recipient: a second walk waits here, then finds the day's digest.
        Recipient.objects.select_for_update().get(pk=recipient.pk)
        channels = list(recipient.channels.filter(enabled=True))
        keys = [f"{channel.pk}:{day}" for channel in channels]
        if Delivery.objects.filter(key__in=keys).exists():
            return Counter()
        ready = recipient.warnings.filter(
            deliver_state=State.READY, pace=Subscription.Pace.DAILY
        ).select_for_update()
        warnings = list(ready)
        if not warnings:
            return Counter()
        for channel, key in zip(channels, keys, strict=True):
            _put(channel, key, Delivery.Kind.DIGEST, warnings, now)
        Warning.objects.filter(pk__in=[w.pk for w in warnings]).update(deliver_state=State.DONE)
        return Counter(
            digests=len(channels),
            warnings=len(warnings),
            unreachable=0 if channels else len(warnings),
        )


def _put(
    channel: Channel, key: str, kind: Delivery.Kind, warnings: Sequence[Warning], now: datetime
) -> None:
    delivery, made = Delivery.objects.get_or_create(
        key=key,
        defaults={"channel": channel, "kind": kind, "created_at": now, "next_attempt_at": now},
    )
    if made:
        delivery.warnings.set(warnings)
