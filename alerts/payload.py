"""What is told, for programs: the JSON of the webhook (documented in docs/channels.md).

Words are those of `bundles.words`, money is decimal text in USD and null where it is confidential,
dates are ISO 8601.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alerts import links, plain
from alerts.models import (
    Sighting,
    Warning,  # noqa: A004 - 预警 is the field's word
)
from monitor.bases.confidential import is_hidden
from monitor.cases.models import Reminder, Task
from monitor.impact.models import Impact
from monitor.impact.told import Firm, Told
from monitor.notices.models import Measure, Notice


def of_warning(
    warning: Warning, impacts: Sequence[Impact], told: Mapping[int, Told]
) -> dict[str, Any]:
    """`impacts`: one per base, loudest first, as the reader sees them; `told`: by impact, of its
    firms those that the reader sees."""
    first = impacts[0]
    return {
        "warning": warning.pk,
        "occasion": warning.occasion,
        "level": first.level,
        "measure": _measure(warning.measure),
        "notice": _notice(first.entry.notice),
        "next_date": _next_date(first.next_date, first.next_date_what),
        "impacts": [_impact(impact, told[impact.pk]) for impact in impacts],
    }


def of_sightings(
    notice: Notice,
    sightings: Sequence[Sighting],
    level: str,
    next_date: tuple[date, Mapping[str, Any]] | None,
) -> dict[str, Any]:
    """One notice, and the sentinels that saw it."""
    measure = next((each.measure for each in sightings if each.measure), None)
    return {
        "sentinels": [
            {
                "sighting": each.pk,
                "id": each.sentinel_id,
                "name": each.sentinel.name,
                "query": each.sentinel.query,
            }
            for each in sightings
        ],
        "level": level or None,
        "measure": measure and _measure(measure),
        "notice": {**_notice(notice), "kinds": notice.kinds, "jurisdiction": notice.jurisdiction},
        "next_date": _next_date(*(next_date or (None, None))),
        "url": links.notice(notice.pk),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.pk,
        "kind": measure.kind,
        "jurisdiction": measure.jurisdiction,
        "origin": measure.origin,
        "title": plain.line(measure.title),
        "url": links.measure(measure.pk),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "source": notice.source,
        "number": notice.number,
        "title": plain.line(notice.title),
        "published": notice.published.isoformat(),
        "authority": notice.authority,
        "proceeding": notice.proceeding,
        "event": notice.event,
        "also": notice.also,
        "outcome": notice.outcome,
        "url": plain.web_address(notice.url),
        "sample": notice.sample,
    }


def _next_date(day: date | None, what: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if day is None else {"date": day.isoformat(), **(what or {})}


def _impact(impact: Impact, told: Told) -> dict[str, Any]:
    return {
        "id": impact.pk,
        "base": impact.base.code,
        "level": impact.level,
        "markets": impact.markets,
        "hs6": sorted({match["hs6"] for match in impact.matches}),
        "exposure_usd": _text(impact.exposure_usd),
        "share": _text(impact.share),
        "as_of_month": impact.as_of_month and f"{impact.as_of_month:%Y-%m}",
        "firms": [_firm(firm) for firm in told.firms],
        "other_firms": told.others,
        "reasons": impact.reasons,
        "sample": impact.sample or impact.base.sample,
        "url": links.impact(impact.pk),
    }


def _firm(firm: Firm) -> dict[str, Any]:
    return {
        "id": firm.pk,
        "name_zh": firm.name_zh,
        "name_en": firm.name_en,
        "value_usd": _text(firm.value_usd),
    }


def _text(value: object) -> str | None:
    return None if is_hidden(value) else str(value)


def of_task(task: Task, reminders: Sequence[Reminder], left: int | None) -> dict[str, Any]:
    """A task that somebody is reminded of. `left`: working days of China."""
    adopted = task.date
    return {
        "task": task.pk,
        "title": {"zh": task.title_zh, "en": task.title_en},
        "case": {"id": task.case_id, "zh": task.case.name_zh, "en": task.case.name_en},
        "respondent": str(task.respondent) if task.respondent else None,
        "organisation": task.organisation.name_zh,
        "due": task.due and task.due.isoformat(),
        "working_days_left": left,
        "legal_date": adopted and adopted.day and adopted.day.isoformat(),
        "rule": task.rule or None,
        "because": [_because(each) for each in reminders],
        "url": links.task(task.case_id, task.pk),
    }


def _because(reminder: Reminder) -> dict[str, Any]:
    if reminder.change:
        change = reminder.change
        return {"reminder": reminder.pk, "what": change.what, "step": None}
    return {"reminder": reminder.pk, "what": "due", "step": reminder.step}
