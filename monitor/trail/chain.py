"""The chain: what of a line its hash covers, and where in a chain the first fault is."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID


class Link(NamedTuple):
    """The number of a line and its hash: SHA-256, 64 hexadecimal digits."""

    number: int
    hash: str


START = Link(0, "0" * 64)
"""What the first line follows."""


class Line(NamedTuple):
    """An entry as its hash sees it: the columns of the table, by their names."""

    number: int
    at: datetime
    by: str
    person_id: UUID | None
    acting_for_id: int | None
    key: int | None
    verb: str
    app: str
    model: str
    row: str
    page: str
    concerned_id: int | None
    about_id: UUID | None
    address_id: UUID | None
    before: dict[str, Any]
    after: dict[str, Any]
    previous: str
    hash: str = ""


class Fault(StrEnum):
    MISSING = "missing"
    """There is no line of this number."""
    CHANGED = "changed"
    """Its hash is not that of what it says."""
    DETACHED = "detached"
    """It does not follow the line before it: that one was rewritten, or this one put in."""
    ADDED = "added"
    """It lies beyond the end that the house knows of."""


@dataclass(frozen=True)
class Broken:
    """The first place where something is wrong."""

    number: int
    fault: Fault


def canonical(line: Line) -> bytes:
    """JSON in UTF-8, keys sorted, no white space: all of the line but its own hash."""
    content = line._asdict()
    del content["hash"]
    return json.dumps(
        content,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
        default=_text,
    ).encode()


def digest(line: Line) -> str:
    return hashlib.sha256(canonical(line)).hexdigest()


def sealed(line: Line) -> Line:
    """The line with its hash."""
    return line._replace(hash=digest(line))


def walk(lines: Iterable[Line], after: Link) -> Link | Broken:
    """The last of the lines, which follow `after` in the order of their numbers, or the first
    fault among them."""
    number, hash_ = after
    for line in lines:
        if line.number != number + 1:
            return Broken(number + 1, Fault.MISSING)
        if digest(line) != line.hash:
            return Broken(line.number, Fault.CHANGED)
        if line.previous != hash_:
            return Broken(line.number, Fault.DETACHED)
        number, hash_ = line.number, line.hash
    return Link(number, hash_)


def ended(last: Link, end: Link | None) -> Broken | None:
    """The fault, if the chain does not end where the house knows that it does. `end`: None where
    it knows of none, which is right of an empty chain only."""
    if last == (end or START):
        return None
    if end is None:
        return Broken(last.number + 1, Fault.MISSING)
    if last.number < end.number:
        return Broken(last.number + 1, Fault.MISSING)
    if last.number > end.number:
        return Broken(end.number + 1, Fault.ADDED)
    return Broken(last.number, Fault.CHANGED)


def _text(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case UUID():
            return str(value)
        case _:
            raise TypeError(f"{value!r} has no canonical form")
