"""What is known of a case, as `fenghuo deadlines` is told it on the command line."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import click

from monitor.deadlines.facts import Facts, Grant, Known, Lengthening, Printed, Stay
from monitor.deadlines.moving import lengthening
from monitor.deadlines.rules import Ruleset
from monitor.deadlines.timeline import strangers

GIVEN = "command line"
TOLL = re.compile(r"\+([0-9]+)@(.+)")
LONGER = re.compile(r"\+([0-9]+)")


Given = Mapping[str, tuple[str, ...]]
"""The options that may be repeated, by name."""


def facts(ruleset: Ruleset, given: Given, *, known_tolls: bool) -> Facts:
    """Raises click.UsageError that says which option, and what there is to choose from."""
    found = Facts(
        days={event: Known(day) for event, day in _dated("--start", "EVENT", given["start"])},
        postponed=frozenset(given["postponed"]),
        tolled=tuple(_toll(ruleset, text) for text in given["tolled"]),
        known_tolls=known_tolls,
        extended=tuple(_grant(text) for text in given["extended"]),
        stayed=tuple(_stay(text) for text in given["stayed"]),
        printed={r: Printed(day) for r, day in _dated("--printed", "RULE", given["printed"])},
        origins=given["origins"] or None,
    )
    _check(ruleset, found)
    return found


def _check(ruleset: Ruleset, found: Facts) -> None:
    unknown = strangers(ruleset, found)
    if unknown:
        raise click.UsageError(
            f"{ruleset.name} has no {', no '.join(unknown)}\n"
            f"events: {', '.join(ruleset.events)}\nrules: {', '.join(ruleset.versions)}"
        )


def _dated(option: str, what: str, texts: Iterable[str]) -> Iterable[tuple[str, date]]:
    for text in texts:
        name, equals, day = text.partition("=")
        if not equals:
            raise click.UsageError(f"{option} {text}: give {what}=DATE")
        yield name, _day(option, day)


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"{option}: `{text}` is no date as 2024-07-22") from error


def _toll(ruleset: Ruleset, text: str) -> Lengthening:
    given = TOLL.fullmatch(text)
    if given:
        return Lengthening(text, _day("--tolled", given[2]), int(given[1]), basis=GIVEN)
    for toll in ruleset.authority.tolls:
        if toll.id == text:
            return lengthening(toll)
    known = ", ".join(toll.id for toll in ruleset.authority.tolls) or "none"
    raise click.UsageError(f"--tolled {text}: give +DAYS@DATE, or a known one: {known}")


def _grant(text: str) -> Grant:
    rule, equals, granted = text.partition("=")
    until, _, to = granted.partition(":")
    if not equals:
        raise click.UsageError(f"--extended {text}: give RULE=DATE or RULE=+DAYS, and :WHOM")
    longer = LONGER.fullmatch(until)
    if longer and int(longer[1]):
        return Grant(rule, days=int(longer[1]), to=to or None)
    return Grant(rule, day=_day("--extended", until), to=to or None)


def _stay(text: str) -> Stay:
    first, dots, last = text.partition("..")
    if not dots:
        raise click.UsageError(f"--stayed {text}: give FROM..TO")
    try:
        return Stay(_day("--stayed", first), _day("--stayed", last))
    except ValueError as error:
        raise click.UsageError(f"--stayed {text}: {error}") from error
