"""What rooms above this one know of a notice, handed in at start: this one must not import them.

The bases and levels of impacts come from `monitor.impact` (its `AppConfig.ready`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.search.tree import Tag


@dataclass(frozen=True)
class Touch:
    """What was found out about a notice after it was read: which bases it touches, the loudest
    level of these, and the days that were computed rather than printed."""

    bases: tuple[str, ...] = ()
    level: str | None = None
    days: tuple[date, ...] = field(default=())


Touched = Callable[[Sequence[int]], Mapping[int, Touch]]
Values = Callable[[], Mapping[str, str]]

_touched: list[Touched] = []
_values: dict[Tag, Values] = {}


def knows_touched(touched: Touched) -> None:
    """`touched(notice ids)` gives what is known of them; called in the index room."""
    _touched[:] = [touched]


def knows_values(tag: Tag, values: Values) -> None:
    """`values()` gives the names of a property's values in every language, and their codes."""
    _values[tag] = values


def touched(notice_ids: Sequence[int]) -> Mapping[int, Touch]:
    return _touched[0](notice_ids) if _touched else {}


def values(tag: Tag) -> Mapping[str, str]:
    return _values[tag]() if tag in _values else {}
