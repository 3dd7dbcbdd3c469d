"""Bars by month, as SVG reads them: places and sizes in percent of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitor.bases.confidential import Shown

GAP = 22.0
"""Percent of a month's width that is left empty."""


@dataclass(frozen=True)
class Bar:
    """One month: its value, None where nothing was recorded; of one that is hidden nothing is
    drawn. `year`: where the year is named."""

    month: date
    value: Shown | None
    x: str
    middle: str
    y: str
    width: str
    height: str
    year: bool


def bars(months: Sequence[date], values: Sequence[Shown | None]) -> list[Bar]:
    """A bar for every month; the highest value fills the height."""
    highest = max((value for value in values if isinstance(value, Decimal)), default=Decimal(0))
    slot = 100 / len(months)
    return [
        _bar(at, month, value, highest, slot)
        for at, (month, value) in enumerate(zip(months, values, strict=True))
    ]


def _bar(at: int, month: date, value: Shown | None, highest: Decimal, slot: float) -> Bar:
    drawn = max(value, Decimal(0)) if isinstance(value, Decimal) else Decimal(0)
    share = float(drawn / highest) * 100 if highest > 0 else 0.0
    return Bar(
        month=month,
        value=value,
        x=_percent(slot * (at + GAP / 200)),
        middle=_percent(slot * (at + 0.5)),
        y=_percent(100 - share),
        width=_percent(slot * (1 - GAP / 100)),
        height=_percent(share),
        year=at == 0 or month.month == 1,
    )


def _percent(value: float) -> str:
    return f"{value:.2f}%"
