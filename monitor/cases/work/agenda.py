"""Legal dates and tasks by their days: what a month, an agenda or a calendar feed is made of.

A chamber's month may hold thousands of them. All are counted; those that are printed are read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Adopted, Task
from monitor.cases.proceeding_names import COLUMNS, Which, columns
from monitor.deadlines.rules import Whom

_WIDTH = len(COLUMNS)


@dataclass(frozen=True, slots=True)
class Of:
    """The case and, where it is one firm's alone, whose."""

    case: int
    case_zh: str
    case_en: str
    firm_zh: str | None
    firm_en: str | None


@dataclass(frozen=True, slots=True)
class LegalDate:
    """`pk`: of `Adopted`. `whom`: as there. `verified`: a day, or 待核实. `moment`: where filing
    ends at an hour."""

    pk: int
    day: date
    moment: datetime | None
    zh: str
    en: str
    whom: str
    verified: str | None
    estimated: bool
    which: Which
    of: Of


@dataclass(frozen=True, slots=True)
class Work:
    """`pk`: of `Task`; `owner`: the person's name; `which`: None where it is for the case as a
    whole."""

    pk: int
    due: date
    zh: str
    en: str
    who: str
    organisation: int
    owner: str | None
    which: Which | None
    of: Of


@dataclass
class Day:
    """What falls on it: primary keys of `Adopted` and `Task`, in order."""

    dates: list[int] = field(default_factory=list)
    work: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """`days`: those on which something falls, in order; `cases`: whose that is."""

    days: Mapping[date, Day]
    cases: frozenset[int]


def between(actor: Actor, first: date, last: date, whom: Collection[Whom] | None = None) -> Span:
    """What the actor sees from `first` to `last`, both included, of all cases that are open: the
    legal dates that these have to keep, None: everybody's, and the tasks that are left. What was
    extended for one respondent alone is seen by whoever reads how it answers."""
    days: defaultdict[str, Day] = defaultdict(Day)
    cases = set[int]()
    dates = Adopted.objects.for_actor(actor).filter(
        proceeding__case__closed_at=None, gone_at=None, day__range=(first, last)
    )
    if whom is not None:
        dates = dates.filter(whom__in=whom)
    for pk, case, day in _narrow(dates.order_by("day", "pk"), "proceeding__case", "day"):
        days[day].dates.append(pk)
        cases.add(case)
    tasks = Task.objects.for_actor(actor).filter(
        case__closed_at=None, done_at=None, dropped_at=None, due__range=(first, last)
    )
    for pk, case, day in _narrow(tasks.order_by("due", "position", "pk"), "case", "due"):
        days[day].work.append(pk)
        cases.add(case)
    return Span({date.fromisoformat(day): days[day] for day in sorted(days)}, frozenset(cases))


def _narrow(rows: "QuerySet[Any]", case: str, day: str) -> Iterator[tuple[int, int, str]]:
    """Primary key, case and day: as text, which Django need not convert."""
    yield from rows.annotate(on=Cast(day, CharField())).values_list("pk", case, "on")


def legal_dates(actor: Actor, pks: Collection[int]) -> Mapping[int, LegalDate]:
    """Of those that the actor sees, by primary key, in the order asked."""
    # Not the whole of `due`: the explanation is longer than all else.
    said = {name: KT(f"due__{name}") for name in ("zh", "en", "verified", "estimated")}
    found = (
        Adopted.objects.for_actor(actor)
        .filter(pk__in=pks)
        .order_by()
        .values_list(
            "pk",
            "day",
            "moment",
            "whom",
            *said.values(),
            *columns("proceeding"),
            *names_of("proceeding__case", "respondent__organisation"),
        )
    )
    told = {
        pk: LegalDate(
            pk, day, moment, zh or "", en or "", whom, verified, _is_true(estimated),
            Which(*of[:_WIDTH]), Of(*of[_WIDTH:]),
        )
        for pk, day, moment, whom, zh, en, verified, estimated, *of in found
        if day is not None
    }  # fmt: skip
    return {pk: told[pk] for pk in pks if pk in told}


def work(actor: Actor, pks: Collection[int]) -> Mapping[int, Work]:
    """The same of tasks."""
    found = Task.objects.for_actor(actor).filter(pk__in=pks).order_by().values_list(
        "pk", "due", "title_zh", "title_en", "who", "organisation", "owner__name",
        *columns("proceeding"), *names_of("case", "respondent__organisation"),
    )  # fmt: skip
    told = {
        pk: Work(pk, due, zh, en, who, organisation, owner, which_of(of), Of(*of[_WIDTH:]))
        for pk, due, zh, en, who, organisation, owner, *of in found
        if due is not None
    }
    return {pk: told[pk] for pk in pks if pk in told}


def _is_true(text: object) -> bool:
    """As the databases write what JSON calls true."""
    return str(text) in {"1", "true"}


def which_of(columns_: Sequence[Any]) -> Which | None:
    """From the columns of `Which`, first; None where there is no proceeding."""
    return None if columns_[0] is None else Which(*columns_[:_WIDTH])


def names_of(case: str, firm: str) -> tuple[str, ...]:
    """The columns of `Of`."""
    return (case, f"{case}__name_zh", f"{case}__name_en", f"{firm}__name_zh", f"{firm}__name_en")
