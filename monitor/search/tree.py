"""What is asked, as a typed tree: the one form in which queries reach engines and sentinels.

`monitor.search.language` makes it of what people type; `monitor.search.meaning` says exactly which
notices satisfy it. Engines never see a string that a person typed, only the terms of a leaf.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class Text(StrEnum):
    """Where words are looked for. `ANY`: everything that a notice says, and its numbers."""

    ANY = "any"
    TITLE = "title"
    COMPANY = "company"
    AUTHORITY = "authority"


class Tag(StrEnum):
    """A property that a notice has or has not, by exact value."""

    KIND = "kind"
    EVENT = "event"
    PROCEEDING = "proceeding"
    OUTCOME = "outcome"
    MARKET = "market"
    ORIGIN = "origin"
    HS = "hs"
    MAYBE = "maybe"
    """An HS code of four or six digits that it may be about, likely or not: for widening words."""
    SOURCE = "source"
    BODY = "body"
    """The issuing authority by its full name (`Text.AUTHORITY` looks for words of it)."""
    YEAR = "year"
    LEVEL = "level"
    BASE = "base"
    LANGUAGE = "lang"
    MEASURE = "measure"


class Dates(StrEnum):
    """Days of a notice: the one on which it was published, the ones by which people must act."""

    PUBLISHED = "published"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class Ahead:
    """A day counted from the day of asking; negative: before it."""

    days: int


Day = date | Ahead


@dataclass(frozen=True)
class Everything:
    """Every notice."""


@dataclass(frozen=True)
class Words:
    """Words that stand side by side. `prefix`: the last one only begins so.

    `quoted` are never taken apart or widened.
    """

    text: str
    within: Text = Text.ANY
    quoted: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class Tagged:
    """Has any of the values."""

    tag: Tag
    values: tuple[str, ...]


@dataclass(frozen=True)
class Dated:
    """Has such a day, both ends included; None: open on that side."""

    dates: Dates
    first: Day | None = None
    last: Day | None = None


@dataclass(frozen=True)
class Widened:
    """Words (or several, all of which are wanted), or else what stands for the same goods, the
    nearest first: their names in other languages, their HS codes. The order is one of relevance."""

    words: "Node"
    also: "tuple[Tagged | Words, ...]"


@dataclass(frozen=True)
class And:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Or:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Not:
    part: "Node"


Node = Everything | Words | Tagged | Dated | Widened | And | Or | Not


def both(*nodes: Node) -> Node:
    """All of them, without needless levels."""
    parts: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            parts.extend(node.parts)
        elif not isinstance(node, Everything):
            parts.append(node)
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def either(*nodes: Node) -> Node:
    """Any of them, without needless levels."""
    parts: list[Node] = []
    for node in nodes:
        parts.extend(node.parts if isinstance(node, Or) else (node,))
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def replaced(node: Node, leaf: Callable[[Node], Node]) -> Node:
    """The tree with every leaf (and every `Widened`) put through `leaf`."""
    match node:
        case And(parts):
            return both(*(replaced(part, leaf) for part in parts))
        case Or(parts):
            return either(*(replaced(part, leaf) for part in parts))
        case Not(part):
            return Not(replaced(part, leaf))
        case _:
            return leaf(node)


def on(node: Node, today: date) -> Node:
    """The tree with every relative day made a date."""
    return replaced(node, lambda leaf: _dated(leaf, today) if isinstance(leaf, Dated) else leaf)


def wanted(node: Node) -> Iterator[Words]:
    """The words that a notice is found by, in the order they were typed: none under a `Not`."""
    match node:
        case Words():
            yield node
        case Widened(words, also):
            for part in (words, *also):
                yield from wanted(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case _:
            return


def _dated(node: Dated, today: date) -> Dated:
    def day(given: Day | None) -> date | None:
        return today + timedelta(days=given.days) if isinstance(given, Ahead) else given

    return replace(node, first=day(node.first), last=day(node.last))
