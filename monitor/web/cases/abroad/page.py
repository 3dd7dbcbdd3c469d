"""What the pages of what is done abroad are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet, opened
from monitor.cases.abroad.following_up import renew_on
from monitor.cases.abroad.words import DealStatus, RequestStatus, Result
from monitor.cases.abroad.writing import history
from monitor.cases.models import (
    AbroadChange,
    Case,
    Contact,
    Document,
    Exclusion,
    Floor,
    JointAction,
    Pledge,
    Respondent,
    Task,
    Undertaking,
)
from monitor.cases.models.abroad import Abroad, Versioned
from monitor.cases.models.abroad_changes import name_of
from monitor.notices.models import Entry, Notice
from monitor.web.cases.abroad.registers import (
    Part,
    Register,
    cells,
    column_names,
    label,
    written_as,
)
from monitor.web.cases.page import measures_of

SOON = timedelta(days=90)
"""An exclusion that ends so soon is marked."""


@dataclass(frozen=True)
class Promised:
    row: Pledge
    is_overdue: bool


@dataclass(frozen=True)
class Deal:
    """`floors`: those of the day that the reader sees; `covered`: how many firms."""

    row: Undertaking
    floors: Sequence[Floor]
    covered: int
    is_standing: bool


@dataclass(frozen=True)
class Request:
    """`renew`: by when it has to be asked for anew; `is_over`: it was granted, and has ended."""

    row: Exclusion
    renew: date | None
    is_over: bool
    ends_soon: bool


def promises(actor: Actor, case: Case, day: date) -> list[Promised]:
    """Open ones; overdue first, then by their day."""
    rows = Pledge.objects.for_actor(actor).filter(
        contact__case=case,
        contact__withdrawn_at=None,
        withdrawn_at=None,
        result=Result.OPEN,
    )
    found = rows.select_related("contact").order_by("until", "pk")
    made = [Promised(row, row.until is not None and row.until < day) for row in found]
    return sorted(made, key=lambda each: each.row.until or date.max)


def contacts(actor: Actor, case: Case, whom: str, country: str, text: str) -> "QuerySet[Contact]":
    """Newest first, those that fit; an empty filter fits all."""
    rows = Contact.objects.for_actor(actor).filter(case=case)
    if whom:
        rows = rows.filter(whom=whom)
    if country:
        rows = rows.filter(country=country)
    for word in text.split():
        rows = rows.filter(
            Q(subject__icontains=word)
            | Q(body__icontains=word)
            | Q(people__icontains=word)
            | Q(position__icontains=word)
            | Q(said__icontains=word)
        )
    pledges = Pledge.objects.for_actor(actor).filter(withdrawn_at=None)
    return rows.select_related("organisation").prefetch_related(Prefetch("pledges", pledges))


def countries(actor: Actor, case: Case) -> list[str]:
    """Of whom somebody was met."""
    rows = Contact.objects.for_actor(actor).filter(case=case).order_by("country")
    return list(rows.values_list("country", flat=True).distinct())


def deals(actor: Actor, case: Case, day: date) -> list[Deal]:
    today = Floor.objects.for_actor(actor).filter(
        Q(last=None) | Q(last__gte=day), first__lte=day, withdrawn_at=None
    )
    shown = Prefetch("floors", today.select_related("respondent__organisation"), to_attr="now")
    rows: Any = Undertaking.objects.for_actor(actor).filter(case=case)
    counted = rows.annotate(covered=Count("firms", distinct=True)).prefetch_related(shown)
    return [
        Deal(row, row.now, row.covered, row.status in {DealStatus.ACCEPTED, DealStatus.IN_FORCE})
        for row in counted
    ]


def requests(actor: Actor, case: Case, day: date) -> list[Request]:
    """Those that end first come first."""
    rows = Exclusion.objects.for_actor(actor).filter(case=case)
    found = [request_of(row, day) for row in rows]
    return sorted(found, key=lambda each: (each.is_over, each.row.valid_until or date.max))


def request_of(row: Exclusion, day: date) -> Request:
    granted = row.status in {RequestStatus.GRANTED, RequestStatus.PARTLY}
    end = row.valid_until
    is_over = row.status == RequestStatus.EXPIRED or (granted and end is not None and end < day)
    soon = granted and not is_over and end is not None and end <= day + SOON
    return Request(row, renew_on(row), is_over, soon)


def actions(actor: Actor, case: Case) -> "QuerySet[JointAction]":
    rows = JointAction.objects.for_actor(actor).filter(case=case)
    return rows.annotate(covered=Count("firms", distinct=True))


# --- One row -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartTable:
    """`columns`: what is filled in of any of its rows; `lines`: a row, with a cell for each."""

    part: Part
    columns: Sequence[str]
    lines: Sequence[tuple[Versioned, Sequence[str]]]


@dataclass(frozen=True)
class Line:
    """A line of the history. `of`: of which part; `fields`: what it is, what it was and became; a
    document or a firm that the reader does not see stays out."""

    change: AbroadChange
    of: object
    fields: Sequence[tuple[str, str, str]]


def parts(
    actor: Actor, row: Abroad, register: Register, firms: Sequence[Respondent]
) -> list[PartTable]:
    found = []
    for part in register.parts:
        rows = list(part_rows(actor, row, part).filter(withdrawn_at=None))
        written = [dict(cells(each, part.form, firms)) for each in rows]
        filled = {name for line in written for name in line}
        columns = [name for name in column_names(part.form) if name in filled]
        lines_ = [[line.get(name, "") for name in columns] for line in written]
        found.append(PartTable(part, columns, list(zip(rows, lines_, strict=True))))
    return found


def part_rows(actor: Actor, row: Abroad, part: Part) -> "WalledQuerySet[Any]":
    rows: WalledQuerySet[Any] = part.model._default_manager.all()  # type: ignore[assignment]  # noqa: SLF001 - documented so
    return rows.for_actor(actor).filter(**{part.to: row})


def firms_of(actor: Actor, row: Abroad) -> list[Respondent]:
    """Those that it covers and that the reader sees."""
    rows = Respondent.objects.for_actor(actor).filter(**{name_of(type(row)): row})
    return list(rows.select_related("organisation").order_by("pk"))


def covered(row: Any) -> int:
    """How many firms it covers: a number tells nobody who they are."""
    with opened():
        return int(row.firms.count())


def other_firms(actor: Actor, row: Abroad, covered_: Sequence[Respondent]) -> list[Respondent]:
    rows = Respondent.objects.for_actor(actor).filter(case=row.case_id, organisation__isnull=False)
    without = rows.exclude(pk__in=[firm.pk for firm in covered_])
    return list(without.select_related("organisation").order_by("pk"))


def documents_of(actor: Actor, row: Abroad) -> list[Document]:
    rows = Document.objects.for_actor(actor).filter(**{name_of(type(row)): row})
    return list(rows.select_related("organisation").distinct())


def other_documents(actor: Actor, row: Abroad, tied: Sequence[Document]) -> list[Document]:
    rows = Document.objects.for_actor(actor).filter(case=row.case_id, withdrawn_at=None)
    return list(rows.exclude(pk__in=[each.pk for each in tied])[:200])


def tasks_of(actor: Actor, row: Abroad) -> list[Task]:
    rows = Task.objects.for_actor(actor).filter(**{name_of(type(row)): row})
    dressed = rows.select_related("organisation", "owner").order_by("due", "pk")
    return list(dressed)


def notices_of(actor: Actor, case: Case) -> "QuerySet[Notice]":
    """Of the case's measures, newest first."""
    entries = Entry.objects.filter(measure__in=measures_of(actor, case))
    rows = Notice.objects.filter(pk__in=entries.values("notice"))
    return rows.defer("abstract", "body", "item").order_by("-published", "-pk")


def lines(
    actor: Actor, row: Abroad, register: Register, seen: "dict[str, dict[int, str]]"
) -> list[Line]:
    """Newest first: of the row and of its parts. `seen`: names of what may be named."""
    forms: dict[str, tuple[object, Any]] = {name_of(register.model): ("", register.form)}
    rows: list[Versioned] = [row]
    for part in register.parts:
        forms[name_of(part.model)] = (part.name, part.form)
        rows += part_rows(actor, row, part)
    found = []
    for change in history(actor, rows):
        of, form = forms[change.subject]
        found.append(Line(change, of, _fields(change, form, seen)))
    return found


def _fields(change: AbroadChange, form: Any, seen: Any) -> list[tuple[str, str, str]]:
    made = []
    for name, became in change.became.items():
        if name in seen:
            numbers = became if isinstance(became, list) else [became]
            names = [seen[name][pk] for pk in numbers if pk in seen[name]]
            if names:
                made.append((label(form, name), "", " · ".join(dict.fromkeys(names))))
        elif name != "withdrawn_at":
            before = written_as(change.subject, name, change.was.get(name))
            after = written_as(change.subject, name, became)
            made.append((label(form, name), before, after))
    return made
