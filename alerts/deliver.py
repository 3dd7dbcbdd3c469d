"""The outbox: from `Warning` to `Delivery`, and from there to the recipient's channels.

A message is sent at least once, and once where the receiver helps. Nobody can make "the channel
accepted" and "we wrote that down" one step: a process killed between the two leaves the delivery
claimed, the claim runs out, and the message goes again. Every attempt of a delivery therefore
carries the same key (`Message-ID`, `Idempotency-Key`), by which the receiver drops the copy. The
other order, writing first, would lose warnings, and a lost deadline costs more than a second mail.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.db.models import F, Q, QuerySet

from alerts import messages, record
from alerts.backoff import MAX_ATTEMPTS
from alerts.channels.base import TransportError
from alerts.hand_over import faults_of_ours, hand_over
from alerts.models import Delivery
from alerts.outbox import digest, enqueue_room
from monitor.jobs.rooms import Counts

__all__ = ["digest", "enqueue_room", "send_due"]

CLAIM = timedelta(minutes=10)
"""Longer than any send can take (every channel has its own, shorter limits): only the claim of a
dead sender runs out."""


def send_due(now: datetime, limit: int = 500, rng: Random | None = None) -> Counts:
    """Send all that is due, `limit` at a time.

    Counts `sent`, `later`, `failed`, `broken`, `withdrawn`, those `taken` by another sender, and
    those `resting` with a channel that failed. Outside of any transaction: a slow receiver must
    not hold the database.
    """
    clock, rng = _clock(now), rng or SystemRandom()
    resting: set[int] = set()
    total: Counts = Counter()
    while due := list(_due(now, resting)[:limit]):
        for pk, channel in due:
            if channel not in resting:
                result = _send(pk, clock, rng)
                total[result] += 1
                # One dead server must not cost every message to it a time-out while the others'
                # wait behind: the channel rests until the next walk.
                resting |= {channel} if result == "later" else set()
    return total + Counter(resting=_due(now).filter(channel__in=resting).count())


def _clock(now: datetime) -> Callable[[], datetime]:
    """The time that the caller says it is, running on: claims of a long walk must not be stale."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _due(now: datetime, resting: Collection[int] = ()) -> "QuerySet[Delivery, tuple[int, int]]":
    """Primary keys of deliveries and of their channels, longest due first. What was tried in this
    walk is not due at `now` any more."""
    due = Delivery.objects.filter(_claimable(now), channel__enabled=True)
    rested = due.exclude(channel__in=resting).order_by("next_attempt_at", "pk")
    return rested.values_list("pk", "channel_id")


def _claimable(at: datetime) -> Q:
    """Conditions on the delivery's own columns only: PostgreSQL checks those again once another
    sender's claim has committed, but not the rows of a join, and both would have it."""
    waits = Q(status=Delivery.Status.QUEUED, next_attempt_at__lte=at)
    left_behind = Q(status=Delivery.Status.SENDING, claimed_until__lt=at)
    return waits | left_behind


def _claim(pk: int, at: datetime) -> bool:
    claimed = Delivery.objects.filter(_claimable(at), pk=pk).update(
        status=Delivery.Status.SENDING, claimed_until=at + CLAIM, attempts=F("attempts") + 1
    )
    return claimed == 1


def _send(pk: int, clock: Callable[[], datetime], rng: Random) -> str:
    started = clock()
    if not _claim(pk, started):
        return "taken"
    delivery = Delivery.objects.select_related("channel__recipient", "about").get(pk=pk)
    if delivery.attempts > MAX_ATTEMPTS:
        # Its sender died every time: what kills a process must not be tried for ever.
        return record.failed(delivery, TransportError("its senders died"), clock(), rng)
    try:
        with faults_of_ours(delivery.channel):
            message = messages.of(delivery, started)
        said = hand_over(delivery.channel, message, delivery.key, started)
    except messages.NothingToSay as reason:
        return record.withdrawn(delivery, str(reason), clock())
    except TransportError as error:
        return record.failed(delivery, error, clock(), rng)
    return record.accepted(delivery, said, clock())
