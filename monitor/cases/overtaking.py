"""Two who write into one row at once do not write over each other. What they changed of different
parts is put together; whoever comes second with the same part is told, gets both texts, and nothing
is written. What was replaced stays in the row's changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import models

from monitor.accounts.models import User


class Change(Protocol):
    """A line of a row's history: `was`, field → value as JSON, of what changed."""

    was: Any
    said_by: User | None


class Versioned(Protocol):
    """A row whose `version` goes up with every change."""

    version: int

    def save(self, *, update_fields: Iterable[str]) -> None: ...


class Overtaken(Exception):
    """`row`: as it is now; `mine`, `theirs`: of the parts in question, what each of the two wrote;
    `base`: what both had before them, as JSON; `whole`: all parts as JSON, put together, with
    `mine` of those in question; `by`: the others' names, as far as they are known."""

    def __init__(
        self,
        row: Any,
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
        base: Mapping[str, Any],
        whole: Mapping[str, Any],
        by: Iterable[User | None],
    ) -> None:
        self.row = row
        self.mine = mine
        self.theirs = theirs
        self.base = base
        self.whole = whole
        self.by: Sequence[str] = list(dict.fromkeys(str(user) for user in by if user))
        super().__init__(f"{', '.join(self.by)} changed {', '.join(theirs)}")


def clashing(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[str]:
    """The parts that both changed, each to something else. `base`: what whoever wrote `mine` had
    before them; `theirs`: what stands now. What is missing in one was taken out of it."""
    return sorted(
        name
        for name in base.keys() | mine.keys() | theirs.keys()
        if mine.get(name) not in (base.get(name), theirs.get(name))
        and theirs.get(name) != base.get(name)
    )


def together(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """What each of the two changed, in one; of what both changed, `mine`. As `clashing`."""
    names = base.keys() | mine.keys() | theirs.keys()
    changed = {name for name in names if mine.get(name) != base.get(name)}
    kept = {name: value for name, value in theirs.items() if name not in changed}
    return kept | {name: mine[name] for name in changed if name in mine}


def merged(
    row: Any,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    by: User | None,
) -> dict[str, Any]:
    """Both in one, as `clashing` has them. `row`: that of `theirs`, which `by` wrote. Raises
    `Overtaken`."""
    whole = together(base, mine, theirs)
    if clash := clashing(base, mine, theirs):
        mine, theirs, base = ({n: side.get(n) for n in clash} for side in (mine, theirs, base))
        raise Overtaken(row, mine, theirs, base, whole, [by])
    return whole


def resolved(row: Any, wanted: Mapping[str, Any], later: Iterable[Change]) -> dict[str, Any]:
    """Of `wanted`, the fields of a row that is held as a form had them, those that are to be
    written. `later`: what was changed since the form was made, oldest first. Raises `Overtaken`."""
    changes = list(later)
    stands = {name: plain(getattr(row, name)) for name in wanted}
    base = stands | {n: v for each in reversed(changes) for n, v in each.was.items() if n in wanted}
    mine = {name: plain(value) for name, value in wanted.items()}
    if clash := clashing(base, mine, stands):
        raise Overtaken(
            row,
            {name: wanted[name] for name in clash},
            {name: getattr(row, name) for name in clash},
            {name: base[name] for name in clash},
            together(base, mine, stands),
            [each.said_by for each in changes if each.was.keys() & set(clash)],
        )
    return {n: v for n, v in wanted.items() if mine[n] not in (base[n], stands[n])}


def written(row: Versioned, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the fields of a row that is held: what they were before and what they became, as
    JSON."""
    was = {name: plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return was, {name: plain(value) for name, value in fields.items()}


def plain(value: object) -> Any:
    """As JSON has it; of a row its primary key. An amount in its shortest form: 3.20 is 3.2."""
    match value:
        case models.Model():
            return value.pk
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return value
