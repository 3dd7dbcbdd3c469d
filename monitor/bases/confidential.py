"""Which figures made up by firms may be shown to whoever may not see each firm's.

Statistical disclosure control for tables of magnitudes (Hundepool et al., Statistical Disclosure
Control, Wiley 2012, chapter 4). A figure is closed where fewer than three contribute to it (minimum
frequency), or one firm makes more than three quarters of it (dominance, the (n, k) rule with n = 1
and k = 75%). What could be found by subtracting what is shown from what is shown is closed as well,
so that others have to be hidden with it (secondary cell suppression).

All of it rests on one law: what is made of open figures is open. A reader who can only put together
pieces that are open never comes upon one that is closed.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

LEAST = 3
"""Contributors."""
MOST = Decimal("0.75")
"""Of a figure that one firm may make."""
REST = None
"""Whoever exports without being known by name: the figure without its firms. They count as one, and
as no firm's figure they dominate nothing."""

Figure = Mapping[int | None, Decimal]
"""Who contributes how much: firms by primary key, and `REST`. Amounts are positive."""

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


class Confidential:
    """Stands where a figure is hidden, and says so."""

    def __str__(self) -> str:
        return _("confidential")

    def __repr__(self) -> str:
        return "CONFIDENTIAL"


CONFIDENTIAL = Confidential()
Shown = Decimal | Confidential
"""A figure as a reader gets it."""


def is_hidden(value: object) -> bool:
    return value is CONFIDENTIAL


def figure(total: Decimal, firms: Mapping[int, Decimal]) -> Figure:
    """A total and the firms' parts of it; what is left is the rest's."""
    known: dict[int | None, Decimal] = {firm: value for firm, value in firms.items() if value > 0}
    rest = total - sum(known.values())
    return {**known, REST: rest} if rest > 0 else known


def together(figures: Iterable[Figure]) -> Figure:
    found: dict[int | None, Decimal] = {}
    for each in figures:
        for who, value in each.items():
            found[who] = found.get(who, Decimal(0)) + value
    return found


def without(whole: Figure, part: Figure) -> Figure:
    """What is left of the whole. `part`: of the same figures that it was put together of."""
    left = {who: value - part.get(who, Decimal(0)) for who, value in whole.items()}
    return {who: value for who, value in left.items() if value > 0}


def size(of: Figure) -> Decimal:
    return sum(of.values(), Decimal(0))


def is_open(of: Figure) -> bool:
    """A figure without any firm comes from statistics that are published, and is open."""
    firms = [value for who, value in of.items() if who is not REST]
    return not firms or (len(of) >= LEAST and max(firms) <= MOST * size(of))


def hidden(whole: Figure, parts: Mapping[K, Figure]) -> set[K]:
    """The parts of a sum that must not be shown, where the whole is shown if it is open.

    The closed ones; and where what is not shown of the whole is closed, the smallest others until
    it is open. A whole that is closed is not shown, so that nothing can be subtracted from it.
    """
    found = {key for key, part in parts.items() if not is_open(part)}
    if not is_open(whole):
        return found
    unseen = together([without(whole, together(parts.values())), *(parts[key] for key in found)])
    for key in _smallest_first(parts, found):
        if is_open(unseen):
            break
        found.add(key)
        unseen = together([unseen, parts[key]])
    return found


def _smallest_first(parts: Mapping[K, Figure], but: Collection[K]) -> list[K]:
    """Those of nothing are left out: hiding them hides nothing else."""
    others = [key for key, part in parts.items() if part and key not in but]
    return sorted(others, key=lambda key: size(parts[key]))


@dataclass(frozen=True)
class Branch(Generic[K]):
    """A sum and sums within it, none of which overlap; keys are used once in a tree."""

    of: Figure
    below: "Mapping[K, Branch[K]]" = field(default_factory=dict)


def hidden_below(whole: Branch[K]) -> set[K]:
    """Of sums within sums: what must not be shown below the whole, which is shown if it is open.

    What is hidden of a sum that is shown is one piece, which nothing below it may break: pieces are
    open, and all that a reader can put together is made of pieces.
    """
    found = hidden(whole.of, {key: branch.of for key, branch in whole.below.items()})
    for key, branch in whole.below.items():
        if key in found and is_open(whole.of):
            found |= _every(branch)
        else:
            found |= hidden_below(branch)
    return found


def _every(branch: Branch[K]) -> set[K]:
    return set(branch.below).union(*(_every(below) for below in branch.below.values()))


@dataclass(frozen=True)
class Hidden(Generic[R, C]):
    """Of a table: the rows whose cells are hidden, every one; rows and columns whose sum is; and
    whether the sum of all is."""

    rows: Collection[R]
    totals: Collection[R]
    columns: Collection[C]
    whole: bool


def hidden_in(table: Mapping[R, Mapping[C, Figure]], columns: Collection[C]) -> Hidden[R, C]:
    """What must not be shown of a table with both its margins.

    A row is shown cell by cell or not at all, also where a cell is empty. So what is hidden is a
    rectangle, of which the margins give away sums of whole rows and sums of whole columns and
    nothing else. (Hiding single cells until each row and column hides enough is not safe: a cell
    that is alone in its column is found from there, and what it was to protect in its row with it.)
    """
    rows = {row: together(cells.values()) for row, cells in table.items()}
    whole = together(rows.values())
    closed = {
        row for row, cells in table.items() if not all(map(is_open, [*cells.values(), rows[row]]))
    }
    if not is_open(whole):
        totals = {row for row in closed if not is_open(rows[row])}
        return Hidden(closed, totals, set(columns), whole=True)
    for row in _smallest_first(rows, closed):
        if _are_open(table, closed, columns):
            break
        closed.add(row)
    return Hidden(
        rows=closed,
        totals=hidden(together(rows[row] for row in closed), {row: rows[row] for row in closed}),
        columns=set()
        if _are_open(table, closed, columns)
        else hidden(whole, _sums(table, rows, columns)),  # all that there is is hidden
        whole=False,
    )


def _are_open(
    table: Mapping[R, Mapping[C, Figure]], rows: Collection[R], columns: Collection[C]
) -> bool:
    return all(map(is_open, _sums(table, rows, columns).values()))


def _sums(
    table: Mapping[R, Mapping[C, Figure]], rows: Collection[R], columns: Collection[C]
) -> dict[C, Figure]:
    """Of the columns, over these rows."""
    return {column: together(table[row].get(column, {}) for row in rows) for column in columns}
