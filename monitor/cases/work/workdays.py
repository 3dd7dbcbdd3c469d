"""Working days of China: on which chambers and firms work, weekends worked instead of a holiday
(调休) included.

The State Council decrees them in autumn for the year to come; until then the package `holidays`
knows of that year the holidays of statute alone.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Shanghai")
"""Where these days begin and end."""
DAY = timedelta(days=1)


def is_open(day: date) -> bool:
    return day in _set(day.year)


def after(day: date, count: int) -> date:
    """The working day `count` working days after `day`, which is not counted itself; of 0 the day
    itself, or the next one that is open."""
    day -= DAY * (count == 0)
    for _ in range(max(count, 1)):
        day = _next(day, DAY)
    return day


def before(day: date, count: int) -> date:
    """The same backwards; of 0 the day itself, or the last one before it that is open."""
    day += DAY * (count == 0)
    for _ in range(max(count, 1)):
        day = _next(day, -DAY)
    return day


def left(today: date, due: date) -> int:
    """Working days after `today` up to and with `due`; negative: those that have passed since."""
    first, last = sorted((today, due))
    count = sum(
        bisect_right(_open(year), last) - bisect_left(_open(year), first + DAY)
        for year in range(first.year, last.year + 1)
    )
    return count if today <= due else -count


def _next(day: date, step: timedelta) -> date:
    day += step
    while not is_open(day):
        day += step
    return day


@cache
def _set(year: int) -> frozenset[date]:
    return frozenset(_open(year))


@cache
def _open(year: int) -> tuple[date, ...]:
    """The next year is asked for too: its decree may say of this one's last days that they are
    worked."""
    known = holidays.country_holidays("CN", years=(year, year + 1), expand=False)
    days = (date(year, 1, 1) + DAY * number for number in range(366))
    return tuple(day for day in days if day.year == year and known.is_working_day(day))
