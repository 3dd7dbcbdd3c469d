"""Dates of real cases against the rules: every `vectors/<authority>.toml`.

A vector names a ruleset, a rule and the days that start it, and a day that a document prints.
`kind`: `printed` (the document prints what the rule must give), `within` (the act happened on that
day, no later than the rule's), `not-before` (no earlier than the rule's).
"""

import tomllib
from datetime import date
from functools import cache
from operator import eq, ge, le
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from monitor.deadlines.facts import Facts, Known
from monitor.deadlines.reading import read
from monitor.deadlines.rules import Ruleset
from monitor.deadlines.timeline import Case, strangers

RULES = Path(__file__).resolve().parents[3] / "config" / "deadlines"
FILES = sorted((Path(__file__).parent / "vectors").glob("*.toml"))
HOLDS = {"printed": eq, "within": le, "not-before": ge}


class Vector(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ruleset: str
    rule: str
    start: Annotated[dict[str, date], Field(min_length=1)]
    postponed: tuple[str, ...] = ()
    origins: tuple[str, ...] | None = None
    day: date
    kind: Literal["printed", "within", "not-before"]
    case: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]

    def facts(self) -> Facts:
        days = {event: Known(day, self.source) for event, day in self.start.items()}
        return Facts(days=days, postponed=frozenset(self.postponed), origins=self.origins)


def vectors() -> list[tuple[str, Vector]]:
    return [
        (file.stem, Vector.model_validate(entry))
        for file in FILES
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["vectors"]
    ]


@cache
def rulesets() -> dict[str, Ruleset]:
    return {ruleset.name: ruleset for ruleset in read(RULES)[0]}


@pytest.mark.parametrize(
    ("file", "vector"),
    vectors(),
    ids=lambda part: f"{part.ruleset}/{part.rule}" if isinstance(part, Vector) else part,
)
def test_the_rule_agrees_with_a_day_of_a_real_case(file: str, vector: Vector) -> None:
    ruleset = rulesets()[vector.ruleset]
    facts = vector.facts()
    assert ruleset.authority.id == file
    assert strangers(ruleset, facts) == []
    due = Case(ruleset, facts).due(vector.rule)
    assert due is not None
    assert due.computed is not None, due.waits_for
    assert HOLDS[vector.kind](vector.day, due.computed), f"{vector.case}: computed {due.computed}"
