"""The room in which sentinels look at notices: from `Notice` to `Sighting`.

A notice is looked at once it is classified and assessed, and again when its products or levels
have changed. Each sentinel sees a notice once; of a measure that it has told, only what changes
something that people act on (`Entry.change`). The sentinels that saw something are locked, in the
order of their keys, so any number of this room may run.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from alerts.models import Sentinel, Sighting
from alerts.warn import is_recent
from alerts.watching import PROCESS, Watching
from monitor.jobs.rooms import Counts, Room, State
from monitor.notices.models import Entry, Notice
from monitor.search.document import analysed
from monitor.search.documents import documents

Found = Mapping[int, set[int]]
"""By notice, the sentinels that it satisfies."""

LOCKED_AT_ONCE = 500


def room(watching: Watching = PROCESS) -> Room[Notice]:
    # What a notice is not about ("NOT hs:69") is known only once it is classified.
    settled = Notice.objects.exclude(classify_state=State.READY).exclude(assess_state=State.READY)
    light = settled.only("pk", "source", "number", "published")
    return Room("sentinels", light, "watch_state", partial(_watch, watching))


def prepare(watching: Watching = PROCESS) -> None:
    """Read the sentinels before a notice is claimed: the first time may take long, and nobody
    should wait for that at the lock of a transaction."""
    if room(watching).waiting():
        watching.bring_up_to_date()


def _watch(watching: Watching, notices: Sequence[Notice], now: datetime) -> Counts:
    """Counts `sightings`, those `known` already, and the `quiet` ones that repeat what was told."""
    recent = [notice.pk for notice in notices if is_recent(notice.published, now)]
    if not recent or not watching.bring_up_to_date():
        return Counter()
    whole = Notice.objects.filter(pk__in=recent).order_by("pk")
    today = now.date()
    read = [analysed(document, today) for document in documents(list(whole))]
    return _see(watching.found(read, today), now)


def _see(found: Found, now: datetime) -> Counts:
    on_watch = _locked({sentinel for each in found.values() for sentinel in each})
    known = set(Sighting.objects.filter(notice__in=found).values_list("sentinel", "notice"))
    story = _Story(found)
    counts: Counts = Counter()
    fresh: list[Sighting] = []
    for notice in sorted(found):
        for sentinel in sorted(found[notice] & on_watch):
            if (sentinel, notice) in known:
                counts["known"] += 1
            elif story.is_news(sentinel, notice):
                fresh.append(
                    Sighting(
                        sentinel_id=sentinel,
                        notice_id=notice,
                        measure_id=story.tell(sentinel, notice),
                        seen_at=now,
                    )
                )
            else:
                counts["quiet"] += 1
    Sighting.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return counts + Counter(sightings=len(fresh))


def _locked(sentinels: Iterable[int]) -> set[int]:
    """Those that are still on watch. Another room that saw something with one of them is waited
    for, and so is whoever removes one."""
    keys, locked = sorted(sentinels), set[int]()
    for start in range(0, len(keys), LOCKED_AT_ONCE):
        rows = Sentinel.objects.filter(pk__in=keys[start : start + LOCKED_AT_ONCE], active=True)
        locked.update(
            rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
        )
    return locked


class _Story:
    """What the measures of notices say that is new, and what sentinels have told of them."""

    def __init__(self, notices: Iterable[int]) -> None:
        self._entries: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
        """By notice: measure, and whether it changes something there."""
        rows = Entry.objects.filter(notice__in=notices).order_by("pk")
        for notice, measure, change in rows.values_list("notice", "measure", "change"):
            self._entries[notice].append((measure, bool(change)))
        repeated = {m for entries in self._entries.values() for m, change in entries if not change}
        told = Sighting.objects.filter(notice__entries__measure__in=repeated)
        self._told = set(told.values_list("sentinel", "notice__entries__measure"))

    def is_news(self, sentinel: int, notice: int) -> bool:
        return not self._entries[notice] or self._newest(sentinel, notice) is not None

    def tell(self, sentinel: int, notice: int) -> int | None:
        """The measure that it is told of."""
        measure = self._newest(sentinel, notice)
        self._told |= {(sentinel, of) for of, _ in self._entries[notice]}
        return measure

    def _newest(self, sentinel: int, notice: int) -> int | None:
        news = (
            measure
            for measure, change in self._entries[notice]
            if change or (sentinel, measure) not in self._told
        )
        return next(news, None)
