"""Legal dates and tasks by their days: what a month, an agenda or a calendar feed is made of.

A chamber's month may hold thousands of them, so they are no models but what a calendar prints.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Adopted, Task


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
    of: Of


@dataclass(frozen=True, slots=True)
class Work:
    """`pk`: of `Task`; `owner`: the person's name."""

    pk: int
    due: date
    zh: str
    en: str
    who: str
    organisation: int
    owner: str | None
    of: Of


@dataclass
class Day:
    dates: list[LegalDate] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)


def between(actor: Actor, first: date, last: date, case: int | None = None) -> Mapping[date, Day]:
    """The days from `first` to `last`, both included, on which something falls that the actor
    sees: of all cases that are open, or of one, open or not. In order."""
    days: defaultdict[date, Day] = defaultdict(Day)
    for legal in legal_dates(dates(actor, case).filter(day__range=(first, last))):
        days[legal.day].dates.append(legal)
    for each in work(tasks(actor, case).filter(due__range=(first, last))):
        days[each.due].work.append(each)
    return dict(sorted(days.items()))


def ahead(actor: Actor, day: date, limit: int = 100) -> list[LegalDate]:
    """The next legal dates from the day on."""
    return legal_dates(dates(actor).filter(day__gte=day)[:limit])


def dates(actor: Actor, case: int | None = None) -> "QuerySet[Adopted]":
    """Legal dates that hold and have a day, in order, each with the case of its `proceeding`. What
    was extended for one respondent alone is seen by whoever reads how it answers."""
    rows = Adopted.objects.for_actor(actor).filter(_of_case("proceeding__case", case))
    with_case = rows.select_related("proceeding__case", "respondent__organisation")
    return with_case.filter(gone_at=None, day__isnull=False).order_by("day", "pk")


def tasks(actor: Actor, case: int | None = None) -> "QuerySet[Task]":
    """What is left to do and has a day, in order, each with its `case` and `organisation`."""
    rows = Task.objects.for_actor(actor).filter(_of_case("case", case))
    with_case = rows.select_related("case", "organisation", "respondent__organisation", "owner")
    left = with_case.filter(done_at=None, dropped_at=None, due__isnull=False)
    return left.order_by("due", "position", "pk")


def legal_dates(rows: "QuerySet[Adopted]") -> list[LegalDate]:
    """The rows of `dates`, as a calendar prints them."""
    # As text: for thousands of rows reading JSON again takes longer than finding them.
    said = {name: KT(f"due__{name}") for name in ("zh", "en", "verified", "estimated")}
    names = names_of("proceeding__case", "respondent__organisation")
    found = rows.values_list("pk", "day", "moment", "whom", *said.values(), *names)
    return [
        LegalDate(pk, day, moment, zh or "", en or "", whom, verified, _is_true(estimated), Of(*of))
        for pk, day, moment, whom, zh, en, verified, estimated, *of in found
        if day is not None
    ]


def _is_true(text: object) -> bool:
    """As the databases write what JSON calls true."""
    return str(text) in {"1", "true"}


def work(rows: "QuerySet[Task]") -> list[Work]:
    """The rows of `tasks`, the same."""
    found = rows.values_list(
        "pk", "due", "title_zh", "title_en", "who", "organisation", "owner__name",
        *names_of("case", "respondent__organisation"),
    )  # fmt: skip
    return [
        Work(pk, due, zh, en, who, organisation, owner, Of(*of))
        for pk, due, zh, en, who, organisation, owner, *of in found
        if due is not None
    ]


def _of_case(path: str, case: int | None) -> Q:
    return Q(**{f"{path}__closed_at": None}) if case is None else Q(**{path: case})


def names_of(case: str, firm: str) -> tuple[str, ...]:
    """The columns of `Of`."""
    return (case, f"{case}__name_zh", f"{case}__name_en", f"{firm}__name_zh", f"{firm}__name_en")
