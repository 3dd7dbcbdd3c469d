"""What became of a delivery: every attempt is a row."""

import logging
from datetime import datetime
from random import Random

from django.db import transaction

from alerts.backoff import MAX_ATTEMPTS, MAX_WISH, delay
from alerts.channels.base import ChannelBroken, MessageRefused, TransportError
from alerts.models import Attempt, Channel, Delivery

log = logging.getLogger(__name__)


def accepted(delivery: Delivery, said: str, at: datetime) -> str:
    """Whoever holds the claim by now: what a channel has accepted is sent."""
    with transaction.atomic():
        Attempt.objects.create(delivery=delivery, at=at, accepted=True, said=said)
        Delivery.objects.filter(pk=delivery.pk).exclude(status=Delivery.Status.SENT).update(
            status=Delivery.Status.SENT, sent_at=at, claimed_until=None
        )
        Channel.objects.filter(pk=delivery.channel_id).update(last_delivered_at=at, last_error="")
    return "sent"


def withdrawn(delivery: Delivery, reason: str, at: datetime) -> str:
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery, at=at, accepted=False, permanent=True, said=reason
        )
        _mine(delivery, status=Delivery.Status.WITHDRAWN)
    return "withdrawn"


def failed(delivery: Delivery, error: TransportError, at: datetime, rng: Random) -> str:
    """`later`, `failed` for good, or `broken` where the channel had to be disabled."""
    permanent = isinstance(error, MessageRefused | ChannelBroken)
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery, at=at, accepted=False, permanent=permanent, said=error.said
        )
        Channel.objects.filter(pk=delivery.channel_id).update(last_error=error.said)
        if isinstance(error, ChannelBroken):
            return _broken(delivery, error, at)
        if permanent or delivery.attempts >= MAX_ATTEMPTS:
            log.error("delivery %s to %s failed for good", delivery.pk, delivery.channel)
            _mine(delivery, status=Delivery.Status.FAILED)
            return "failed"
        _later(delivery, error, at, rng)
        return "later"


def _later(delivery: Delivery, error: TransportError, at: datetime, rng: Random) -> None:
    again = at + delay(delivery.attempts, rng, error.retry_after)
    _mine(delivery, status=Delivery.Status.QUEUED, next_attempt_at=again)
    if error.retry_after:
        # "Not before" is said of the channel, not of this one message.
        not_before = at + min(error.retry_after, MAX_WISH)
        Delivery.objects.filter(
            channel=delivery.channel_id,
            status=Delivery.Status.QUEUED,
            next_attempt_at__lt=not_before,
        ).update(next_attempt_at=not_before)


def _broken(delivery: Delivery, error: ChannelBroken, at: datetime) -> str:
    """Disable the channel. The delivery waits with the channel's others until it is mended."""
    _mine(delivery, status=Delivery.Status.QUEUED, next_attempt_at=at)
    channel = delivery.channel
    disabled = Channel.objects.filter(pk=channel.pk, enabled=True).update(
        enabled=False, disabled_because=error.said
    )
    if disabled:
        told = _tell_owner(delivery, at)
        log.error("%s is disabled: %s (its owner is told by %d others)", channel, error.said, told)
    return "broken"


def _tell_owner(delivery: Delivery, at: datetime) -> int:
    """By every other channel that works: the next one may be broken as well."""
    broken = delivery.channel
    others = broken.recipient.channels.filter(enabled=True).exclude(pk=broken.pk)
    for other in others:
        Delivery.objects.create(
            channel=other,
            kind=Delivery.Kind.CHANNEL_BROKEN,
            about=broken,
            key=f"{other.pk}:broken:{broken.pk}:{delivery.pk}:{delivery.attempts}",
            created_at=at,
            next_attempt_at=at,
        )
    return len(others)


def _mine(delivery: Delivery, **changes: object) -> None:
    """Change the delivery, unless another sender has claimed it since (its `attempts` moved)."""
    Delivery.objects.filter(
        pk=delivery.pk, status=Delivery.Status.SENDING, attempts=delivery.attempts
    ).update(claimed_until=None, **changes)
