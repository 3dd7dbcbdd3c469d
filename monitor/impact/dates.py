"""The next date by which someone has to act on a notice: printed, else computed. Pure.

A date that the notice prints beats what a rule would compute for the same thing. The next date is
the earliest that has not passed in the authority's own zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from django.utils.translation import override

from bundles.words import ACTIONABLE_DATES
from monitor.impact.deadlines import Calendar, DeadlineRule, Start
from monitor.notices.labels import DATES

LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""Where no zone is known, a day counts until it is over everywhere."""


@dataclass(frozen=True)
class NextDate:
    """`what`: as `Impact.next_date_what`, plain JSON."""

    day: date
    what: Mapping[str, Any]


def today(calendar: Calendar, jurisdiction: str, now: datetime) -> date:
    """The legal day at `now` in the jurisdiction."""
    return now.astimezone(calendar.zone(jurisdiction) or LAST_ON_EARTH).date()


def next_date(
    printed: Iterable[Mapping[str, Any]], calendar: Calendar, start: Start, now: datetime
) -> NextDate | None:
    """`printed`: the notice's dates as in `Notice.item["dates"]` (bundles.items.PrintedDate)."""
    in_print = [_printed(p) for p in printed if p["kind"] in ACTIONABLE_DATES]
    kinds = {found.what["kind"] for found in in_print}
    computed = [
        _computed(rule, day)
        for rule, day in calendar.started(start)
        if rule.stands_for not in kinds and rule.stands_for in ACTIONABLE_DATES
    ]
    since = today(calendar, start.jurisdiction, now)
    ahead = [found for found in in_print + computed if found.day >= since]
    return min(ahead, key=lambda found: found.day, default=None)


@cache
def _label(kind: str, language: str) -> str:
    with override(language):
        return str(DATES[kind])


def _printed(line: Mapping[str, Any]) -> NextDate:
    return NextDate(
        date.fromisoformat(line["date"]),
        {
            "source": "printed",
            "kind": line["kind"],
            "zh": _label(line["kind"], "zh-hans"),
            "en": _label(line["kind"], "en"),
            "printed": line["printed"],
            "verified": True,
        },
    )


def _computed(rule: DeadlineRule, day: date) -> NextDate:
    return NextDate(
        day,
        {
            "source": "computed",
            "kind": rule.stands_for.value,
            "zh": rule.what_zh,
            "en": rule.what_en,
            "who": rule.who,
            "rule": rule.id,
            "basis": rule.basis,
            "citation": rule.citation,
            "verified": rule.verified == "sourced",
        },
    )
