"""Cases as a reader sees them: where they stand, which dates are theirs, who answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind
from monitor.cases.models import Adopted, Case, CaseChamber, Proceeding, Respondent, StageChange
from monitor.cases.stage_names import names
from monitor.cases.stages import Family, family
from monitor.cases.words import Answer, Stage, Why
from monitor.deadlines.rules import Whom

FIRMS = frozenset({Whom.EXPORTER, Whom.PARTY})
OURS = FIRMS | {Whom.CHAMBER}
"""For a chamber, and for whoever looks on, what firms have to keep is theirs too."""
_WAYS: Mapping[Family, tuple[Stage, ...]] = {
    Family.REVIEW: (Stage.OPENED, Stage.PRELIMINARY, Stage.FINAL),
    Family.SCOPE: (Stage.OPENED, Stage.PRELIMINARY, Stage.FINAL),
    Family.LITIGATION: (Stage.OPENED, Stage.FINAL),
    Family.DRAFT: (Stage.OPENED, Stage.FINAL, Stage.IN_FORCE),
}
_WAY = (Stage.OPENED, Stage.PRELIMINARY, Stage.FINAL, Stage.IN_FORCE)
"""What a proceeding usually passes through."""


def is_firm(actor: Actor) -> bool:
    """Whether stages are named for firms, and dates are those of firms."""
    return actor.organisation is not None and actor.organisation.kind == Kind.ENTERPRISE


def theirs(actor: Actor) -> frozenset[Whom]:
    """For whom a date has to be to be the reader's."""
    return FIRMS if is_firm(actor) else OURS


def has_sample(actor: Actor, cases: Iterable[int]) -> bool:
    """Whether one of them is made up."""
    return Case.objects.for_actor(actor).filter(pk__in=set(cases), sample=True).exists()


# --- Stages --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """`day`: when it was reached; `is_now`: the proceeding stands there."""

    stage: Stage
    name: str | Promise
    day: date | None
    is_now: bool

    @property
    def is_reached(self) -> bool:
        return self.day is not None or self.is_now


def stage_name(proceeding: Proceeding, stage: Stage, actor: Actor) -> str | Promise:
    """`proceeding`: with its measure."""
    if proceeding.expected_on is not None:
        return _("review expected") if proceeding.ended is None else _("review that nobody opened")
    called = names(family(proceeding.measure.kind, proceeding.proceeding), stage)
    return called.plain if is_firm(actor) else called.insiders


def steps(proceeding: Proceeding, changes: Iterable[StageChange]) -> list[Step]:
    """By the names that insiders use, which are short. `changes`: of the proceeding, oldest
    first."""
    of = family(proceeding.measure.kind, proceeding.proceeding)
    reached: dict[Stage, date] = {}
    for change in changes:
        reached.setdefault(Stage(change.stage), change.day)
    now = Stage(proceeding.stage)
    way = _WAYS.get(of, _WAY) if now is not Stage.ENDED else ()
    return [
        Step(stage, names(of, stage).insiders, reached.get(stage), stage is now)
        for stage in Stage
        if stage is now or stage in reached or stage in way
    ]


# --- Dates ---------------------------------------------------------------------------------------


def open_dates(actor: Actor, day: date) -> "QuerySet[Adopted]":
    """Dates that are the reader's, still to come, in order."""
    rows = Adopted.objects.for_actor(actor).filter(
        gone_at=None, day__gte=day, whom__in=theirs(actor), due__happened=None
    )
    return rows.exclude(due__bound="earliest").order_by("day", "pk")


def next_dates(actor: Actor, case: Case, day: date, most: int = 3) -> list[Adopted]:
    rows = open_dates(actor, day).filter(proceeding__case=case, proceeding__ended=None)
    return list(rows.select_related("proceeding__measure", "respondent__organisation")[:most])


# --- The list ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """Our firms on the list, as far as the reader sees them. `silent`: told, and nothing was heard,
    or not even when they were asked again."""

    firms: int
    informed: int
    answer: int
    silent: int


@dataclass(frozen=True)
class Line:
    """A case in the list. `stages`: of the proceedings that go on, or of the last; `mine`: the
    reader's own answer, where they are a firm."""

    case: Case
    stages: Sequence[str]
    next: Adopted | None
    lead: CaseChamber | None
    counted: Counted
    mine: Respondent | None


def ordered(actor: Actor, rows: "QuerySet[Case]", day: date) -> "QuerySet[Case]":
    """By the next date that is the reader's, then the newest."""
    ahead = open_dates(actor, day).filter(proceeding__case=OuterRef("pk"), proceeding__ended=None)
    nearest = ahead.order_by().values("proceeding__case").annotate(first=Min("day"))
    found = rows.annotate(next_day=Subquery(nearest.values("first")))
    return found.order_by(F("next_day").asc(nulls_last=True), "-opened_at", "-pk")


def lines(actor: Actor, cases: Sequence[Case], day: date) -> list[Line]:
    """Six queries, however many cases."""
    nearest = _nearest(actor, cases, day)
    proceedings = _proceedings(actor, cases)
    seats = CaseChamber.objects.for_actor(actor).filter(case__in=cases, leads=True, ended_at=None)
    leads = {seat.case_id: seat for seat in seats.select_related("organisation")}
    firms: defaultdict[int, list[Respondent]] = defaultdict(list)
    ours = Respondent.objects.for_actor(actor).filter(case__in=cases, organisation__isnull=False)
    for firm in ours.select_related("organisation"):
        firms[firm.case_id].append(firm)
    return [
        Line(
            case=case,
            stages=_stages(proceedings[case.pk], actor),
            next=nearest.get(case.pk),
            lead=leads.get(case.pk),
            counted=counted(firms[case.pk]),
            mine=next((f for f in firms[case.pk] if is_own(actor, f)), None),
        )
        for case in cases
    ]


def counted(firms: Iterable[Respondent]) -> Counted:
    rows = [firm for firm in firms if firm.organisation_id]
    return Counted(
        firms=len(rows),
        informed=sum(firm.informed_at is not None for firm in rows),
        answer=sum(firm.answer in {Answer.ANSWERS, Answer.JOINS} for firm in rows),
        silent=sum(firm.answer == Answer.INFORMED or firm.why == Why.SILENT for firm in rows),
    )


def is_own(actor: Actor, firm: Respondent) -> bool:
    """`firm`: with its organisation."""
    own, whose = actor.organisation, firm.organisation
    return own is not None and whose is not None and own.pk in {whose.pk, whose.merged_into_id}


def _nearest(actor: Actor, cases: Sequence[Case], day: date) -> dict[int, Adopted]:
    """By case. What a date rests on is long: it is read of these alone."""
    rows = open_dates(actor, day).filter(proceeding__case__in=cases, proceeding__ended=None)
    first: dict[int, int] = {}
    for case, pk in rows.values_list("proceeding__case", "pk"):
        first.setdefault(case, pk)
    rows = Adopted.objects.for_actor(actor).select_related("respondent__organisation")
    found = rows.in_bulk(first.values())
    return {case: found[pk] for case, pk in first.items()}


def _proceedings(actor: Actor, cases: Sequence[Case]) -> Mapping[int, list[Proceeding]]:
    found: defaultdict[int, list[Proceeding]] = defaultdict(list)
    rows = Proceeding.objects.for_actor(actor).filter(case__in=cases)
    for row in rows.select_related("measure").order_by("began", "pk"):
        found[row.case_id].append(row)
    return found


def _stages(proceedings: Sequence[Proceeding], actor: Actor) -> list[str]:
    going = [row for row in proceedings if row.ended is None] or list(proceedings[-1:])
    called = (str(stage_name(row, Stage(row.stage), actor)) for row in going)
    return list(dict.fromkeys(called))
