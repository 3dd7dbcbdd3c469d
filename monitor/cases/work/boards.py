"""What is left to do, as an actor sees it: in the columns of a board, or as a list of one's own."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nlargest, nsmallest
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.models import Task
from monitor.cases.proceeding_names import COLUMNS, Which, columns
from monitor.cases.work.agenda import Of, names_of, which_of
from monitor.cases.work.workdays import ZONE

WEEK = timedelta(days=7)
SHOWN_DONE = timedelta(days=30)
"""What was done longer ago is history, not board."""


class Column(StrEnum):
    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    """Due today or within seven days."""
    LATER = "later"
    WAITING = "waiting"
    """For another task, or for a day that is not known yet; what is overdue does not wait."""
    DONE = "done"
    """In the last thirty days."""


_LEFT = (Column.OVERDUE, Column.THIS_WEEK, Column.LATER, Column.WAITING)
_Place = tuple[str, int, int]
"""Due day (of what is done: when), position, primary key: their order in a column."""
_NEVER = date.max.isoformat()


@dataclass(frozen=True)
class Wanted:
    """Which tasks; None: whichever."""

    case: int | None = None
    organisation: int | None = None
    owner: int | None = None
    respondent: int | None = None
    unowned: bool = False


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Card:
    """What a board shows of a task. `pk`, `version`: the task's; `legal`: the day of the legal date
    that it hangs on; `organisation` and `owner`: primary key, and the names beside them; `ticked`
    of `checks`; `blockers`: how many it waits for; `proposed`: its playbook says otherwise now."""

    pk: int
    version: int
    zh: str
    en: str
    who: str
    due: date | None
    legal: date | None
    done_at: datetime | None
    organisation: int
    organisation_zh: str
    organisation_en: str
    owner: int | None
    owner_name: str | None
    which: Which | None
    of: Of
    ticked: int
    checks: int
    blockers: int
    proposed: bool


_COLUMNS = {
    "pk": "pk",
    "version": "version",
    "zh": "title_zh",
    "en": "title_en",
    "who": "who",
    "due": "due",
    "legal": "date__day",
    "done_at": "done_at",
    "organisation": "organisation",
    "organisation_zh": "organisation__name_zh",
    "organisation_en": "organisation__name_en",
    "owner": "owner",
    "owner_name": "owner__name",
}
"""Fields of a card that stand in a column."""


@dataclass(frozen=True)
class Stack:
    """A column. `count`: how many there are; `cards`: the first of them."""

    count: int
    cards: Sequence[Card]


def today_of(actor: Actor, now: datetime) -> date:
    """By the actor's own clock."""
    zone = ZoneInfo(actor.user.time_zone) if actor.user else ZONE
    return now.astimezone(zone).date()


def board(
    actor: Actor, now: datetime, wanted: Wanted = ALL, limit: int = 30
) -> Mapping[Column, Stack]:
    """The tasks that the actor sees, in their columns; of each the first `limit`, in the order in
    which they are due, of what is done the last."""
    dealt = _dealt(_seen(actor, wanted), today_of(actor, now), now)
    first = {each: [pk for *_, pk in nsmallest(limit, dealt[each])] for each in _LEFT}
    first[Column.DONE] = [pk for *_, pk in nlargest(limit, dealt[Column.DONE], key=_lately)]
    cards = _cards([pk for pks in first.values() for pk in pks])
    return {each: Stack(len(dealt[each]), [cards[pk] for pk in first[each]]) for each in Column}


def column(
    actor: Actor,
    now: datetime,
    which: Column,
    wanted: Wanted = ALL,
    start: int = 0,
    limit: int = 50,
) -> list[Card]:
    """Of one column, from `start` on."""
    rows = _seen(actor, wanted).filter(_in(which, today_of(actor, now), now))
    pks = list(_ordered(rows, which).values_list("pk", flat=True)[start : start + limit])
    cards = _cards(pks)
    return [cards[pk] for pk in pks]


def my_tasks(
    actor: Actor, now: datetime, wanted: Wanted = ALL, limit: int = 30
) -> Mapping[Column, Stack]:
    """The actor's own, in the organisation that they act for, as a board."""
    if actor.user is None or actor.organisation is None:
        return {each: Stack(0, ()) for each in Column}
    mine = Wanted(wanted.case, actor.organisation.pk, actor.user.pk, wanted.respondent)
    return board(actor, now, mine, limit)


def _lately(place: _Place) -> tuple[str, int]:
    return place[0], place[2]


def _dealt(rows: "QuerySet[Task]", day: date, now: datetime) -> "defaultdict[Column, list[_Place]]":
    """By column. All of it in one narrow pass: the database would go through the same rows once for
    the counts and once for every column."""
    blocked = Exists(_blocking().filter(from_task=OuterRef("pk")))
    shown = rows.filter(Q(done_at=None) | _done(now), dropped_at=None).order_by()
    # As text and number: for ten thousand rows Django's converters take longer than the database.
    plain = shown.annotate(
        day=Cast("due", CharField()),
        done=Cast("done_at", CharField()),
        waits=Case(When(blocked, then=1), default=0),
    )
    today, week = day.isoformat(), (day + WEEK).isoformat()
    dealt: defaultdict[Column, list[_Place]] = defaultdict(list)
    for pk, due, position, done, waits in plain.values_list(
        "pk", "day", "position", "done", "waits"
    ):
        place = (due or "", position, pk)
        if done:
            dealt[Column.DONE].append((done, position, pk))
        elif due and due < today:
            dealt[Column.OVERDUE].append(place)
        elif not due or waits:
            dealt[Column.WAITING].append((due or _NEVER, position, pk))
        elif due <= week:
            dealt[Column.THIS_WEEK].append(place)
        else:
            dealt[Column.LATER].append(place)
    return dealt


def _cards(pks: Sequence[int]) -> Mapping[int, Card]:
    """`pks`: of tasks that the door has just given to the actor. With the wall before them once
    more, a database may go through all that the actor sees instead of looking up these."""
    rows = Task.objects.filter(pk__in=pks).order_by()
    wide = rows.annotate(otherwise=Case(When(proposed__isnull=True, then=0), default=1))
    of = (*columns("proceeding"), *names_of("case", "respondent__organisation"))
    with opened():  # and how many stand before a task that one sees; which they are is not said
        found = list(wide.values_list(*_COLUMNS.values(), "checks", "otherwise", *of))
        waits = Counter(_blocking().filter(from_task__in=pks).values_list("from_task", flat=True))
    return {row[0]: _card(row, waits[row[0]]) for row in found}


def _card(row: Sequence[Any], blockers: int) -> Card:
    checks, otherwise, *names = row[len(_COLUMNS) :]
    fields: dict[str, Any] = dict(zip(_COLUMNS, row, strict=False))
    return Card(
        **fields,
        which=which_of(names),
        of=Of(*names[len(COLUMNS) :]),
        ticked=sum(check["done"] for check in checks),
        checks=len(checks),
        blockers=blockers,
        proposed=bool(otherwise),
    )


def _ordered(rows: "QuerySet[Task]", column: Column) -> "QuerySet[Task]":
    if column is Column.DONE:
        return rows.order_by("-done_at", "-pk")
    return rows.order_by(F("due").asc(nulls_last=True), "position", "pk")


def _seen(actor: Actor, wanted: Wanted) -> "QuerySet[Task]":
    rows = Task.objects.for_actor(actor).filter(case__closed_at=None)
    asked = {
        "case": wanted.case,
        "organisation": wanted.organisation,
        "owner": wanted.owner,
        "respondent": wanted.respondent,
    }
    rows = rows.filter(**{name: pk for name, pk in asked.items() if pk is not None})
    return rows.filter(owner=None) if wanted.unowned else rows


def _in(column: Column, day: date, now: datetime) -> Q:
    """As `_dealt` deals."""
    left = Q(done_at=None, dropped_at=None)
    blocked = Q(Exists(_blocking().filter(from_task=OuterRef("pk"))))
    match column:
        case Column.OVERDUE:
            return left & Q(due__lt=day)
        case Column.THIS_WEEK:
            return left & Q(due__range=(day, day + WEEK)) & ~blocked
        case Column.LATER:
            return left & Q(due__gt=day + WEEK) & ~blocked
        case Column.WAITING:
            return left & (Q(due=None) | Q(due__gte=day) & blocked)
        case Column.DONE:
            return _done(now)


def _done(now: datetime) -> Q:
    return Q(done_at__gte=now - SHOWN_DONE, dropped_at=None)


def _blocking() -> "QuerySet[Any]":
    """Pairs of tasks of which the first waits for the second."""
    rows = Task.blocked_by.through.objects
    return rows.filter(to_task__done_at=None, to_task__dropped_at=None)
