"""Our own cases that have ended, as far as the reader sees them: how it went the last time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Case, CaseMeasure, Outcome
from monitor.cases.outcomes.paying import others, paid
from monitor.cases.past.near import Asked, meet, shared
from monitor.impact.matching import Depth
from monitor.notices.models import Entry, Measure, ProductClaim
from monitor.search.similar import goods

SHOWN = 5

Claims = defaultdict[int, list[ProductClaim]]
"""By measure."""


@dataclass(frozen=True)
class Came:
    """What it came to under one measure, in percent as importers pay it: the lowest and the highest
    rate of our `firms` that have one of their own, and that of everybody else; None: not known."""

    kind: str
    firms: int
    lowest: Decimal | None
    highest: Decimal | None
    others: Decimal | None


@dataclass(frozen=True)
class OwnCase:
    """As `near.Near`, of a case of ours. `came`: as far as the reader sees outcomes."""

    case: Case
    depth: Depth
    shared: tuple[str, ...]
    same_market: bool
    same_kinds: tuple[str, ...]
    came: tuple[Came, ...] = ()


def ended(asked: Asked, actor: Actor, leave_out: Collection[int] = ()) -> list[OwnCase]:
    """On the same heading, deepest first. `leave_out`: primary keys of cases. Five queries."""
    cases = Case.objects.for_actor(actor).exclude(closed_at=None).exclude(pk__in=leave_out)
    closed = {case.pk: case for case in cases}
    subjects = _subjects(closed, actor)
    claims = _claims({measure.pk for own in subjects.values() for measure in own})
    found = [_compared(closed[pk], own, claims, asked) for pk, own in subjects.items()]
    nearest = sorted((each for each in found if each), key=_nearness)[:SHOWN]
    outcomes = _outcomes([each.case.pk for each in nearest], actor)
    return [
        replace(each, came=_came(subjects[each.case.pk], outcomes[each.case.pk]))
        for each in nearest
    ]


def _outcomes(cases: Collection[int], actor: Actor) -> "defaultdict[int, list[Outcome]]":
    found: defaultdict[int, list[Outcome]] = defaultdict(list)
    if cases:
        rows = Outcome.objects.for_actor(actor).filter(proceeding__case__in=cases, replaced_at=None)
        for row in rows.select_related("proceeding", "respondent"):
            found[row.proceeding.case_id].append(row)
    return found


def _came(measures: Collection[Measure], outcomes: Collection[Outcome]) -> tuple[Came, ...]:
    """Of the measures of which anything is known."""
    ours = {o.respondent_id for o in outcomes if o.respondent and o.respondent.organisation_id}
    found = []
    for measure in measures:
        mine = [paid(outcomes, measure.pk, pk) for pk in ours]
        rates = [each.rate for each in mine if each and each.own and each.rate is not None]
        all_others = others(outcomes, measure.pk)
        if rates or all_others is not None:
            low, high = min(rates, default=None), max(rates, default=None)
            found.append(Came(measure.kind, len(rates), low, high, all_others))
    return tuple(found)


def _subjects(cases: Collection[int], actor: Actor) -> dict[int, list[Measure]]:
    """Of each case its measures."""
    found: defaultdict[int, list[Measure]] = defaultdict(list)
    if cases:
        rows = CaseMeasure.objects.for_actor(actor).filter(case__in=list(cases))
        for row in rows.select_related("measure"):
            found[row.case_id].append(row.measure)
    return dict(found)


def _compared(case: Case, measures: list[Measure], claims: Claims, asked: Asked) -> OwnCase | None:
    agreed = shared(goods(c for measure in measures for c in claims[measure.pk]), asked.codes)
    if agreed is None or agreed[0] == Depth.CHAPTER:
        return None
    kinds = tuple(sorted({measure.kind for measure in measures} & asked.kinds))
    return OwnCase(case, *agreed, meet(case.jurisdiction, asked.market), kinds)


def _claims(measures: Collection[int]) -> Claims:
    of_notice: defaultdict[int, list[int]] = defaultdict(list)
    entries = Entry.objects.filter(measure__in=measures)
    for notice, measure in entries.values_list("notice", "measure"):
        of_notice[notice].append(measure)
    found: Claims = defaultdict(list)
    rows = ProductClaim.objects.filter(notice__in=list(of_notice)).defer("evidence", "model")
    for claim in rows:
        for measure in of_notice[claim.notice_id]:
            found[measure].append(claim)
    return found


def goods_of(measures: Collection[int]) -> dict[int, list[str]]:
    """The codes of each measure's goods. Two queries."""
    claims = _claims(measures)
    return {measure: goods(claims[measure]) for measure in measures}


def _nearness(each: OwnCase) -> tuple[bool, bool, bool, int]:
    return (
        each.depth != Depth.HS6,
        not each.same_market,
        not each.same_kinds,
        -each.case.pk,
    )
