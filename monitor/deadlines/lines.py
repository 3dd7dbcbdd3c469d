"""Dues and rules as plain JSON objects: what `fenghuo deadlines --json` prints."""

from typing import Any

from monitor.deadlines.authority import Source
from monitor.deadlines.explaining import explain
from monitor.deadlines.facts import Due
from monitor.deadlines.rules import Period, Rule, Ruleset, Variant


def due_line(due: Due, ruleset: Ruleset) -> dict[str, Any]:
    """`basis`, `citation`, `read`, `verified`: of the variant that was counted by."""
    said = explain(due, ruleset)
    rule = due.rule
    return {
        "ruleset": due.ruleset,
        "rule": rule.id,
        "version": rule.version,
        "zh": rule.zh,
        "en": rule.en,
        "for": rule.whom.value,
        "to": due.to,
        "bound": rule.bound.value,
        "day": due.day and due.day.isoformat(),
        "moment": due.moment and due.moment.isoformat(),
        "computed": due.computed and due.computed.isoformat(),
        "printed": due.printed and due.printed.day.isoformat(),
        "difference": due.difference,
        "estimated": due.estimated,
        "happened": due.happened and due.happened.isoformat(),
        "waits_for": list(due.waits_for),
        **source_line(due.period or rule),
        "note_zh": rule.note_zh,
        "note_en": rule.note_en,
        "explanation_zh": said.zh,
        "explanation_en": said.en,
    }


def source_line(source: Source) -> dict[str, Any]:
    return {
        "verified": str(source.verified),
        "basis": source.basis,
        "citation": source.citation,
        "read": source.read,
    }


def rule_line(rule: Rule, ruleset: Ruleset) -> dict[str, Any]:
    """A rule as it stands in the file, its versions one by one."""
    return {
        "ruleset": ruleset.name,
        "rule": rule.id,
        "version": rule.version,
        "decided_by": ruleset.decider(rule),
        "zh": rule.zh,
        "en": rule.en,
        "for": rule.whom.value,
        "bound": rule.bound.value,
        "event": rule.event,
        **_counted(rule),
        "postponed": rule.postponed and {**_changed(rule.postponed), **source_line(rule.postponed)},
        "later_of": [{**_counted(p), **source_line(p)} for p in rule.later_of],
        "earlier_of": [{**_counted(p), **source_line(p)} for p in rule.earlier_of],
        "roll": ruleset.roll(rule).value,
        "stands_for": rule.stands_for and rule.stands_for.value,
        "origins": rule.origins and list(rule.origins),
        "note_zh": rule.note_zh,
        "note_en": rule.note_en,
        **source_line(rule),
    }


def _counted(period: Period) -> dict[str, Any]:
    return {
        "count": period.count,
        "unit": period.unit.value,
        "direction": period.direction.value,
        "from": period.start,
        "first_day": period.first_day,
    }


def _changed(variant: Variant) -> dict[str, Any]:
    fields = {
        "count": variant.count,
        "unit": variant.unit and variant.unit.value,
        "direction": variant.direction and variant.direction.value,
        "from": variant.start,
    }
    return {name: value for name, value in fields.items() if value is not None}
