"""What an import would do: changes, rejected rows, notes. Plain data, compared as such."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from monitor.bases.imports.problems import Note, Problem

Record = TypeVar("Record")


class Action(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change(Generic[Record]):
    """What happens to one record; `line` is the first line of the file that speaks of it."""

    line: int
    what: str
    fields: tuple[FieldChange, ...]
    record: Record
    action: Action


@dataclass(frozen=True)
class Plan(Generic[Record]):
    changes: list[Change[Record]] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """`new`, `changed`, `unchanged`; `rejected` are rows."""
        counts = Counter(change.action.value for change in self.changes)
        counts["rejected"] = len({problem.line for problem in self.rejected})
        return counts

    def writes(self) -> list[Change[Record]]:
        return [change for change in self.changes if change.action is not Action.UNCHANGED]


def compare(before: dict[str, object] | None, after: dict[str, object]) -> tuple[FieldChange, ...]:
    """Field by field; of a new record every field that is not empty."""
    known = before or {}
    return tuple(
        FieldChange(name, show(known.get(name)), show(value))
        for name, value in after.items()
        if known.get(name) != value and (before is not None or value not in (None, "", [], ()))
    )


def action(before: object | None, fields: Iterable[FieldChange]) -> Action:
    if before is None:
        return Action.NEW
    return Action.CHANGED if tuple(fields) else Action.UNCHANGED


def show(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
