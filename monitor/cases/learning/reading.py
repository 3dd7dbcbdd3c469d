"""Cases, firms, outcomes and costs as their walls give them to a reader, made ready to be counted.

Exports are counted only of firms that show theirs to the reader: any other sum could be taken apart
with the totals that stand elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import is_hidden
from monitor.cases.counsel.spending import retained, spent, spent_on
from monitor.cases.learning.counting import Firm
from monitor.cases.models import Case, CaseMeasure, Mandate, MandateFirm, Outcome, Respondent
from monitor.cases.outcomes.paying import paid
from monitor.cases.past.own import goods_of
from monitor.cases.stakes import stakes
from monitor.cases.words import Answer
from monitor.deadlines.library import Library
from monitor.notices.models import Entry

LATE = timedelta(days=7)
"""What the house got later than that after it was published was loaded afterwards: it tells nothing
of how long telling takes."""
ANSWERING = frozenset({Answer.ANSWERS, Answer.JOINS})


@dataclass(frozen=True)
class Read:
    """`firms`, `counsel`: by respondent; of counsel, who stood for the firm, by primary key.
    `chapters`: of HS, by case. `spent`, `spent_on`: by currency, of each case, and on each counsel.
    `showing`: the organisations whose exports are counted."""

    cases: Mapping[int, Case]
    firms: Mapping[int, Firm]
    chapters: Mapping[int, Sequence[str]]
    counsel: Mapping[int, Sequence[int]]
    mandates: Mapping[int, Sequence[Mandate]]
    spent: Mapping[int, Mapping[str, Decimal]]
    spent_on: Mapping[int, Mapping[str, Decimal]]
    showing: frozenset[int]


def read(actor: Actor) -> Read:
    cases = {case.pk: case for case in Case.objects.for_actor(actor)}
    rows = Respondent.objects.for_actor(actor).filter(
        case__in=list(cases), organisation__isnull=False
    )
    respondents = list(rows.select_related("organisation").order_by("pk"))
    measures = _measures(actor, cases)
    exports = {
        pk: value
        for pk, value in stakes(respondents, actor).items()
        if isinstance(value, Decimal) and not is_hidden(value)
    }
    outcomes = _outcomes(actor, cases)
    starts = _starts(cases, measures)
    mandates = retained(actor, cases.values())
    firms = {
        row.pk: _firm(row, measures[row.case_id], outcomes[row.case_id], exports, starts)
        for row in respondents
    }
    showing = {row.organisation_id for row in respondents if row.pk in exports}
    return Read(
        cases=cases,
        firms=firms,
        chapters=_chapters(measures),
        counsel=_counsel(actor, mandates),
        mandates=mandates,
        spent=spent(actor, cases.values()),
        spent_on=spent_on(actor, cases.values()),
        showing=frozenset(pk for pk in showing if pk is not None),
    )


def _firm(
    row: Respondent,
    measures: Sequence[int],
    outcomes: Sequence[Outcome],
    exports: Mapping[int, Decimal],
    starts: "_Starts",
) -> Firm:
    begun, known = starts.before(row.case_id, row.listed_at)
    return Firm(
        case=row.case_id,
        firm=row.organisation_id or 0,
        told=row.informed_at is not None,
        answers=row.answer in ANSWERING,
        informed_at=row.informed_at,
        counted_from=begun,
        known=known,
        exports=exports.get(row.pk),
        own=_sum(outcomes, measures, row.pk),
        others=_sum(outcomes, measures, None),
    )


def _sum(
    outcomes: Sequence[Outcome], measures: Sequence[int], respondent: int | None
) -> Decimal | None:
    """Percent of all measures of the case together; None where one that has outcomes has none in
    percent for it."""
    told = [m for m in measures if any(o.proceeding.measure_id == m for o in outcomes)]
    found = [paid(outcomes, measure, respondent) for measure in told]
    rates = [each.rate for each in found if each is not None and each.rate is not None]
    return sum(rates, Decimal(0)) if told and len(rates) == len(told) else None


# --- Rows ----------------------------------------------------------------------------------------


def _measures(actor: Actor, cases: Mapping[int, Case]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = CaseMeasure.objects.for_actor(actor).filter(case__in=list(cases)).order_by("pk")
    for case, measure in rows.values_list("case", "measure"):
        found[case].append(measure)
    return found


def _outcomes(actor: Actor, cases: Mapping[int, Case]) -> defaultdict[int, list[Outcome]]:
    found: defaultdict[int, list[Outcome]] = defaultdict(list)
    rows = Outcome.objects.for_actor(actor).filter(
        proceeding__case__in=list(cases), replaced_at=None
    )
    for outcome in rows.select_related("proceeding"):
        found[outcome.proceeding.case_id].append(outcome)
    return found


def _chapters(measures: Mapping[int, Sequence[int]]) -> dict[int, list[str]]:
    codes = goods_of({measure for mine in measures.values() for measure in mine})
    return {
        case: sorted({code[:2] for measure in mine for code in codes[measure]})
        for case, mine in measures.items()
    }


def _counsel(actor: Actor, mandates: Mapping[int, Sequence[Mandate]]) -> dict[int, list[int]]:
    whose = {each.pk: each.counsel_id for mine in mandates.values() for each in mine}
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = MandateFirm.objects.for_actor(actor).filter(mandate__in=list(whose)).order_by("pk")
    for mandate, respondent in rows.values_list("mandate", "respondent"):
        if whose[mandate] not in found[respondent]:
            found[respondent].append(whose[mandate])
    return found


class _Starts:
    """When the notices of each case were published, and when the house had them."""

    def __init__(self, notices: Mapping[int, Sequence[tuple[datetime, datetime]]]) -> None:
        self._notices = notices

    def before(self, case: int, listed: datetime) -> tuple[datetime | None, datetime | None]:
        """Of the newest notice that there was when a firm was listed."""
        there = [each for each in self._notices.get(case, ()) if each[1] <= listed]
        begun, known = max(there, default=(None, None))
        return (begun, known) if begun and known and known - begun <= LATE else (None, None)


def _starts(cases: Mapping[int, Case], measures: Mapping[int, Sequence[int]]) -> _Starts:
    library = Library.load(Path(settings.FENGHUO_DEADLINES))
    case_of = {measure: case for case, mine in measures.items() for measure in mine}
    zones = {case.jurisdiction: library.zone(case.jurisdiction) for case in cases.values()}
    found: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Entry.objects.filter(measure__in=list(case_of)).values_list(
        "measure", "notice__published", "notice__first_seen"
    )
    for measure, published, seen in rows:
        case = case_of[measure]
        begun = datetime.combine(published, time(), zones[cases[case].jurisdiction] or UTC)
        found[case].append((begun, seen))
    return _Starts(found)
