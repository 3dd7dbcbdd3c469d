"""Joining notices to the measures that they are about.

A parser gives every measure of a notice as a `Thread`: the keys under which it may be known,
strongest first. The first key that is known names the measure; the others are then learned for
it. Nothing is ever joined against a number: two keys that differ only in their digits
(`us:A-570-117`, `us:A-570-106`) name two measures, whatever weaker key they share.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from bundles.items import NoticeItem, Thread
from monitor.jobs.rooms import Counts
from monitor.notices import timeline
from monitor.notices.models import Entry, Measure, MeasureKey, Notice

Pair = tuple[Notice, NoticeItem]


def join(pairs: Sequence[Pair]) -> Counts:
    """Give every notice its entries. Call within a transaction, in the order of publication."""
    threaded = [pair for pair in pairs if pair[1].threads]
    if not threaded:
        return Counter()
    register = Register([thread for _, item in threaded for thread in item.threads])
    found = [
        (notice, item, register.measure(thread, item))
        for notice, item in threaded
        for thread in item.threads
    ]
    register.save()
    entries = _entries(found)
    return Counter(entries=entries, measures=register.opened)


class Register:
    """The measures and keys that a batch of threads meets, looked up at once and saved at once."""

    def __init__(self, threads: Sequence[Thread]) -> None:
        self.opened = 0
        self._by_key: dict[str, Measure] = {}
        self._keys: defaultdict[int, set[str]] = defaultdict(set)
        self._learned: list[tuple[str, Measure]] = []
        self._touched: dict[int, Measure] = {}
        self._new: list[Measure] = []
        wanted = {key for thread in threads for key in thread.keys}
        rows = MeasureKey.objects.filter(key__in=wanted).select_related("measure")
        met: dict[int, Measure] = {}
        for row in rows:
            measure = met.setdefault(row.measure_id, row.measure)
            self._by_key[row.key] = measure
        for row in MeasureKey.objects.filter(measure__in=met):
            self._keys[id(met[row.measure_id])].add(row.key)

    def measure(self, thread: Thread, item: NoticeItem) -> Measure:
        measure = self._known(thread) or self._open(thread, item)
        self._stretch(measure, item.published)
        for key in thread.keys:
            self._learn(key, measure)
        return measure

    def save(self) -> None:
        Measure.objects.bulk_create(self._new)
        Measure.objects.bulk_update(
            self._touched.values(), ["first_published", "last_published"], batch_size=200
        )
        MeasureKey.objects.bulk_create(
            MeasureKey(key=key, measure=measure) for key, measure in self._learned
        )

    def _known(self, thread: Thread) -> Measure | None:
        for key in thread.keys:
            measure = self._by_key.get(key)
            if measure is not None and not contradicts(thread.keys, self._keys[id(measure)]):
                return measure
        return None

    def _open(self, thread: Thread, item: NoticeItem) -> Measure:
        measure = Measure(
            kind=thread.kind,
            jurisdiction=item.jurisdiction,
            authority=item.authority,
            origin=thread.origin,
            title=thread.title,
            first_published=item.published,
            last_published=item.published,
            sample=item.sample,
        )
        self._new.append(measure)
        self.opened += 1
        return measure

    def _stretch(self, measure: Measure, published: date) -> None:
        first = min(measure.first_published, published)
        last = max(measure.last_published, published)
        if (first, last) != (measure.first_published, measure.last_published):
            measure.first_published, measure.last_published = first, last
            if measure.pk is not None:
                self._touched[measure.pk] = measure

    def _learn(self, key: str, measure: Measure) -> None:
        if key not in self._by_key:
            self._by_key[key] = measure
            self._keys[id(measure)].add(key)
            self._learned.append((key, measure))


def contradicts(keys: Sequence[str], known: set[str]) -> bool:
    """Whether one of the keys differs from a known one in nothing but its digits."""
    shapes = {shape for key in known if (shape := _shape(key)) != key and key not in keys}
    return any(_shape(key) in shapes for key in keys if key not in known)


def _shape(key: str) -> str:
    return re.sub(r"[0-9]+", "#", key)


def _entries(found: Sequence[tuple[Notice, NoticeItem, Measure]]) -> int:
    """Write the entries, each placed against what its measure has said before it.

    A notice that is seen again in a new version keeps the entry that it has where nothing that
    people act on changed with it.
    """
    life = _life([measure for _, _, measure in found])
    standing = {
        (entry.notice_id, entry.measure_id): entry
        for entry in Entry.objects.filter(notice__in=[notice for notice, _, _ in found])
    }
    fresh: list[Entry] = []
    seen: set[tuple[int, int]] = set()
    for notice, item, measure in found:
        where = (notice.pk, measure.pk)
        if where in seen:
            continue
        seen.add(where)
        place = timeline.place(item, life[measure.pk])
        entry = standing.get(where)
        if entry is None:
            fresh.append(
                Entry(
                    notice=notice,
                    measure=measure,
                    occasion=place.occasion,
                    change=list(place.change),
                )
            )
        elif place.change:
            entry.occasion, entry.change = place.occasion, list(place.change)
            entry.save(update_fields=["occasion", "change"])
        life[measure.pk].append(timeline.said(item, place.occasion))
    Entry.objects.bulk_create(fresh)
    return len(fresh)


def _life(measures: Sequence[Measure]) -> defaultdict[int, list[timeline.Said]]:
    life: defaultdict[int, list[timeline.Said]] = defaultdict(list)
    entries = Entry.objects.filter(measure__in={measure.pk for measure in measures})
    for entry in entries.select_related("notice").defer("notice__body", "notice__abstract"):
        life[entry.measure_id].append(_said(entry))
    return life


def _said(entry: Entry) -> timeline.Said:
    notice = entry.notice
    item = NoticeItem.model_validate(notice.item | {"title": notice.title})
    return timeline.said(item, entry.occasion)
