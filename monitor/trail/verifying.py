"""Whether the trail is whole: the chain walked from its first line, or from one that is named."""

from collections.abc import Iterator

from django.db.models import QuerySet, Subquery

from monitor.trail.chain import START, Broken, Fault, Line, Link, ended, walk
from monitor.trail.expiry import BOUNDARY
from monitor.trail.models import Entry, Head
from monitor.trail.recording import ONLY

CHUNK = 2_000


class NoSuchLineError(ValueError):
    """The line is expired, or there never was one of this number."""


def verify(since: int | None = None) -> Link | Broken:
    """The end of the chain, or its first fault from the line `since` on (default: its beginning).

    Others may write meanwhile. Raises `NoSuchLineError` where there is no line `since` and no
    line after it.
    """
    first = _first()
    found = _verified(since, first)
    # Lines that expired while we walked are not missing: begin again behind them.
    return verify(since) if isinstance(found, Broken) and _first() != first else found


def _verified(since: int | None, first: int) -> Link | Broken:
    end = _end()
    before = _before(since, first)
    if isinstance(before, Broken):
        return before
    last = walk(_lines(before.number + 1, end.number if end else None), before)
    if isinstance(last, Broken):
        return last
    return ended(last, end) or _beyond() or last


def check(point: Link) -> Broken | None:
    """Whether the chain still has the line that was noted elsewhere: had it been cut off there and
    written anew, its hash would be another.

    Raises `NoSuchLineError` where the line has expired, so that nothing can be said.
    """
    found = Entry.objects.filter(number=point.number).values_list("hash", flat=True).first()
    if found is None:
        found = _expired().get(point.number)
    if found is None and point.number < _first():
        raise NoSuchLineError(f"line {point.number} has expired")
    if found is None:
        return Broken(point.number, Fault.MISSING)
    return None if found == point.hash else Broken(point.number, Fault.CHANGED)


def checkpoint() -> Link:
    """The end of the chain, to be noted where nobody who can change it can change the note."""
    return _end() or START


def _before(since: int | None, first: int) -> Link | Broken:
    """What the first line that is walked has to follow."""
    if since is None or since <= first:
        return _beginning(first)
    before = Entry.objects.filter(number=since - 1).values_list("number", "hash").first()
    if before is None:
        if not Entry.objects.filter(number__gte=since).exists():
            raise NoSuchLineError(f"there is no line {since}")
        return Broken(since - 1, Fault.MISSING)
    return Link(*before)


def _beginning(first: int) -> Link | Broken:
    """The very start, or where a boundary says that everything before has expired."""
    if first <= 1:
        return START
    hash_ = _expired().get(first - 1)
    # Without a boundary that says so, nothing may be missing.
    return Broken(1, Fault.MISSING) if hash_ is None else Link(first - 1, hash_)


def _first() -> int:
    found = Entry.objects.order_by("number").values_list("number", flat=True).first()
    return found or 1


def _expired() -> dict[int, str]:
    """By the number of the last expired line its hash, as the boundaries in the chain say."""
    rows = Entry.objects.filter(verb=BOUNDARY).values_list("after", flat=True)
    return {after["through"]: after["hash"] for after in rows}


def _end() -> Link | None:
    """Where the head says that the chain ends; None: there are lines, and no head."""
    heads = Head.objects.filter(pk=ONLY).values_list("number", "hash")
    if (found := heads.first()) is not None:
        return Link(*found)
    if not Entry.objects.exists():
        return START
    # The first line of all may just have been written, and the head with it.
    found = heads.first()
    return None if found is None else Link(*found)


def _beyond() -> Broken | None:
    """Lines that the head does not know of. One statement, since head and line are written in one
    transaction: of a writer it sees both or neither."""
    last = Subquery(Entry.objects.order_by("-number").values("number")[:1])
    head = Head.objects.filter(pk=ONLY, number__lt=last).values_list("number", flat=True).first()
    return None if head is None else Broken(head + 1, Fault.ADDED)


def _lines(first: int, last: int | None) -> Iterator[Line]:
    rows: QuerySet[Entry] = Entry.objects.filter(number__gte=first).order_by("number")
    if last is not None:
        rows = rows.filter(number__lte=last)
    for row in rows.values_list(*Line._fields).iterator(chunk_size=CHUNK):
        yield Line(*row)
