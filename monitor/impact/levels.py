"""The level of an impact: the first rule of `levels.toml` that fits it.

The rules are checked as a whole when they are loaded, so that these hold by construction: a level
never falls when exposure rises, a deadline comes nearer or a match grows surer, all else equal;
nothing but watch without exports to that market; every case has a rule and every rule a
case.
"""

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from bundles.words import Event, Kind, Outcome
from bundles.words import Proceeding as Proceedings
from monitor.deadlines.tables import RulesError
from monitor.impact.boxes import Box, left
from monitor.impact.models import LOUDNESS, Level
from monitor.impact.rules import GROUPS, NONE, LevelFile, Rule, read

SIDES = ("kind", "proceeding", "event", "outcome", "exposure", "days", "probability")


@dataclass(frozen=True)
class Facts:
    """What a level depends on. `days`: to the next date by which someone has to act."""

    kind: str
    proceeding: str | None
    event: str
    outcome: str | None
    band: str
    days: int | None
    probability: float


EVERYTHING = Rule(id="everything", level=NONE, why_zh="-", why_en="-")


class Levels:
    """The rules of one file, checked as a whole. Raises RulesError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: LevelFile = read(path)
        self.bands = [NONE, *(band.name for band in self.file.bands)]
        self.days = sorted({r.within_days for r in self.file.rules if r.within_days is not None})
        self.steps = sorted({r.min_probability for r in self.file.rules if r.min_probability})
        self._boxes = [self._box(rule) for rule in self.file.rules]
        self._by_facts: dict[tuple[object, ...], Rule] = {}
        self._check()

    def band(self, usd: Decimal, share: Decimal) -> str:
        """The largest band that the exposure reaches."""
        reached = [band.name for band in self.file.bands if band.holds(usd, share)]
        return reached[-1] if reached else NONE

    def judge(self, facts: Facts) -> Rule:
        """The first rule that fits. A word outside the contract is a ValueError."""
        point = self._point(facts)
        if point not in self._by_facts:
            self._by_facts[point] = self._first(point)
        return self._by_facts[point]

    def _first(self, point: tuple[object, ...]) -> Rule:
        for rule, box in zip(self.file.rules, self._boxes, strict=True):
            if all(value in side for value, side in zip(point, box, strict=True)):
                return rule
        raise ValueError(f"{self.path}: no rule for {_named(point)}: a word unknown to the rules")

    def _point(self, facts: Facts) -> tuple[object, ...]:
        return (
            facts.kind,
            facts.proceeding or NONE,
            facts.event,
            facts.outcome or NONE,
            self.bands.index(facts.band),
            self._day_step(facts.days),
            bisect.bisect_right(self.steps, facts.probability),
        )

    def _day_step(self, days: int | None) -> int:
        """Which of the rules' distances the date lies within; the last step: none of them."""
        if days is None or days < 0:
            return len(self.days)
        return bisect.bisect_left(self.days, days)

    def _box(self, rule: Rule) -> Box:
        return (
            _kinds(rule.kinds),
            _words(rule.proceedings, (*Proceedings, NONE)),
            _words(rule.events, Event),
            _words(rule.outcomes, (*Outcome, NONE)),
            frozenset(range(self.bands.index(rule.exposure or NONE), len(self.bands))),
            frozenset(range(self._within(rule))),
            frozenset(range(self._from(rule), len(self.steps) + 1)),
        )

    def _within(self, rule: Rule) -> int:
        if rule.within_days is None:
            return len(self.days) + 1
        return self.days.index(rule.within_days) + 1

    def _from(self, rule: Rule) -> int:
        return self.steps.index(rule.min_probability) + 1 if rule.min_probability else 0

    def _check(self) -> None:
        before: Rule | None = None
        for number, (rule, box) in enumerate(zip(self.file.rules, self._boxes, strict=True)):
            self._check_order(rule, before)
            if not left(box, self._boxes[:number]):
                self._refuse(rule, "can never apply: the rules before it cover all that it fits")
            before = rule
        if rest := left(self._box(EVERYTHING), self._boxes):
            case = tuple(min(side, key=str) for side in rest[0])
            raise RulesError(f"{self.path}: no rule covers {_named(case)}: a catch-all is missing")

    def _check_order(self, rule: Rule, before: Rule | None) -> None:
        if before is not None and rule.loudness > before.loudness:
            self._refuse(rule, f"louder than `{before.id}` before it; the loudest stand first")
        if rule.loudness > LOUDNESS[Level.WATCH] and rule.exposure is None:
            self._refuse(rule, f"`{rule.level}` needs an exposure: watch at most without exports")

    def _refuse(self, rule: Rule, why: str) -> None:
        raise RulesError(f"{self.path}: rule {rule.id}: {why}")


def _kinds(words: tuple[str, ...] | None) -> frozenset[object]:
    if words is None:
        return frozenset(Kind)
    return frozenset[object]().union(*(GROUPS.get(word, {word}) for word in words))


def _words(words: tuple[str, ...] | None, all_words: Iterable[str]) -> frozenset[object]:
    return frozenset(all_words if words is None else words)


def _named(point: Iterable[object]) -> str:
    return ", ".join(f"{side}={value}" for side, value in zip(SIDES, point, strict=True))


@cache
def load(path: Path) -> Levels:
    """The file's rules, read once per process: a changed file takes effect with the next start."""
    return Levels(path)
