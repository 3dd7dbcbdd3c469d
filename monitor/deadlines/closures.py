"""The days of a closure as a file says them: a date, a range of dates, or a day of every year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from itertools import combinations
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from monitor.deadlines.tables import Table, Text

Year = Annotated[int, Field(ge=1900, le=2200)]
COMMON = 2001
"""A year without a leap day: what recurs every year is a day that every year has."""


@dataclass(frozen=True, order=True)
class Span:
    """Both days included. `last`: None where no end is known."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """Whole years: `2023`, `1950–2026`, `1890–`; else `2024-01-01..2024-08-15`."""
        first, last = self.first, self.last
        if (first.month, first.day) != (1, 1) or (last and (last.month, last.day) != (12, 31)):
            return f"{first}..{last or ''}"
        if last and last.year == first.year:
            return str(first.year)
        return f"{first.year}–{last.year if last else ''}"


class Covered(Table):
    """All days of these on which the authority is closed are said."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _ordered(self.first, self.last)
        return self

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)


class ClosedDays(Table):
    """`on` a date; `from` one `to` another; or `every` year on the day of that month (`05-01`), in
    the years `since` to `until` where they are given."""

    on: date | None = None
    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    every: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] | None = None
    since: Year | None = None
    until: Year | None = None
    zh: Text
    en: Text

    @field_validator("every")
    @classmethod
    def _is_a_day_of_all_years(cls, every: str | None) -> str | None:
        try:
            return every and date.fromisoformat(f"{COMMON}-{every}").strftime("%m-%d")
        except ValueError as error:
            raise ValueError(f"not every year has a {every}; write a month and day") from error

    @model_validator(mode="after")
    def _is_said_in_one_way(self) -> Self:
        ranged = self.first is not None or self.last is not None
        if [self.on is not None, ranged, self.every is not None].count(True) != 1:
            raise ValueError("say either `on`, or `from` and `to`, or `every`")
        if ranged and (self.first is None or self.last is None):
            raise ValueError("a range has both `from` and `to`; one day alone is `on`")
        if self.every is None and (self.since or self.until):
            raise ValueError("`since` and `until` go with `every` only")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        if self.first and self.last:
            _ordered(self.first, self.last)
        return self

    def within(self, year: int) -> Iterator[date]:
        """Those of the year."""
        if self.every is not None:
            if (self.since or year) <= year <= (self.until or year):
                yield date.fromisoformat(f"{year}-{self.every}")
            return
        first, last = self.ends
        begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        for ordinal in range(begins.toordinal(), ends.toordinal() + 1):
            yield date.fromordinal(ordinal)

    @property
    def ends(self) -> tuple[date, date]:
        """Between these are all of them."""
        if self.every is not None:
            return date(self.since or MINYEAR, 1, 1), date(self.until or MAXYEAR, 12, 31)
        return self.on or self.first or date.min, self.on or self.last or date.max

    def meets(self, other: Self) -> date | None:
        """A day that both close."""
        (first, last), (begins, ends) = self.ends, other.ends
        for year in range(max(first, begins).year, min(last, ends).year + 1):
            both = set(self.within(year)) & set(other.within(year))
            if both or (self.every and other.every):
                return min(both, default=None)
        return None


class Closing:
    """All closures of an authority, asked by the day. `read`: somebody read where they stand."""

    def __init__(
        self, read: Iterable[ClosedDays], unread: Iterable[ClosedDays], covered: Iterable[Span]
    ) -> None:
        self._said = {True: tuple(read), False: tuple(unread)}
        self._years: dict[tuple[bool, int], dict[date, ClosedDays]] = {}
        self.covered = tuple(sorted(covered))

    def on(self, day: date, *, read: bool = True) -> ClosedDays | None:
        key = (read, day.year)
        if key not in self._years:
            self._years[key] = {
                each: said for said in self._said[read] for each in said.within(day.year)
            }
        return self._years[key].get(day)


def twice(days: Sequence[ClosedDays]) -> Iterator[str]:
    for one, other in combinations(days, 2):
        day = one.meets(other)
        if day:
            yield f"{day} stands twice ({one.en}; {other.en}): leave it to one of them"


def _ordered(first: date, last: date) -> None:
    if first > last:
        raise ValueError(f"from {first} is after to {last}")
