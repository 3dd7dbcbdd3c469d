"""Lines older than six years go; one line at the end of the chain says up to where, and what the
hash of the last of them was, so that what is left can be verified from there on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from monitor.accounts.walls.door import opened
from monitor.trail.chain import Link
from monitor.trail.hand import Doer
from monitor.trail.models import Address, Entry, Permit, Person
from monitor.trail.recording import held, record
from monitor.trail.values import persons_in

KEPT_YEARS = 6
BOUNDARY = "expire"
NEVER = -1
"""No line has this number."""


@dataclass(frozen=True)
class Expired:
    """How many lines went, the last of them, and the line that says so."""

    lines: int
    last: Link
    boundary: int


def expire(actor: Doer, now: datetime) -> Expired | None:
    """Delete the lines at the beginning of the chain that are older than six years, and whom no
    line names any more; the actor signs for it. None: there is none."""
    before = years_ago(now, KEPT_YEARS)
    with opened(), transaction.atomic():
        held()  # Of two who expire at the same moment, the second finds nothing left.
        last = _last_before(before)
        if last is None:
            return None
        lines = Entry.objects.filter(number__lte=last.number).count()
        says = {"through": last.number, "hash": last.hash, "lines": lines, "before": before}
        boundary = record(actor, BOUNDARY, None, concerned=None, after=says, now=now)
        _delete(last, before, boundary)
        _tidy()
        return Expired(lines, last, boundary.number)


def years_ago(now: datetime, years: int) -> datetime:
    """The same day and hour; of 29 February the day before, where there is none."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)


def _last_before(before: datetime) -> Link | None:
    """The last line before the first that is to stay: lines in between are not taken out."""
    stays = Entry.objects.filter(at__gte=before).order_by("number").values_list("number", flat=True)
    old = Entry.objects.order_by("-number").values_list("number", "hash")
    if (first := stays.first()) is not None:
        old = old.filter(number__lt=first)
    last = old.first()
    return Link(*last) if last else None


def _delete(last: Link, before: datetime, boundary: Entry) -> None:
    """The trigger lets through what a permit names, and no transaction ends with a permit."""
    permit = Permit.objects.create(
        through=last.number, before=before, boundary=boundary.number, never_id=NEVER
    )
    # Straight: nothing hangs on a line, and Django would first fetch what is to be deleted.
    Entry.objects.filter(number__lte=last.number)._raw_delete(Entry.objects.db)  # noqa: SLF001 - by intention
    permit.delete()


def _tidy() -> None:
    """Who stands in no line any more is not kept either."""
    Address.objects.filter(lines=None).delete()
    nobody = Person.objects.filter(done=None, told=None)
    named = set(_named())
    gone = [pk for pk in nobody.values_list("pk", flat=True) if pk not in named]
    Person.objects.filter(pk__in=gone).delete()


def _named() -> Iterator[UUID]:
    """The pseudonyms that stand in what lines say of before and after."""
    says = Entry.objects.exclude(Q(before={}) & Q(after={})).values_list("before", "after")
    for before, after in says.iterator(chunk_size=2_000):
        yield from persons_in(before)
        yield from persons_in(after)
