"""The open days of an authority's seat: weekends, public holidays, closures, days worked instead.

Public holidays are those of the package `holidays`. Where a government decrees them year by year,
or they follow a moon that is still to be seen, the package knows them for a while only: `known`.

A closure that nobody has read (待核实) never makes a date later: it closes a day only where days
are counted backwards, so that the date becomes an earlier one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, Literal

import holidays

from monitor.deadlines.authority import Authority, Roll
from monitor.deadlines.closures import Span

DAY = timedelta(days=1)
EARLY, FAR = 2020, 2060
"""Between these years a calendar is asked how far it reaches."""
DECREED = 5
"""A calendar with special days in so many years running is one that is decreed every year. In fewer
they are occasions (an election, a day between two feasts), which leave the other days known."""


@dataclass(frozen=True)
class Closed:
    """Why a day is none on which the authority works. A holiday without a name in a language has
    an empty one. `read`: whether somebody read where a closure stands."""

    why: Literal["weekend", "holiday", "closure"]
    zh: str = ""
    en: str = ""
    read: bool = True


@dataclass(frozen=True)
class _Year:
    """A calendar's year: its holidays, and the days of weekends that are worked."""

    zh: dict[date, str]
    en: dict[date, str]
    worked: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """One calendar of the package. `categories`: which of its days are holidays here."""

    code: str
    categories: tuple[str, ...] = ("public",)

    def of(self, *years: int, language: str = "en_US") -> holidays.HolidayBase:
        """In the language, where the package has it; else as the country itself calls its days."""
        country, _, part = self.code.partition("-")
        return holidays.country_holidays(
            country,
            subdiv=part or None,
            years=years,
            expand=False,
            language=language,
            categories=self.categories,
        )


class Seat:
    """Where an authority sits: is it open?"""

    def __init__(self, authority: Authority) -> None:
        self._weekend = frozenset(authority.weekend)
        self._calendars = [Calendar(code, authority.categories) for code in authority.holidays]
        self._closing = authority.closing

    def closed(self, day: date, *, wary: bool = False) -> Closed | None:
        """The reason, or None where it is open. `wary`: what nobody has read closes as well."""
        closure = self._closing.on(day)
        if closure:
            return Closed("closure", closure.zh, closure.en)
        years = [_year(calendar, day.year) for calendar in self._calendars]
        for year in years:
            if day in year.en:
                return Closed("holiday", year.zh.get(day, ""), year.en[day])
        worked = any(day in year.worked for year in years)
        if day.isoweekday() in self._weekend and not worked:
            return Closed("weekend")
        return self.doubted(day) if wary else None

    def doubted(self, day: date) -> Closed | None:
        """The closure that nobody has read, if there is one."""
        unread = self._closing.on(day, read=False)
        return Closed("closure", unread.zh, unread.en, read=False) if unread else None

    def rolled(self, day: date, roll: Roll) -> date:
        if roll is Roll.NONE:
            return day
        step = DAY if roll is Roll.NEXT else -DAY
        while self.moves(day, roll):
            day += step
        return day

    def moves(self, day: date, roll: Roll) -> Closed | None:
        """Why a last day on `day` is moved, if it is."""
        return None if roll is Roll.NONE else self.closed(day, wary=roll is Roll.PREVIOUS)

    def business(self, day: date, count: int) -> date:
        """The day `count` open days after `day`, or before it where `count` is negative. `day`
        itself is not counted."""
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.closed(day, wary=count < 0) is None
        return day

    @cached_property
    def known(self) -> tuple[Span, ...]:
        """The days of which it is known whether they are closed, the earliest first. Where no
        calendar fits, the closures say all."""
        if not self._calendars:
            return self._closing.covered
        ends = [end for each in self._calendars if (end := reach(each))]
        since = max(each.of().start_year for each in self._calendars)
        return (Span(date(since, 1, 1), date(min(ends), 12, 31) if ends else None),)

    def knows(self, day: date) -> bool:
        return any(span.holds(day) for span in self.known)


@cache
def reach(calendar: Calendar) -> int | None:
    """The last year for which the package knows the days rather than expects them; None where
    they follow from rules alone."""
    return min((*_decreed(calendar), *_expected(calendar)), default=None)


def _decreed(calendar: Calendar) -> Iterator[int]:
    """China's exchanged weekends, Russia's moved days: laid down anew for every year."""
    special = getattr(calendar.of(), "special_public_holidays", {})
    last = max(special, default=0)
    running = set(special).issuperset(range(last - DECREED + 1, last + 1))
    if running or any(_exchanged(days) for days in special.values()):
        yield last


def _exchanged(days: tuple[Any, ...]) -> bool:
    """Whether a year's special days stand for others: month and day, and those of the other; a day
    of its own has a name in their place."""
    entries = days if isinstance(days[0], tuple) else (days,)
    return any(not isinstance(entry[-1], str) for entry in entries)


def _expected(calendar: Calendar) -> Iterator[int]:
    """Feasts of a moon that nobody has calculated yet carry a mark in the package."""
    for year in range(max(_decreed(calendar), default=EARLY), FAR):
        if any("estimated" in name for name in calendar.of(year).values()):
            yield year - 1
            return


@cache
def _year(calendar: Calendar, year: int) -> _Year:
    """The next year is asked for too: it may say of this one's last days that they are worked."""
    found = calendar.of(year, year + 1)
    worked = getattr(found, "weekend_workdays", ())
    chinese = "zh_CN" in found.supported_languages and calendar.of(year, language="zh_CN")
    return _Year(
        zh={day: name for day, name in chinese.items() if day.year == year} if chinese else {},
        en={day: name for day, name in found.items() if day.year == year},
        worked=frozenset(day for day in worked if day.year == year),
    )
