"""How many of the dates that the Federal Register prints the legal calendar gives as well.

    python -m benchmarks.printed_dates --data ../shared/data [--docs docs/deadlines.md]

Notices are paired by case: one says when a period began, one prints when it ends; where a notice
prints both, it is paired with itself. The calendar knows the start and, where the notice says so,
that the period was postponed; tollings it has to know by itself. A date that it does not give is
explained by trying what could have made it so, never by hand.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from benchmarks.printed_dates_docs import figures, renewed
from benchmarks.printed_dates_fulltext import from_texts
from benchmarks.printed_dates_gazette import from_gazette
from benchmarks.printed_dates_pair import Pair
from monitor.deadlines.facts import Facts, Known, Tolled
from monitor.deadlines.reading import load
from monitor.deadlines.rules import Ruleset, Whom
from monitor.deadlines.timeline import calendar

RULES = Path(__file__).resolve().parents[1] / "config" / "deadlines"
A_WEEKEND = 3


class Miss(StrEnum):
    """Why the calendar gives another day."""

    LATER_START = "the period began up to three days later than the start that is on record"
    BEFORE_TOLLING = "printed before the deadlines were tolled"
    EXTENDED = "extended, which the notice does not say"
    EXTENDED_LESS = "extended by less than the law allows"
    SOONER = "the authority set itself a sooner day than the law's last"
    NOT_EXPLAINED = "not explained"


@dataclass(frozen=True)
class Reckoned:
    """`computed`: None where no version of the rule holds. `tolled`: ids of the tollings that the
    calendar knew of."""

    pair: Pair
    computed: date | None
    tolled: tuple[str, ...]
    miss: Miss | None

    @property
    def agrees(self) -> bool:
        return self.computed == self.pair.printed

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.pair.as_dict(),
            "computed": str(self.computed),
            "tolled": list(self.tolled),
            "why": self.miss and self.miss.value,
        }


@dataclass(frozen=True)
class Measured:
    reckoned: Sequence[Reckoned]

    @property
    def share(self) -> float:
        return sum(each.agrees for each in self.reckoned) / len(self.reckoned)

    def as_dict(self) -> dict[str, Any]:
        return {
            "pairs": len(self.reckoned),
            "share": round(self.share, 4),
            "rules": [
                {"rule": rule, "pairs": count, "agree": agree}
                for rule, count, agree in self.rules()
            ],
            "authorities": [
                {"authority": authority, "pairs": count, "agree": agree}
                for authority, count, agree in self.authorities()
            ],
            "misses": [each.as_dict() for each in self.reckoned if not each.agrees],
        }

    def rules(self) -> Iterator[tuple[str, int, int]]:
        """Each rule with its pairs and how many of them agree."""
        return self._by(lambda pair: f"{pair.ruleset} {pair.rule}")

    def authorities(self) -> Iterator[tuple[str, int, int]]:
        """The same of each authority."""
        return self._by(lambda pair: pair.ruleset.partition("/")[0])

    def _by(self, name: Callable[[Pair], str]) -> Iterator[tuple[str, int, int]]:
        names = [name(each.pair) for each in self.reckoned]
        agreed = Counter(n for n, each in zip(names, self.reckoned, strict=True) if each.agrees)
        for one, count in sorted(Counter(names).items()):
            yield one, count, agreed[one]


def measure(data: Path, rules: Path = RULES) -> Measured:
    """Raises RulesError where the rules cannot be read."""
    return reckon(pairs(data), rules)


def pairs(data: Path) -> list[Pair]:
    """All that can be paired, each once."""
    return sorted({*from_gazette(data), *from_texts(data)})


def reckon(found: Iterable[Pair], rules: Path = RULES) -> Measured:
    rulesets = {ruleset.name: ruleset for ruleset in load(rules)}
    return Measured([_reckoned(rulesets[pair.ruleset], pair) for pair in found])


def table(measured: Measured) -> Iterator[str]:
    yield f"{'rule':<58}{'pairs':>6}{'agree':>7}"
    for rule, count, agree in measured.rules():
        yield f"{rule:<58}{count:>6}{agree:>7}"
    for authority, count, agree in measured.authorities():
        yield f"{authority:<58}{count:>6}{agree / count:>7.1%}"
    yield f"{'all':<58}{len(measured.reckoned):>6}{measured.share:>7.1%}"
    for each in measured.reckoned:
        if not each.agrees:
            pair = each.pair
            yield f"  {pair.document}: {pair.rule} printed {pair.printed}, computed {each.computed}"
            yield f"    {each.miss}"


def _reckoned(ruleset: Ruleset, pair: Pair) -> Reckoned:
    computed, tolled = _due(ruleset, pair)
    miss = None if computed == pair.printed else _explained(ruleset, pair, computed)
    return Reckoned(pair, computed, tolled, miss)


def _due(
    ruleset: Ruleset, pair: Pair, *, tolls: bool = True
) -> tuple[date | None, tuple[str, ...]]:
    facts = Facts(
        days={pair.event: Known(pair.start, pair.starts_in)},
        postponed=frozenset([pair.rule] if pair.postponed else []),
        known_tolls=tolls,
    )
    due = next((due for due in calendar(ruleset, facts) if due.rule.id == pair.rule), None)
    if due is None:
        return None, ()
    return due.day, tuple(step.by.id for step in due.steps if isinstance(step, Tolled))


def _explained(ruleset: Ruleset, pair: Pair, computed: date | None) -> Miss:
    if _due(ruleset, pair, tolls=False)[0] == pair.printed:
        return Miss.BEFORE_TOLLING
    for days in range(1, A_WEEKEND + 1):
        later = replace(pair, start=pair.start + timedelta(days=days))
        if _due(ruleset, later)[0] == pair.printed:
            return Miss.LATER_START
    if not pair.postponed and _due(ruleset, replace(pair, postponed=True))[0] == pair.printed:
        return Miss.EXTENDED
    return _sooner(ruleset, pair, computed)


def _sooner(ruleset: Ruleset, pair: Pair, computed: date | None) -> Miss:
    if computed is None or pair.printed > computed:
        return Miss.NOT_EXPLAINED
    plain = _due(ruleset, replace(pair, postponed=False))[0]
    if pair.postponed and plain and plain < pair.printed:
        return Miss.EXTENDED_LESS
    by_authority = ruleset.versions[pair.rule][0].whom is Whom.AUTHORITY
    return Miss.SOONER if by_authority else Miss.NOT_EXPLAINED


@click.command()
@click.option("--data", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures there.")
@click.option(
    "--docs",
    type=click.Path(exists=True, path_type=Path),
    help="Bring the table of authorities in this file up to date.",
)
def main(data: Path, file: Path | None, docs: Path | None) -> None:
    """Compare the dates that the Federal Register prints with those of the legal calendar."""
    measured = measure(data)
    for line in table(measured):
        click.echo(line)
    if file:
        file.write_text(json.dumps(measured.as_dict(), indent=1) + "\n", encoding="utf-8")
    if docs:
        shares = {each: (count, agree) for each, count, agree in measured.authorities()}
        docs.write_text(renewed(docs.read_text(encoding="utf-8"), figures(RULES), shares), "utf-8")


if __name__ == "__main__":
    main()
