"""The legal calendar as a picture: periods as bars over months, as SVG reads them.

Places along the time are percent of the drawing, so that its letters keep their size on a phone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateparse import parse_date
from django.utils.text import Truncator

from monitor.cases.models import Adopted
from monitor.web.templatetags.cases import duename

BEFORE, AFTER = timedelta(days=60), timedelta(days=540)
"""How far from today the picture goes: what falls due in five years would press all else into a
corner."""
MOST = 24
"""Bars: the agenda beside has all."""
LETTERS = 36
"""Of a bar's name, which has to have room on a phone."""
ROW, TOP = 2.9, 2.2
"""Heights in em: of a bar with its name, and of the months above."""
TICKS = 5
"""Months that are named."""


@dataclass(frozen=True)
class Bar:
    """A period and its last day. `is_mine`: it is for the reader to keep."""

    row: Adopted
    name: str
    x: str
    width: str
    end: str
    text_y: str
    y: str
    is_mine: bool


@dataclass(frozen=True)
class Tick:
    month: date
    x: str
    named: bool


@dataclass(frozen=True)
class Picture:
    """`more`: dates that there was no room for; `height`: in em."""

    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    today: str
    height: str
    first: date
    last: date
    more: int


def picture(dates: Iterable[Adopted], day: date, mine: Iterable[str]) -> Picture | None:
    """Of dates that are to come, in order; None where there are none within reach."""
    near = [row for row in dates if row.day is not None and row.day <= day + AFTER]
    if not near:
        return None
    shown, wanted = near[:MOST], frozenset(mine)
    begins = [_since(row) for row in shown]
    first = max(min([day, *begins]), day - BEFORE)
    last = max(row.day for row in shown if row.day) + timedelta(days=7)
    scale = _Scale(first, last)
    return Picture(
        bars=[
            _bar(at, row, begin, scale, is_mine=row.whom in wanted)
            for at, (row, begin) in enumerate(zip(shown, begins, strict=True))
        ],
        ticks=scale.ticks(),
        today=scale.x(day),
        height=f"{TOP + ROW * len(shown) + 0.4:.1f}em",
        first=first,
        last=last,
        more=len(near) - len(shown),
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def share(self, day: date) -> float:
        whole = (self.last - self.first).days
        return min(max((day - self.first).days / whole, 0.0), 1.0) * 100

    def x(self, day: date) -> str:
        return f"{self.share(day):.2f}%"

    def ticks(self) -> list[Tick]:
        months = list(self._months())
        step = -(-len(months) // TICKS) or 1
        return [Tick(month, self.x(month), named=at % step == 0) for at, month in enumerate(months)]

    def _months(self) -> Iterable[date]:
        month = (self.first.replace(day=1) + timedelta(days=32)).replace(day=1)
        while month < self.last:
            yield month
            month = (month + timedelta(days=32)).replace(day=1)


def _since(row: Adopted) -> date:
    """When its period began; of one that is counted back, the day itself."""
    end = row.day or date.max
    begun = parse_date(row.due["since"]) if row.due.get("since") else None
    return min(begun or end, end)


def _bar(at: int, row: Adopted, begin: date, scale: _Scale, *, is_mine: bool) -> Bar:
    left = scale.share(begin)
    right = scale.share(row.day or begin)
    top = TOP + ROW * at
    return Bar(
        row=row,
        name=Truncator(duename(row.due)).chars(LETTERS),
        x=f"{left:.2f}%",
        width=f"{max(right - left, 0.4):.2f}%",
        end=f"{right:.2f}%",
        text_y=f"{top + 1.2:.1f}em",
        y=f"{top + 1.7:.1f}em",
        is_mine=is_mine,
    )
