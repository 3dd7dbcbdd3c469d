"""Opening a case: one act of a chamber's officer, or of the house by a rule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from monitor.accounts.models import Organisation
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.cases import rules as openers
from monitor.cases.affairs import affair
from monitor.cases.following import follow_now
from monitor.cases.models import Case, CaseChamber, CaseMeasure
from monitor.cases.naming import named
from monitor.cases.permission import By, MayNotError, person
from monitor.cases.touching import Touching, touching
from monitor.impact.models import Impact
from monitor.jobs.rooms import Counts
from monitor.notices.models import Measure
from monitor.trail.hand import by as by_hand_of


class NotTouchedError(Exception):
    """The measures touch no base of the chamber, as far as is known: there is nothing that it
    could answer. Whether others answer them is not said."""


@dataclass(frozen=True)
class Opened:
    """`is_new`: False where a case of the affair was there. `joined`: the chamber has just taken
    its seat in it."""

    case: Case
    is_new: bool
    joined: bool


def open_case(
    measures: Iterable[Measure], chamber: Organisation, by: By, now: datetime, *, rule: str = ""
) -> Opened:
    """Answer the measures, together with those that are one affair with them. The chamber leads
    what it opens and joins what is there. `rule`: by which the house does it.

    Raises MayNotError, NotTouchedError; ValueError where no measure is given.
    """
    _ask(by, chamber)
    with opened(), transaction.atomic():
        subjects = _held(measures)
        touched = touching(subjects)
        if chamber.pk not in {each.organisation_id for each in touched.chambers()}:
            raise NotTouchedError
        case = _known(subjects)
        is_new = case is None
        case = case or _opened(subjects, touched, by, now, rule)
        add_measures(case, subjects)
        joined = seat(case, chamber, now, leads=is_new)
        follow_now(case, now)
        return Opened(case, is_new, joined)


def add_measures(case: Case, measures: Iterable[Measure]) -> list[CaseMeasure]:
    """Those that are answered in no case yet."""
    measures = list(measures)
    taken = CaseMeasure.objects.filter(measure__in=measures).values_list("measure", flat=True)
    known = set(taken)
    free = [measure for measure in measures if measure.pk not in known]
    return CaseMeasure.objects.bulk_create(CaseMeasure(case=case, measure=each) for each in free)


def seat(case: Case, chamber: Organisation, now: datetime, *, leads: bool = False) -> bool:
    """False: it has one."""
    if CaseChamber.objects.filter(case=case, organisation=chamber, ended_at=None).exists():
        return False
    CaseChamber.objects.create(case=case, organisation=chamber, leads=leads, since=now)
    return True


# --- By a rule -----------------------------------------------------------------------------------


def open_by_rules(now: datetime) -> Counts:
    """Open what `config/cases.toml` says. Each case is a transaction of its own, so that whatever
    stops it, the next walk goes on."""
    counts: Counts = Counter()
    for opener in openers.load(Path(settings.FENGHUO_CASES)):
        for measure in _fitting(opener, now):
            counts += _open_by(opener, measure, now)
    return counts


def _fitting(opener: openers.Opener, now: datetime) -> list[Measure]:
    """Measures that nobody answers yet, the oldest notice first."""
    impacts = Impact.objects.filter(
        entry__notice__published__gte=now.date() - timedelta(days=opener.within_days),
        entry__notice__event__in=opener.events,
        entry__measure__kind__in=opener.all_kinds,
        entry__measure__subject=None,
        level__in=opener.levels,
    ).select_related("entry__notice", "entry__measure")
    light = impacts.defer("entry__notice__body", "entry__notice__abstract")
    return list(
        {
            impact.entry.measure_id: impact.entry.measure
            for impact in light.order_by("entry__notice__published", "pk")
            if opener.fits(impact.entry.notice)
        }.values()
    )


def _open_by(opener: openers.Opener, measure: Measure, now: datetime) -> Counts:
    if CaseMeasure.objects.filter(measure=measure).exists():
        return Counter()  # With its twin, just now.
    chambers = touching([measure]).chambers(opener.levels)
    seats = [chamber.organisation for chamber in chambers if chamber.organisation]
    if not seats:
        return Counter(unanswered=1)  # Nobody acts for a chamber of the base: asked again.
    with by_hand_of(None, now), transaction.atomic():
        found = open_case([measure], seats[0], None, now, rule=opener.id)
        for chamber in seats[1:]:
            seat(found.case, chamber, now)
    return Counter(opened=int(found.is_new), joined=int(not found.is_new))


# --- Parts ---------------------------------------------------------------------------------------


def _ask(by: By, chamber: Organisation) -> None:
    if chamber.kind != Kind.CHAMBER:
        raise MayNotError
    if by is None:
        return
    own = by.organisation
    if own is None or own.pk != chamber.pk or not by.may(Action.EDIT_CASES, Whose.OWN):
        raise MayNotError


def _held(measures: Iterable[Measure]) -> list[Measure]:
    """The affair, locked: of two who open it at the same moment, one waits here for the other."""
    subjects = affair(measures)
    if not subjects:
        raise ValueError("a case answers a measure: none was given")
    rows = Measure.objects.select_for_update().filter(pk__in=[each.pk for each in subjects])
    return list(rows.order_by("pk"))


def _known(measures: Sequence[Measure]) -> Case | None:
    """The oldest, should there be several: two affairs may turn out to be one."""
    return Case.objects.filter(subjects__measure__in=measures).order_by("pk").first()


def _opened(
    measures: Sequence[Measure], touched: Touching, by: By, now: datetime, rule: str
) -> Case:
    zh, en = named(measures, touched)
    case = Case.objects.create(
        name_zh=zh,
        name_en=en,
        jurisdiction=measures[0].jurisdiction,
        opened_at=now,
        opened_by=person(by),
        opened_for=rule,
        sample=any(measure.sample for measure in measures),
    )
    case.bases.add(*touched.bases)
    return case
