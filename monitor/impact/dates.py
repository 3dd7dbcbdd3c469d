"""The next date by which someone has to act on a notice: printed, else computed. Pure.

A date that the notice prints beats what a rule would compute for the same thing. The next date is
the earliest that has not passed in the authority's own zone. Only what the notice itself starts is
computed: dates that rest on estimates belong to a case, not to a warning.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from django.utils.translation import override

from bundles.words import ACTIONABLE_DATES, DateKind
from monitor.deadlines.explaining import explain
from monitor.deadlines.facts import Due, Facts, Known
from monitor.deadlines.library import Library, Said
from monitor.deadlines.rules import Bound, Rule, Ruleset, Whom
from monitor.deadlines.timeline import calendar
from monitor.notices.labels import DATES

LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""Where no zone is known, a day counts until it is over everywhere."""
OURS = frozenset({Whom.EXPORTER, Whom.IMPORTER, Whom.PARTY, Whom.CHAMBER})
"""Whose dates somebody here has to keep."""
BINDING = frozenset({Bound.LATEST, Bound.EXACT})


@dataclass(frozen=True)
class NextDate:
    """`what`: as `Impact.next_date_what`, plain JSON."""

    day: date
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Started:
    """A date that a notice starts, and the ruleset that says so."""

    due: Due
    ruleset: Ruleset
    day: date


def today(library: Library, jurisdiction: str, now: datetime) -> date:
    """The legal day at `now` in the jurisdiction."""
    return now.astimezone(library.zone(jurisdiction) or LAST_ON_EARTH).date()


def next_date(
    printed: Iterable[Mapping[str, Any]], library: Library, said: Said, now: datetime
) -> NextDate | None:
    """`printed`: the notice's dates as in `Notice.item["dates"]` (bundles.items.PrintedDate)."""
    since = today(library, said.jurisdiction, now)
    lines = [line for line in printed if line["kind"] in ACTIONABLE_DATES]
    kinds = {DateKind(line["kind"]) for line in lines}
    in_print = [found for found in map(_printed, lines) if found.day >= since]
    computed = [
        found
        for found in started(library, said)
        if found.day >= since and found.due.rule.stands_for not in kinds
    ]
    soonest = min(computed, key=lambda found: found.day, default=None)
    candidates = [*in_print, *([_computed(soonest)] if soonest else [])]
    return min(candidates, key=lambda found: found.day, default=None)


def started(library: Library, said: Said) -> Iterator[Started]:
    """What has to be done by somebody here because of the notice."""
    for ruleset, events in library.about(said):
        known = {event: Known(said.published, said.number) for event in events}
        for due in calendar(ruleset, Facts(days=known, origins=said.origins), _is_ours):
            if due.day and _is_ours(due.rule) and _is_settled(due, ruleset):
                yield Started(due, ruleset, due.day)


def _is_settled(due: Due, ruleset: Ruleset) -> bool:
    """Counted from the notice, or from what is on the same day or falls on a day by law: not from
    what somebody may still do sooner or later."""
    bases = [version for rule in due.rests_on for version in ruleset.versions[rule]]
    return all(base.bound is Bound.EXACT or base.count == 0 for base in bases)


def _is_ours(rule: Rule) -> bool:
    """One without `stands_for` starts in some cases only; a notice alone does not say which."""
    return rule.stands_for in ACTIONABLE_DATES and rule.whom in OURS and rule.bound in BINDING


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


def _computed(found: Started) -> NextDate:
    due, rule = found.due, found.due.rule
    source, said = due.period or rule, explain(due, found.ruleset)
    return NextDate(
        found.day,
        {
            "source": "computed",
            "kind": rule.stands_for and rule.stands_for.value,
            "zh": rule.zh,
            "en": rule.en,
            "who": rule.whom.value,
            "ruleset": due.ruleset,
            "rule": rule.id,
            "basis": source.basis,
            "citation": source.citation,
            "verified": due.is_verified,
            "explanation_zh": said.zh,
            "explanation_en": said.en,
            "note_zh": rule.note_zh,
            "note_en": rule.note_en,
        },
    )
