"""`config/cases.toml`: when the house opens a case by itself. Read strictly."""

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


class Opener(Table):
    """A case is opened where a notice and its impact on a base fit. What is not named may be
    anything."""

    id: Annotated[Id, Field(max_length=40)]
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    proceedings: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    events: Annotated[tuple[str, ...], Field(min_length=1)]
    levels: Annotated[tuple[str, ...], Field(min_length=1)]
    within_days: Annotated[int, Field(ge=1, le=3650)]
    """Since the notice was published: what is brought in of the past opens nothing."""
    why_zh: Text
    why_en: Text

    @property
    def all_kinds(self) -> frozenset[str]:
        return frozenset(kind for word in self.kinds for kind in GROUPS.get(word, (word,)))

    def fits(self, notice: Notice) -> bool:
        return self.proceedings is None or (notice.proceeding or NONE) in self.proceedings


class File(Table):
    open: tuple[Opener, ...] = ()


@cache
def load(path: Path) -> tuple[Opener, ...]:
    """Raises RulesError."""
    table = toml(path)
    try:
        file = File.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error
    ids = [opener.id for opener in file.open]
    for opener in file.open:
        _check_words(path, opener)
        if ids.count(opener.id) > 1:
            raise RulesError(f"{path}: two rules are called {opener.id}")
    return file.open


def _check_words(path: Path, opener: Opener) -> None:
    allowed = {
        "kinds": (opener.kinds, KINDS),
        "proceedings": (opener.proceedings or (), PROCEEDINGS),
        "events": (opener.events, EVENTS),
        "levels": (opener.levels, LEVELS),
    }
    for field, (words, known) in allowed.items():
        if unknown := [word for word in words if word not in known]:
            raise RulesError(
                f"{path}: open {opener.id}: {field}: unknown {', '.join(unknown)}; "
                f"allowed: {', '.join(known)}"
            )
