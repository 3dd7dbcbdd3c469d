"""Builds the index anew from the records, beside the one that serves, and swaps the two.

Readers and the index room go on meanwhile. What the room writes goes into both; what stands in the
fresh index already is left alone here, because the room has put it there later than it was read
here. Killed at any moment, the old index serves on, and the next run starts afresh.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from monitor.notices.models import Notice
from monitor.search.document import Analysing
from monitor.search.documents import documents
from monitor.search.serving import engine

BATCH = 2000


def reindex(now: datetime, seen: Callable[[int], None] = lambda _: None) -> int:
    """The number of notices. `seen` is told how many are in after every batch.

    Raises `OutsideUnavailable` where the engine cannot be reached or written.
    """
    into = engine()
    into.begin()
    total = 0
    for batch in _batches():
        into.add(Analysing(documents(batch), now.date()))
        total += len(batch)
        seen(total)
    into.swap()
    return total


def _batches() -> Iterator[list[Notice]]:
    """By primary key, so that notices that arrive meanwhile are seen or are the room's."""
    last = 0
    while batch := list(Notice.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
