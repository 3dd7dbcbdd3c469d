"""What of the rules is wrong, dubious, or known for a while only, and how many there are."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

from monitor.deadlines.authority import Authority
from monitor.deadlines.closures import Span
from monitor.deadlines.days import Seat
from monitor.deadlines.reading import read
from monitor.deadlines.rules import Bound, Rule, Ruleset


@dataclass(frozen=True)
class Tally:
    """An authority's rules in figures. `known`: the days of which it is known whether they are
    closed."""

    authority: Authority
    rulesets: int
    rules: int
    verified: int
    known: tuple[Span, ...]

    @property
    def unchecked(self) -> int:
        return self.rules - self.verified


@dataclass(frozen=True)
class Report:
    """`errors`: files that cannot be used. `findings`: what a person should look at."""

    tallies: tuple[Tally, ...]
    errors: tuple[str, ...]
    findings: tuple[str, ...]


def check(folder: Path, today: date) -> Report:
    """Raises RulesError: there is no such folder."""
    rulesets, errors = read(folder)
    tallies = tuple(_tallies(rulesets))
    findings = (*dubious(rulesets), *_running_out(tallies, today))
    return Report(tallies, tuple(errors), findings)


def _tallies(rulesets: Sequence[Ruleset]) -> Iterator[Tally]:
    for _, group in groupby(rulesets, key=lambda ruleset: ruleset.authority.id):
        own = list(group)
        rules = [rule for ruleset in own for rule in ruleset.file.rules]
        yield Tally(
            authority=own[0].authority,
            rulesets=len(own),
            rules=len(rules),
            verified=sum(rule.is_verified for rule in rules),
            known=Seat(own[0].authority).known,
        )


def _running_out(tallies: Sequence[Tally], today: date) -> Iterator[str]:
    """Cases that run today fall due within this year and the next."""
    for tally in tallies:
        if not tally.known:
            yield (
                f"{tally.authority.id}: no closed days are known: name `holidays`, or closures "
                "that cover a year"
            )
            continue
        last = tally.known[-1].last
        if last is not None and last.year <= today.year:
            remedy = (
                "bring the package `holidays` up to date"
                if tally.authority.holidays
                else "write closures that cover more"
            )
            yield f"{tally.authority.id}: closed days are known until {last} only; {remedy}"


def dubious(rulesets: Sequence[Ruleset]) -> Iterator[str]:
    """What reading lets pass."""
    known = {ruleset.authority.id for ruleset in rulesets}
    for ruleset in rulesets:
        for event in ruleset.file.events:
            if event.authority and event.authority not in known:
                yield f"{ruleset.name}: event {event.id}: no authority `{event.authority}`"
        for versions in ruleset.versions.values():
            yield from (f"{ruleset.name}: {gap}" for gap in _gaps(versions))
        yield from (f"{ruleset.name}: {found}" for found in _two_ways(ruleset))


def _gaps(versions: Sequence[Rule]) -> Iterator[str]:
    ordered = sorted(versions, key=lambda rule: rule.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        ends, begins = earlier.valid_to, later.valid_from
        if ends and begins and begins > ends + timedelta(days=1):
            yield f"rule {later.id}: no version holds between {ends} and {begins}"


def _two_ways(ruleset: Ruleset) -> Iterator[str]:
    """Two rules that say of one event when it happens, with equal weight."""
    seen: dict[tuple[str, Bound], str] = {}
    for rule in ruleset.file.rules:
        if rule.event and rule.bound is not Bound.EARLIEST:
            other = seen.setdefault((rule.event, rule.bound), rule.id)
            if other != rule.id:
                yield (
                    f"event {rule.event}: both {other} and {rule.id} say when it happens "
                    f"({rule.bound.value}); leave `event` to one of them"
                )


def lines(folder: Path) -> Iterator[str]:
    """A short answer for whoever writes rules, without Django."""
    rulesets, errors = read(folder)
    yield from errors
    yield from dubious(rulesets)
    for ruleset in rulesets:
        rules = ruleset.file.rules
        checked = sum(rule.is_verified for rule in rules)
        yield f"{ruleset.name}: {len(rules)} rules, {checked} verified"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(Path(sys.argv[1])))
