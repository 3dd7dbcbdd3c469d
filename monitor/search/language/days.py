"""Days in a query: 2024-01-31, 2024-01, 2024, 30d, 今天, and ranges of them."""

import calendar
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from monitor.search.language.errors import QueryError
from monitor.search.language.tokens import Token, plain
from monitor.search.tree import Ahead, Dated, Dates, Day

_CALENDAR = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_SPAN = re.compile(r"(\d{1,4})(d|w|m|y|天|日|周|个月|月|年)", re.IGNORECASE)
_DAYS = {
    "d": 1,
    "天": 1,
    "日": 1,
    "w": 7,
    "周": 7,
    "m": 30,
    "个月": 30,
    "月": 30,
    "y": 365,
    "年": 365,
}
_TODAY = frozenset({"today", "今天"})
_Ends = tuple[Day, Day]


def dated(dates: Dates, sign: str, value: Token) -> Dated:
    """`deadline<30d`: it runs out within 30 days; `published<30d`: out within the last 30 days.

    `<` and `>` leave the named day out, `<=`, `>=` and `:` count it in. QueryError for no day.
    """
    text = plain(value.text).strip()
    if sign in (":", "="):
        first, sep, last = text.partition("..")
        if sep:
            start = _ends(first, value)[0] if first else None
            end = _ends(last, value)[1] if last else None
            return _ordered(Dated(dates, start, end), value)
    if span := _SPAN.fullmatch(text):
        return _within(dates, sign, int(span[1]) * _DAYS[span[2].lower()])
    return _compared(dates, sign, _ends(text, value))


def _within(dates: Dates, sign: str, days: int) -> Dated:
    """A span counts forwards to a deadline, backwards to a publication."""
    less = days - 1 if sign == "<" else days
    if dates is Dates.DEADLINE:
        if sign.startswith(">"):
            return Dated(dates, first=Ahead(days if sign == ">=" else days + 1))
        return Dated(dates, Ahead(0), Ahead(less))
    if sign.startswith(">"):
        return Dated(dates, last=Ahead(-days if sign == ">=" else -days - 1))
    return Dated(dates, Ahead(-less), Ahead(0))


def _compared(dates: Dates, sign: str, ends: _Ends) -> Dated:
    first, last = ends
    match sign:
        case "<":
            return Dated(dates, last=_moved(first, -1))
        case "<=":
            return Dated(dates, last=last)
        case ">":
            return Dated(dates, first=_moved(last, 1))
        case ">=":
            return Dated(dates, first=first)
        case _:
            return Dated(dates, first, last)


def _ends(text: str, value: Token) -> _Ends:
    """The first and the last day of a day, month or year."""
    if text.lower() in _TODAY:
        return Ahead(0), Ahead(0)
    found = _CALENDAR.fullmatch(text)
    if found is not None:
        with suppress(ValueError):  # the 31st of June
            return _span_of(int(found[1]), *(int(part or 0) for part in found.groups()[1:]))
    raise QueryError(
        _("“%(text)s” is no day.") % {"text": text},
        value.at,
        value.end,
        _("Write 2024-01-31, 2024-01, 2024, today, 30d, or a range: 2024-01..2024-06."),
    )


def _span_of(year: int, month: int, day: int) -> tuple[date, date]:
    """`month` and `day` are 0 where they were left open."""
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def _ordered(node: Dated, value: Token) -> Dated:
    if isinstance(node.first, date) and isinstance(node.last, date) and node.first > node.last:
        raise QueryError(
            _("The range ends before it begins."),
            value.at,
            value.end,
            _("Write the earlier day first: %(range)s.") % {"range": f"{node.last}..{node.first}"},
        )
    return node


def _moved(day: Day, by: int) -> Day:
    if isinstance(day, Ahead):
        return replace(day, days=day.days + by)
    return day + timedelta(days=by)
