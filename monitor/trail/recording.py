"""Writing to the trail: one writer at a time, in the transaction of what is recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.trail.chain import START, Line, Link, sealed
from monitor.trail.hand import CommandLine, Doer, current
from monitor.trail.models import Entry, Head, Person
from monitor.trail.persons import address_at, person_at, person_of
from monitor.trail.values import differing

AGAIN = timedelta(hours=1)
"""Within it a page that is read again is read once."""
ONLY = 1
"""Primary key of the one `Head`."""

State = Mapping[str, Any]


def record(  # noqa: PLR0913 - who, what, to what, whose, how, when, from where
    actor: Doer,
    verb: str,
    row: Model | None,
    *,
    concerned: Organisation | None,
    before: State | None = None,
    after: State | None = None,
    now: datetime,
    address: str = "",
    about: User | Person | str | None = None,
) -> Entry:
    """Somebody did something to a row. `before`, `after`: fields by name, of which those that
    differ are kept. `about`: the person whose affair it is, or the mail
    address of one.

    Of other rows than this one nothing should be locked afterwards in the same transaction: the
    next writer waits for its end.
    """
    with opened(), transaction.atomic():
        end = held()
        who = _who(actor)
        old, new = differing(row, before or {}, after or {})
        page = actor.command if isinstance(actor, CommandLine) else ""
        whose = concerned.pk if concerned else None
        what = _What(verb, row, page, whose, old, new, _person(about))
        return _append(end, who, what, now, address)


def told(
    verb: str,
    row: Model | None = None,
    *,
    concerned: Organisation | None = None,
    after: State | None = None,
) -> Entry | None:
    """The same of whoever's hand it is, of what no row tells by itself. None: nobody's."""
    if (hand := current()) is None:
        return None
    return record(
        hand.actor,
        verb,
        row,
        concerned=concerned,
        after=after,
        now=hand.now,
        address=hand.address,
    )


def read(
    actor: Actor,
    what: str,
    concerned: Iterable[Organisation],
    now: datetime,
    address: str = "",
    *,
    verb: str = Action.READ_FIGURES,
) -> list[Entry]:
    """Somebody was shown confidential figures of these organisations on the page `what`, its path.

    One entry an organisation; none for whom there is one of the same actor, page and verb that is
    younger than an hour. `verb`: `export_figures` where they were taken away.
    """
    firms = {organisation.pk for organisation in concerned}
    with opened():
        if not (firms - _read_lately(actor, verb, what, firms, now)):
            return []
        with transaction.atomic():
            end = held()  # Only now nobody else can be writing the same.
            who, entries = _who(actor), []
            for pk in sorted(firms - _read_lately(actor, verb, what, firms, now)):
                entry = _append(end, who, _What(verb, None, what, pk, {}, {}, None), now, address)
                end = Link(entry.number, entry.hash)
                entries.append(entry)
            return entries


@dataclass(frozen=True)
class _Who:
    by: Entry.By
    person: Person | None = None
    acting_for: int | None = None
    key: int | None = None


@dataclass(frozen=True)
class _What:
    verb: str
    row: Model | None
    page: str
    concerned: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    about: Person | None


def _who(actor: Doer) -> _Who:
    if actor is None:
        return _Who(Entry.By.HOUSE)
    if isinstance(actor, CommandLine):
        return _Who(Entry.By.COMMAND)
    organisation = actor.organisation.pk if actor.organisation else None
    if actor.user is not None:
        return _Who(Entry.By.PERSON, person_of(actor.user), organisation)
    if actor.key is not None:
        return _Who(Entry.By.KEY, None, organisation, actor.key)
    return _Who(Entry.By.ANYBODY, None, organisation)


def _person(about: User | Person | str | None) -> Person | None:
    match about:
        case User():
            return person_of(about)
        case str():
            return person_at(about)
        case _:
            return about


def _read_lately(
    actor: Actor, verb: str, page: str, firms: Iterable[int], now: datetime
) -> set[int]:
    """Those of the organisations whose figures the actor has seen there within the hour."""
    same = Q(person__user=actor.user) if actor.user else Q(person=None, key=actor.key)
    found = Entry.objects.filter(
        same,
        verb=verb,
        page=page,
        concerned__in=firms,
        acting_for=actor.organisation.pk if actor.organisation else None,
        at__gt=now - AGAIN,
        at__lte=now,
    )
    return set(found.values_list("concerned", flat=True))


def held() -> Link:
    """The end of the chain, which nobody else extends before our transaction has ended: the row
    is locked on PostgreSQL, all of SQLite by `BEGIN IMMEDIATE`."""
    heads = Head.objects.select_for_update().filter(pk=ONLY)
    head = heads.first()
    if head is None:
        last = Entry.objects.order_by("-number").values_list("number", "hash").first()
        number, hash_ = last or START
        # Of two that are first, one waits here for the other.
        Head.objects.bulk_create([Head(ONLY, number, hash_)], ignore_conflicts=True)
        head = heads.get()
    return Link(head.number, head.hash)


def _append(end: Link, who: _Who, what: _What, now: datetime, address: str) -> Entry:
    whence = address_at(address, who.person)
    row = what.row
    line = sealed(
        Line(
            number=end.number + 1,
            at=now,
            by=who.by.value,
            person_id=who.person.pk if who.person else None,
            acting_for_id=who.acting_for,
            key=who.key,
            verb=str(what.verb),
            app=row._meta.app_label if row else "",  # noqa: SLF001 - documented
            model=row._meta.model_name or "" if row else "",  # noqa: SLF001 - documented
            row=str(row.pk) if row else "",
            page=what.page[:300],
            concerned_id=what.concerned,
            about_id=what.about.pk if what.about else None,
            address_id=whence.pk if whence else None,
            before=what.before,
            after=what.after,
            previous=end.hash,
        )
    )
    entry = Entry(**line._asdict())
    entry.save(force_insert=True)
    Head.objects.filter(pk=ONLY).update(number=line.number, hash=line.hash)
    return entry
