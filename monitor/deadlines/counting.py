"""A period applied to a day. The day of the event is not counted, unless the law counts it."""

import calendar
from datetime import date, timedelta

from monitor.deadlines.days import DAY, Seat
from monitor.deadlines.rules import Direction, Period, Unit


def counted(period: Period, start: date, seat: Seat) -> date:
    """The last day of the period, before anything moves it."""
    sign = -1 if period.direction is Direction.BEFORE else 1
    count = sign * period.count
    within = sign * DAY if period.first_day else timedelta(0)
    match period.unit:
        case Unit.DAYS:
            return start + timedelta(days=count) - within
        case Unit.WEEKS:
            return start + timedelta(weeks=count) - within
        case Unit.BUSINESS_DAYS:
            return seat.business(start - within, count)
        case Unit.MONTHS:
            return _months(start, count, within)
        case Unit.YEARS:
            return _months(start, 12 * count, within)
        case Unit.MONTH_END:
            return _last(_months(start.replace(day=1), count))
        case Unit.ANNIVERSARY_MONTH_END:
            return _last(_months(start.replace(day=1), 12 * count))


def _months(day: date, count: int, within: timedelta = timedelta(0)) -> date:
    """Ends on the day of the same number, less `within`; where the month has no such day, on its
    last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = _last(date(year, month + 1, 1))
    return last if day.day > last.day else last.replace(day=day.day) - within


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
