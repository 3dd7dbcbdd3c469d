"""`config/cases.toml`: when the house opens a case by itself, or opens one again. Read strictly."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bundles.words import Event
from monitor.deadlines.tables import Id, RulesError, Table, Text, explain, toml
from monitor.impact.models import Level
from monitor.impact.rules import GROUPS, KINDS, NONE, PROCEEDINGS
from monitor.notices.models import Notice

EVENTS = tuple(event.value for event in Event)
LEVELS = tuple(level.value for level in Level if level is not Level.WATCH)


class CaseRule(Table):
    """Which notices open a case. What is not named may be anything."""

    id: Annotated[Id, Field(max_length=40)]
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    proceedings: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    events: Annotated[tuple[str, ...], Field(min_length=1)]
    within_days: Annotated[int, Field(ge=1, le=3650)]
    """Since the notice was published: what is brought in of the past opens nothing."""
    why_zh: Text
    why_en: Text

    @property
    def all_kinds(self) -> frozenset[str]:
        return frozenset(kind for word in self.kinds for kind in GROUPS.get(word, (word,)))

    def fits(self, notice: Notice) -> bool:
        return self.proceedings is None or (notice.proceeding or NONE) in self.proceedings


class Opener(CaseRule):
    """A case is opened where a notice and its impact on a base fit."""

    levels: Annotated[tuple[str, ...], Field(min_length=1)]


class Reopener(CaseRule):
    """A closed case is opened again where a notice fits that was not known when it was closed."""


class File(Table):
    open: tuple[Opener, ...] = ()
    reopen: tuple[Reopener, ...] = ()


def load(path: Path) -> tuple[Opener, ...]:
    """By which a case is opened. Raises RulesError for the whole of the file."""
    return _file(path).open


def reopeners(path: Path) -> tuple[Reopener, ...]:
    """By which a closed one is opened again. Raises as `load`."""
    return _file(path).reopen


@cache
def _file(path: Path) -> File:
    table = toml(path)
    try:
        file = File.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error
    every = [*file.open, *file.reopen]
    ids = [rule.id for rule in every]
    for rule in every:
        _check_words(path, rule)
        if ids.count(rule.id) > 1:
            raise RulesError(f"{path}: two rules are called {rule.id}")
    return file


def _check_words(path: Path, rule: CaseRule) -> None:
    opens = isinstance(rule, Opener)
    allowed = {
        "kinds": (rule.kinds, KINDS),
        "proceedings": (rule.proceedings or (), PROCEEDINGS),
        "events": (rule.events, EVENTS),
        "levels": (rule.levels if isinstance(rule, Opener) else (), LEVELS),
    }
    for field, (words, known) in allowed.items():
        if unknown := [word for word in words if word not in known]:
            raise RulesError(
                f"{path}: {'open' if opens else 'reopen'} {rule.id}: {field}: "
                f"unknown {', '.join(unknown)}; allowed: {', '.join(known)}"
            )
