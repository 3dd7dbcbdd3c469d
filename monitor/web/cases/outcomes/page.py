"""What came of a case, as its page lays it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Case, Outcome, Proceeding, Respondent
from monitor.cases.outcomes.paying import Paid, paid
from monitor.notices.models import Entry, Measure, Notice


@dataclass(frozen=True)
class Line:
    """What importers pay on one firm's goods; `respondent` None: on everybody else's. `sum`:
    percent of all measures, None where one of them is not known in percent."""

    respondent: Respondent | None
    by_measure: Sequence[tuple[Measure, Paid | None]]
    sum: Decimal | None


@dataclass(frozen=True)
class Of:
    """The outcomes of one proceeding: those that stand, and those that were replaced."""

    row: Proceeding
    standing: Sequence[Outcome]
    replaced: Sequence[Outcome]


def outcomes_of(actor: Actor, case: Case) -> list[Outcome]:
    """Oldest first, replaced ones as well."""
    rows = Outcome.objects.for_actor(actor).filter(proceeding__case=case)
    dressed = rows.select_related(
        "proceeding__measure", "respondent__organisation", "notice", "said_by", "acting_for"
    )
    light = dressed.defer("notice__body", "notice__abstract", "notice__item")
    return list(light.order_by("day", "pk"))


def standing(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.replaced_at is None]


def lines(
    measures: Sequence[Measure], respondents: Sequence[Respondent], outcomes: Sequence[Outcome]
) -> list[Line]:
    """Our firms, those of others that have an outcome, and everybody else; none where nothing is
    known yet. `outcomes`: those that stand."""
    with_one = {each.respondent_id for each in outcomes}
    shown = [row for row in respondents if row.organisation_id or row.pk in with_one]
    found = [_line(row, measures, outcomes) for row in (*shown, None)]
    return [line for line in found if any(paid_ for _, paid_ in line.by_measure)]


def _line(row: Respondent | None, measures: Sequence[Measure], outcomes: Sequence[Outcome]) -> Line:
    cells = [paid(outcomes, measure.pk, row.pk if row else None) for measure in measures]
    rates = [cell.rate for cell in cells if cell is not None]
    known = [rate for rate in rates if rate is not None]
    complete = bool(cells) and len(known) == len(cells)
    return Line(
        row, list(zip(measures, cells, strict=True)), sum(known, Decimal(0)) if complete else None
    )


def by_proceeding(proceedings: Iterable[Proceeding], outcomes: Sequence[Outcome]) -> list[Of]:
    """The newest proceeding first; those without an outcome are left out."""
    found = []
    for row in proceedings:
        mine = [each for each in outcomes if each.proceeding_id == row.pk]
        if mine:
            over = [each for each in mine if each.replaced_at is not None]
            found.append(Of(row, standing(mine), over))
    return sorted(found, key=lambda each: max(o.day for o in each.standing or each.replaced))[::-1]


def notices_of(measures: Sequence[Measure]) -> dict[int, Notice]:
    """By primary key, the newest first."""
    rows = Entry.objects.filter(measure__in=measures).select_related("notice")
    light = rows.defer("notice__body", "notice__abstract", "notice__item")
    return {e.notice_id: e.notice for e in light.order_by("-notice__published", "-notice__pk")}
