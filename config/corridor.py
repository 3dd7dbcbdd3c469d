"""The corridor: the rooms that live on records, in the order in which a notice walks them.

crawl stands before it (it may run on another machine) and leaves bundles; everything from there
to the delivered warning is `walk`.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from alerts import deliver, outbox, reminders, sentinels, sightings, warn
from monitor.cases import room as cases
from monitor.cases.files import extracting
from monitor.cases.work.keeping import keep_up
from monitor.impact import room as assess
from monitor.jobs.rooms import Counts, OutsideUnavailable, Room
from monitor.notices import classify, read
from monitor.search import room as search

log = logging.getLogger(__name__)

Seen = Callable[[Counts], None]
Steps = Callable[[datetime, Seen], Counts]


def _unseen(_room: str, _counts: Counts) -> None:
    """Nobody watches the steps."""


def _read(now: datetime, seen: Seen) -> Counts:
    return read.register(now) + read.room().walk(now, limit=1, seen=seen)


def _classify(now: datetime, seen: Seen) -> Counts:
    return classify.room().walk(now, seen=seen)


def _index(now: datetime, seen: Seen) -> Counts:
    rebuilt = search.prepare(now)
    return Counter(rebuilt=rebuilt) + search.room().walk(now, limit=2000, seen=seen)


def _assess(now: datetime, seen: Seen) -> Counts:
    return assess.room().walk(now, seen=seen)


def _cases(now: datetime, seen: Seen) -> Counts:
    prepared = cases.prepare(now)
    return prepared + cases.room().walk(now, limit=20, seen=seen)


def _work(now: datetime, seen: Seen) -> Counts:
    counts = keep_up(now)
    seen(counts)
    return counts


def _sentinels(now: datetime, seen: Seen) -> Counts:
    sentinels.prepare()
    return sentinels.room().walk(now, seen=seen)


def _warn(now: datetime, seen: Seen) -> Counts:
    return warn.room().walk(now, seen=seen)


def _deliver(now: datetime, seen: Seen) -> Counts:
    # A digest is due when it is eight in the morning where its reader is: asked at every walk, it
    # is made once per reader and day.
    warned = outbox.enqueue_room().walk(now, seen=seen) + outbox.digest(now)
    sighted = sightings.enqueue_room().walk(now, seen=seen) + sightings.daily(now)
    reminded = reminders.room().walk(now, seen=seen) + reminders.daily(now)
    return warned + sighted + reminded + deliver.send_due(now)


ROOMS: dict[str, Steps] = {
    "read": _read,
    "classify": _classify,
    # After assess, so that a notice is indexed once, with the bases that it touches (ADR 0009).
    "assess": _assess,
    # Before warn, so that who is warned of a case finds it.
    "cases": _cases,
    # After cases, whose dates and answers it goes by.
    "work": _work,
    "index": _index,
    "sentinels": _sentinels,
    "warn": _warn,
    "deliver": _deliver,
}


def walk(
    now: datetime,
    rooms: Sequence[str] | None = None,
    seen: Callable[[str, Counts], None] = _unseen,
) -> dict[str, Counts]:
    """Run the rooms once, each until nothing is waiting for it; `seen` is told of every step.

    A room whose outside is down (a locked index, a server) is passed over: its rows wait, the
    others are served, and the next walk catches up.
    """
    totals: dict[str, Counts] = {}
    for name in rooms or ROOMS:
        try:
            totals[name] = ROOMS[name](now, partial(seen, name))
        except OutsideUnavailable as error:
            log.warning("room %s waits: %s", name, error)
            totals[name] = Counter(unavailable=1)
    return totals


def retry(names: Sequence[str] = ()) -> dict[str, int]:
    """Let the rows that failed in these rooms, or in all, wait for another try; counts by room."""
    return {room.name: room.retry() for room in rooms() if not names or room.name in names}


def rooms() -> list[Room[Any]]:
    """The rooms that claim rows, in the order in which these pass through; last the one beside the
    corridor that reads the files of cases."""
    return [
        read.room(),
        classify.room(),
        assess.room(),
        cases.room(),
        search.room(),
        sentinels.room(),
        warn.room(),
        outbox.enqueue_room(),
        sightings.enqueue_room(),
        reminders.room(),
        extracting.room(),
    ]


def waiting() -> dict[str, int]:
    """How many rows wait before each room."""
    return {room.name: room.waiting() for room in rooms()}
