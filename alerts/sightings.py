"""What sentinels saw goes into the outbox: now, or once a day at the hour of the digest."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from alerts.models import Channel, Delivery, Sighting, Subscription
from alerts.outbox import gather, mornings, put
from monitor.jobs.rooms import Counts, Room, State


def enqueue_room() -> Room[Sighting]:
    """Sightings to be told now. Those of the daily pace wait in the same state for `daily`."""
    rows = Sighting.objects.filter(sentinel__pace=Subscription.Pace.NOW)
    return Room("sightings", rows.select_related("sentinel"), "deliver_state", _enqueue)


def _enqueue(sightings: Sequence[Sighting], now: datetime) -> Counts:
    """One delivery for every enabled channel, whatever the number of sentinels and notices.

    Counts `deliveries` and `unreachable` sightings.
    """
    theirs: defaultdict[int, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        theirs[sighting.sentinel.recipient_id].append(sighting)
    told = _told(sightings)
    reached: set[int] = set()
    counts: Counts = Counter()
    for channel in Channel.objects.filter(enabled=True, recipient__in=theirs).order_by("pk"):
        reached.add(channel.recipient_id)
        mine = theirs[channel.recipient_id]
        new = [sighting for sighting in mine if (channel.pk, sighting.pk) not in told]
        if new:
            key = f"{channel.pk}:sightings:{new[0].pk}"
            put(channel, key, Delivery.Kind.SIGHTINGS, new, now)
            counts["deliveries"] += 1
    counts["unreachable"] = sum(len(theirs[pk]) for pk in theirs.keys() - reached)
    return counts


def _told(sightings: Sequence[Sighting]) -> set[tuple[int, int]]:
    """(channel, sighting) of what is in the outbox already."""
    rows = Delivery.objects.filter(sightings__in=sightings)
    return set(rows.values_list("channel", "sightings"))


def daily(now: datetime) -> Counts:
    """Gather what waits for the day's message. Counts `digests`, their `sightings`,
    `unreachable`."""
    waiting = Sighting.objects.filter(
        deliver_state=State.READY, sentinel__pace=Subscription.Pace.DAILY
    )
    total: Counts = Counter()
    for recipient, day in mornings(waiting.values("sentinel__recipient"), now):
        mine = waiting.filter(sentinel__recipient=recipient)
        total += gather(recipient, Delivery.Kind.SIGHTINGS, f"sightings:{day}", mine, now)
    return total
