"""What the page of a case is made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaching
from monitor.bases.confidential import Shown, is_hidden
from monitor.bases.models import Enterprise
from monitor.cases.counsel.spending import acting_for
from monitor.cases.models import (
    Case,
    CaseChamber,
    CaseMeasure,
    Mandate,
    Proceeding,
    Respondent,
    StageChange,
    Statement,
    Task,
)
from monitor.cases.past.near import Asked
from monitor.cases.stakes import stakes
from monitor.cases.words import Answer, Stage
from monitor.notices.headline import composed
from monitor.notices.models import Entry, Measure, Notice, ProductClaim
from monitor.search.similar import goods
from monitor.web.cases.listing import Step, is_own, stage_name, steps
from monitor.web.past import Panel, panel

NEWEST = 10
"""Notices that the page lists; the measure's own page has all."""


@dataclass(frozen=True)
class Going:
    """A proceeding and where it stands. `name`: of its stage, for the reader."""

    row: Proceeding
    steps: Sequence[Step]
    name: object

    @property
    def is_over(self) -> bool:
        return self.row.ended is not None


@dataclass(frozen=True)
class Firm:
    """One of ours on the list. `stake`: None where nothing is known. `chases`: what the chamber
    has to do about its silence; `counsel`: by which mandates it is acted for now, as far as the
    reader knows them. `may_say`: whether the reader may write down how it answers."""

    row: Respondent
    is_own: bool
    stake: Shown | None
    statements: Sequence[Statement]
    chases: Sequence[Task]
    counsel: Sequence[Mandate]
    may_say: bool

    @property
    def is_silent(self) -> bool:
        return bool(self.row.answer == Answer.INFORMED)


def measures_of(actor: Actor, case: Case) -> list[Measure]:
    rows = CaseMeasure.objects.for_actor(actor).filter(case=case).order_by("pk")
    keys = [row.measure_id for row in rows]
    found = Measure.objects.prefetch_related("keys").in_bulk(keys)
    return [found[pk] for pk in keys]


def chambers_of(actor: Actor, case: Case) -> list[CaseChamber]:
    """The lead first."""
    rows = CaseChamber.objects.for_actor(actor).filter(case=case, ended_at=None)
    return list(rows.select_related("organisation").order_by("-leads", "pk"))


def changes_of(actor: Actor, case: Case) -> list[StageChange]:
    """Oldest first."""
    rows = StageChange.objects.for_actor(actor).filter(proceeding__case=case)
    dressed = rows.select_related("proceeding__measure", "notice", "said_by")
    light = dressed.defer("notice__body", "notice__abstract", "notice__item")
    return list(light.order_by("day", "pk"))


def proceedings_of(actor: Actor, case: Case) -> list[Proceeding]:
    """Those that go on first, then what is expected, then the newest; last what was expected and
    never came."""
    rows = Proceeding.objects.for_actor(actor).filter(case=case).select_related("measure")
    found = list(rows.order_by("began", "expected_on", "pk"))
    told = [row for row in found if row.expected_on is None]
    waiting = [row for row in found if row.expected_on is not None]
    return [
        *(row for row in told if row.ended is None),
        *(row for row in waiting if row.ended is None),
        *(row for row in reversed(told) if row.ended is not None),
        *(row for row in reversed(waiting) if row.ended is not None),
    ]


def going(
    actor: Actor, proceedings: Iterable[Proceeding], changes: Iterable[StageChange]
) -> list[Going]:
    of_row: defaultdict[int, list[StageChange]] = defaultdict(list)
    for change in changes:
        of_row[change.proceeding_id].append(change)
    return [
        Going(row, steps(row, of_row[row.pk]), stage_name(row, Stage(row.stage), actor))
        for row in proceedings
    ]


def notices_of(measures: Sequence[Measure]) -> list[tuple[Notice, str]]:
    """The newest with their headlines; of one that is about several measures, once."""
    rows = Entry.objects.filter(measure__in=measures).select_related("notice")
    light = rows.defer("notice__body", "notice__abstract", "notice__item")
    newest = light.order_by("-notice__published", "-notice__pk")[: NEWEST * len(measures)]
    notices = list({entry.notice_id: entry.notice for entry in newest}.values())[:NEWEST]
    claims: defaultdict[int, list[ProductClaim]] = defaultdict(list)
    for claim in ProductClaim.objects.filter(notice__in=notices).defer("evidence", "model"):
        claims[claim.notice_id].append(claim)
    return [(notice, composed(notice, claims[notice.pk])) for notice in notices]


def past_of_case(actor: Actor, case: Case, measures: Sequence[Measure]) -> Panel:
    claims = ProductClaim.objects.filter(notice__entries__measure__in=measures)
    codes = goods(claims.defer("evidence", "model").distinct())
    numbers = (key.key.partition(":")[2] for each in measures for key in each.keys.all())
    kinds = [each.kind for each in measures]
    return panel(Asked.of(codes, kinds, case.jurisdiction, numbers), actor, [case.pk])


# --- Respondents ---------------------------------------------------------------------------------


def respondents_of(actor: Actor, case: Case) -> list[Respondent]:
    rows = Respondent.objects.for_actor(actor).filter(case=case)
    return list(rows.select_related("organisation", "joined__organisation").order_by("pk"))


def firms(actor: Actor, rows: Sequence[Respondent], day: date) -> list[Firm]:
    """Of ours; those who were told and say nothing first. Six queries."""
    ours = [row for row in rows if row.organisation_id is not None]
    worth = stakes(ours, actor)
    said = _statements(actor, ours)
    chases = _chases(actor, ours)
    counsel = acting_for(actor, ours, day)
    writable = _writable(actor, ours)
    found = [
        Firm(
            row=row,
            is_own=is_own(actor, row),
            stake=worth.get(row.pk),
            statements=said[row.pk],
            chases=chases[row.pk],
            counsel=counsel.get(row.pk, ()),
            may_say=row.pk in writable and row.case.closed_at is None,
        )
        for row in ours
    ]
    return sorted(found, key=lambda firm: (not firm.is_silent, firm.row.pk))


def shown_figures(actor: Actor, found: Iterable[Firm]) -> list[int]:
    """The enterprises whose figures the reader is shown, by primary key."""
    open_ = [
        firm.row.organisation_id
        for firm in found
        if firm.stake is not None and not is_hidden(firm.stake)
    ]
    rows = Enterprise.objects.for_actor(actor).filter(organisation__in=open_)
    return list(rows.values_list("pk", flat=True)) if open_ else []


def _statements(actor: Actor, rows: Sequence[Respondent]) -> Mapping[int, list[Statement]]:
    found: defaultdict[int, list[Statement]] = defaultdict(list)
    said = Statement.objects.for_actor(actor).filter(respondent__in=rows)
    for statement in said.select_related("said_by", "acting_for").order_by("-at", "-pk"):
        found[statement.respondent_id].append(statement)
    return found


def statements_since(actor: Actor, row: Respondent, last: int | None) -> list[Statement]:
    """Those after the statement `last` (primary key, 0: all; None: the last one); newest first."""
    said = Statement.objects.for_actor(actor).filter(respondent=row)
    dressed = said.select_related("said_by", "acting_for").order_by("-at", "-pk")
    return list(dressed[:1] if last is None else dressed.filter(pk__gt=last))


def _chases(actor: Actor, rows: Sequence[Respondent]) -> Mapping[int, list[Task]]:
    """What no playbook lays out but the silence of a firm does (`monitor.cases.work.chasing`)."""
    found: defaultdict[int, list[Task]] = defaultdict(list)
    asked = Task.objects.for_actor(actor).filter(respondent__in=rows, played="").exclude(play="")
    for task in asked.select_related("owner").order_by("pk"):
        found[task.respondent_id or 0].append(task)
    return found


def _writable(actor: Actor, rows: Sequence[Respondent]) -> set[int]:
    """`rows`: as the door gave them to the actor."""
    firms = reaching(actor, Action.EDIT_ANSWERS, [row.organisation_id or 0 for row in rows])
    return {row.pk for row in rows if row.organisation_id in firms}
