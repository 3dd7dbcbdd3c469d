"""A case that was closed is opened again: by whoever leads it, or by a rule when a notice tells of
something that begins. What it had been closed with stays."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases import rules
from monitor.cases.following import follow_now
from monitor.cases.models import Case, CaseChamber, CaseMeasure, Reopening
from monitor.cases.permission import By, MayNotError, ask_case, person
from monitor.jobs.rooms import Counts
from monitor.notices.models import Entry, Notice
from monitor.trail.hand import by as by_hand_of


def reopen(case: Case, because: str, by: By, now: datetime) -> None:
    """What it waits for is reckoned anew, so that tasks and reminders go on. Raises MayNotError;
    ValueError without a reason. Open already: nothing happens."""
    _ask_lead(by, case)
    if not because.strip():
        raise ValueError("a case is opened again for a reason")
    with opened(), transaction.atomic():
        _reopen(case, Reopening(at=now, said_by=person(by), because=because.strip()))


def may_reopen(actor: Actor, case: Case) -> bool:
    try:
        _ask_lead(actor, case)
    except MayNotError:
        return False
    return case.closed_at is not None


def news(case: Case) -> list[Entry]:
    """What notices have told of its measures since it was closed, the newest first; each with its
    notice. They are public: whoever sees the case may know."""
    with opened():
        measures = CaseMeasure.objects.filter(case=case).order_by().values("measure")
        entries = Entry.objects.filter(
            measure__in=measures, notice__first_seen__gt=case.closed_at
        ).select_related("notice")
        light = entries.defer("notice__body", "notice__abstract", "notice__item")
        newest = light.order_by("-notice__published", "-notice__pk")
        return list({entry.notice_id: entry for entry in newest}.values())


def with_news(cases: Iterable[Case]) -> set[int]:
    """Those of the cases, by primary key, of which there are any. One query."""
    entries = Entry.objects.filter(
        measure__subject__case__in=[case.pk for case in cases],
        notice__first_seen__gt=F("measure__subject__case__closed_at"),
    )
    with opened():
        return set(entries.order_by().values_list("measure__subject__case", flat=True))


def reopen_by_rules(now: datetime) -> Counts:
    """What `config/cases.toml` says of cases that are closed. Counts the `reopened`."""
    counts: Counts = Counter()
    for rule in rules.reopeners(Path(settings.FENGHUO_CASES)):
        for case, notice in list(_fitting(rule, now)):
            with by_hand_of(None, now), transaction.atomic():
                fields = {"at": now, "rule": rule.id, "notice": notice}
                counts["reopened"] += _reopen(case, Reopening(**fields))
    return counts


def _ask_lead(by: By, case: Case) -> None:
    ask_case(by, case)
    if by is None:
        return
    with opened():
        seats = CaseChamber.objects.filter(case=case, leads=True, ended_at=None)
        if not seats.filter(organisation=by.organisation).exists():
            raise MayNotError


def _reopen(case: Case, reopening: Reopening) -> bool:
    """False: somebody else has done so."""
    row = Case.objects.select_for_update().get(pk=case.pk)
    closed_at = row.closed_at
    if closed_at is not None:
        reopening.case = row
        reopening.closed_at, reopening.closed_by = closed_at, row.closed_by
        reopening.closed_because = row.closed_because
        reopening.save()
        row.closed_at, row.closed_by, row.closed_because = None, None, ""
        row.save(update_fields=["closed_at", "closed_by", "closed_because"])
        follow_now(row, reopening.at)
    case.closed_at, case.closed_because = None, ""
    return closed_at is not None


def _fitting(rule: rules.Reopener, now: datetime) -> Iterator[tuple[Case, Notice]]:
    """Closed cases, each with the first notice that fits and was not known when it was closed: what
    its chamber knew of when it closed the case opens nothing."""
    entries = Entry.objects.filter(
        measure__subject__case__closed_at__isnull=False,
        measure__kind__in=rule.all_kinds,
        notice__event__in=rule.events,
        notice__published__gte=now.date() - timedelta(days=rule.within_days),
        notice__first_seen__gt=F("measure__subject__case__closed_at"),
    ).select_related("notice", "measure__subject__case")
    light = entries.defer("notice__body", "notice__abstract", "notice__item")
    seen: set[int] = set()
    for entry in light.order_by("notice__published", "pk"):
        case = entry.measure.subject.case
        if case.pk not in seen and rule.fits(entry.notice):
            seen.add(case.pk)
            yield case, entry.notice
