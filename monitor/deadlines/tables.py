"""A deployer's TOML, read strictly: every error names the file, the table and what is allowed."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class RulesError(ValueError):
    """A file of the deployer's that cannot be used: which, where, and what is allowed."""


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path}: {error}") from error


def explain(path: Path, error: ValidationError, table: Mapping[str, Any] | None = None) -> str:
    """Pydantic's findings, one a line, with the place as the file's writer would count it; given
    the table that was read, entries of lists are named by their id too."""
    lines = []
    for found in _told(error):
        place = _place(found["loc"], table)
        lines.append(f"{path}: {place}: {found['msg']}" if place else f"{path}: {found['msg']}")
    return "\n".join(lines)


def _told(error: ValidationError) -> list[ErrorDetails]:
    """A list whose entries are refused is told to be too short as well: that helps nobody."""
    found = error.errors(include_url=False, include_context=False)
    within = {tuple(each["loc"][:depth]) for each in found for depth in range(len(each["loc"]))}
    return [e for e in found if e["type"] != "too_short" or tuple(e["loc"]) not in within]


def _place(loc: Sequence[str | int], table: Any) -> str:
    """`rules.3 (questionnaire).count`"""
    parts: list[str] = []
    for step in loc:
        table = _within(table, step)
        parts.append(step if isinstance(step, str) else f"{step + 1}{_named(table)}")
    return ".".join(parts)


def _named(entry: Any) -> str:
    name = entry.get("id") if isinstance(entry, Mapping) else None
    return f" ({name})" if name else ""


def _within(table: Any, step: str | int) -> Any:
    try:
        return table[step]
    except (KeyError, IndexError, TypeError):
        return None
