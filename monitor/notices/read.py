"""The read room: bundles in; captures, notices and the measures that they join, out.

A bundle is registered with its captures and rejected rows, cut into parts, and each part is taken
in within one transaction. The order of the lines is kept: a measure's life is told in the order
in which its notices were published.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from pydantic import ValidationError

from bundles import files
from bundles.items import NoticeItem
from monitor.jobs.models import Lease
from monitor.jobs.rooms import Counts, Room
from monitor.notices.join import join
from monitor.notices.models import Bundle, Capture, Notice, NoticeVersion, Part, Rejection
from monitor.sources import runs
from monitor.sources.models import SourceRun

LINES_A_PART = 500
COLUMNS = ("title", "abstract", "body")
"""Kept as columns of their own, not once more within `Notice.item`."""


def room() -> Room[Part]:
    return Room("read", Part.objects.select_related("bundle"), "read_state", _read)


def register(now: datetime, root: Path | None = None) -> Counts:
    """Make known what lies in the bundles' folder. A bundle already known is left alone."""
    counts: Counts = Counter()
    folders = files.waiting(root or settings.FENGHUO_BUNDLES)
    known = set(Bundle.objects.values_list("name", flat=True))
    for folder in folders:
        if folder.name not in known:
            counts += _register(folder, now)
    return counts


@transaction.atomic
def _register(folder: Path, now: datetime) -> Counts:
    manifest = files.manifest(folder)
    bundle = Bundle.objects.create(
        name=folder.name, source=manifest.source, arrived_at=now, items=manifest.items
    )
    captures = Capture.objects.bulk_create(
        Capture(bundle=bundle, warc=f"{folder.name}/captures.warc.gz", **record.model_dump())
        for record in files.captures(folder)
    )
    rejections = Rejection.objects.bulk_create(
        (
            Rejection(bundle=bundle, place=row.place, reason=row.reason, raw=row.raw)
            for row in files.rejected(folder)
        ),
        batch_size=500,
    )
    Part.objects.bulk_create(_parts(bundle, folder / "items.jsonl"))
    if manifest.how == "crawl":
        _note_run(manifest)
    return Counter(bundles=1, captures=len(captures), rejected=len(rejections))


def _note_run(manifest: files.Manifest) -> None:
    brought = runs.Result(
        SourceRun.Outcome.OK, manifest.captures, manifest.items, manifest.rejected
    )
    runs.note_shipped(manifest.source, brought, manifest.started_at, manifest.finished_at)


def _parts(bundle: Bundle, path: Path) -> Iterator[Part]:
    part: Part | None = None
    with path.open("rb") as lines:
        offset = 0
        for number, line in enumerate(lines, 1):
            if part is None:
                part = Part(bundle=bundle, first_line=number, offset=offset, lines=0)
            part.lines += 1
            offset += len(line)
            if part.lines == LINES_A_PART:
                yield part
                part = None
    if part is not None:
        yield part


def _read(parts: Sequence[Part], now: datetime) -> Counts:
    # Parts are joined one after the other, also when two hosts read: the second waits here.
    Lease.objects.select_for_update().get_or_create(
        name="read", defaults={"holder": "", "expires_at": now, "heartbeat_at": now}
    )
    counts: Counts = Counter()
    for part in parts:
        counts += _take_in(part, now)
    return counts


def _take_in(part: Part, now: datetime) -> Counts:
    items, bad = _items(part)
    Rejection.objects.bulk_create(bad)
    captures = dict(Capture.objects.filter(bundle=part.bundle).values_list("sha256", "pk"))
    counts: Counts = Counter({"rejected": len(bad)} if bad else {})
    for batch in _without_repetition(items):
        counts += _take_in_batch(batch, captures, now)
    return counts


def _items(part: Part) -> tuple[list[NoticeItem], list[Rejection]]:
    """The part's items. A line that breaks the contract (a bundle of another version) is rejected
    with its place, as a row that its parser could not read would have been."""
    items: list[NoticeItem] = []
    bad: list[Rejection] = []
    path = settings.FENGHUO_BUNDLES / part.bundle.name / "items.jsonl"
    with path.open("rb") as lines:
        lines.seek(part.offset)
        for number in range(part.first_line, part.first_line + part.lines):
            line = lines.readline()
            try:
                items.append(NoticeItem.model_validate_json(line))
            except ValidationError as error:
                bad.append(
                    Rejection(
                        bundle=part.bundle,
                        place=f"items.jsonl:{number}",
                        reason=str(error),
                        raw=line.decode(errors="replace"),
                    )
                )
    return items, bad


def _without_repetition(items: Sequence[NoticeItem]) -> list[list[NoticeItem]]:
    """Batches in which no notice occurs twice: the second sight of one goes into the next."""
    batches: list[list[NoticeItem]] = []
    sights: Counter[tuple[str, str]] = Counter()
    for item in items:
        turn = sights[item.source, item.number]
        sights[item.source, item.number] += 1
        if turn == len(batches):
            batches.append([])
        batches[turn].append(item)
    return batches


def _take_in_batch(items: Sequence[NoticeItem], captures: dict[str, int], now: datetime) -> Counts:
    known = _known(items)
    fresh: list[tuple[Notice, NoticeItem]] = []
    changed: list[tuple[Notice, NoticeItem]] = []
    past: list[NoticeVersion] = []
    for item in items:
        old = known.get((item.source, item.number))
        notice = _notice(item, captures, now)
        if old is None:
            fresh.append((notice, item))
        elif old.fingerprint != notice.fingerprint:
            past.append(_supersede(old, notice, now))
            changed.append((notice, item))
    Notice.objects.bulk_create([notice for notice, _ in fresh])
    NoticeVersion.objects.bulk_create(past)
    for notice, _ in changed:
        notice.save()
    counts = join([*fresh, *changed])
    same = len(items) - len(fresh) - len(changed)
    counts.update(read=len(items), new=len(fresh), changed=len(changed), same=same)
    return +counts


def _known(items: Iterable[NoticeItem]) -> dict[tuple[str, str], Notice]:
    found: dict[tuple[str, str], Notice] = {}
    numbers: dict[str, list[str]] = {}
    for item in items:
        numbers.setdefault(item.source, []).append(item.number)
    for source, wanted in numbers.items():
        for notice in Notice.objects.filter(source=source, number__in=wanted):
            found[source, notice.number] = notice
    return found


def fingerprint(item: NoticeItem) -> str:
    """Of what it says, not of the response in which it came."""
    return hashlib.sha256(item.model_dump_json(exclude={"capture"}).encode()).hexdigest()


def _notice(item: NoticeItem, captures: dict[str, int], now: datetime) -> Notice:
    return Notice(
        source=item.source,
        number=item.number,
        title=item.title,
        abstract=item.abstract or "",
        body=item.body or "",
        language=item.language,
        published=item.published,
        url=item.url,
        authority=item.authority,
        jurisdiction=item.jurisdiction,
        kinds=list(item.kinds),
        proceeding=item.proceeding,
        event=item.event,
        also=list(item.also),
        outcome=item.outcome,
        origins=list(item.origins),
        product=item.product or "",
        item=item.model_dump(mode="json", exclude=set(COLUMNS), exclude_defaults=True),
        fingerprint=fingerprint(item),
        capture_id=captures.get(item.capture or ""),
        sample=item.sample,
        first_seen=now,
        last_changed=now,
    )


def _supersede(old: Notice, new: Notice, now: datetime) -> NoticeVersion:
    """Put the new version under the old one's key, ready for every room; keep what it said."""
    new.pk = old.pk
    new.version = old.version + 1
    new.first_seen = old.first_seen
    said = old.item | {column: getattr(old, column) for column in COLUMNS}
    return NoticeVersion(notice_id=old.pk, version=old.version, item=said, seen_until=now)
