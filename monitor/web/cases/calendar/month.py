"""The month of all cases that the reader sees: its days as a grid, and what falls on each."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.work.agenda import Day, LegalDate, Work, between, legal_dates, work
from monitor.web.cases.listing import has_sample, is_firm, theirs
from monitor.web.clock import today

FEW = 6
"""Of a day, what the month lists; the page of the day has all."""
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Cell:
    """`of_month`: else it fills the week before the first or after the last."""

    day: date
    dates: int
    work: int
    of_month: bool
    is_today: bool


@dataclass(frozen=True)
class Listed:
    """Of a day; `more`: that are not listed here."""

    day: date
    dates: Sequence[LegalDate]
    work: Sequence[Work]
    more: int


@require_safe
@needs(Action.READ_CASES)
def month(request: HttpRequest) -> HttpResponse:
    """`?month=2025-06`, else that of today; `?day=2025-06-20` one day, whole; `?all=1` also what
    others than the reader have to do."""
    actor, now, everybody = actor_of(request), today(), "all" in request.GET
    day = _day(request.GET.get("day", ""))
    first = (day or _day(f"{request.GET.get('month', '')}-01") or now).replace(day=1)
    last = _before(_month_after(first))
    found = between(actor, day or first, day or last, None if everybody else theirs(actor))
    context: dict[str, Any] = {
        "first": first,
        "day": day,
        "before": _before(first) if first > FIRST else None,
        "after": _month_after(first) if last < LAST else None,
        "today": now,
        "everybody": everybody,
        "is_firm": is_firm(actor),
        "weeks": []
        if day
        else [[_cell(d, first, found.days, now) for d in w] for w in _weeks(first)],
        "listed": _listed(actor, found.days, None if day else FEW),
        "sample": has_sample(actor, found.cases),
    }
    return render(request, "web/month.html", context)


def _listed(actor: Actor, days: Mapping[date, Day], limit: int | None) -> list[Listed]:
    first = {day: _first(each, limit) for day, each in days.items()}
    dates = legal_dates(actor, [pk for each in first.values() for pk in each.dates])
    tasks = work(actor, [pk for each in first.values() for pk in each.work])
    return [
        Listed(
            day,
            [dates[pk] for pk in each.dates if pk in dates],
            [tasks[pk] for pk in each.work if pk in tasks],
            more=_count(days[day]) - _count(each),
        )
        for day, each in first.items()
    ]


def _first(day: Day, limit: int | None) -> Day:
    dates = day.dates[:limit]
    return Day(dates, day.work if limit is None else day.work[: limit - len(dates)])


def _count(day: Day) -> int:
    return len(day.dates) + len(day.work)


def _cell(day: date, month: date, days: Mapping[date, Day], now: date) -> Cell:
    of_month = (day.year, day.month) == (month.year, month.month)
    each = days.get(day, Day()) if of_month else Day()
    return Cell(day, len(each.dates), len(each.work), of_month, day == now)


def _weeks(first: date) -> list[list[date]]:
    """From Monday to Sunday."""
    return Calendar().monthdatescalendar(first.year, first.month)


def _day(text: str) -> date | None:
    """None for nonsense, and for what no case will see."""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and FIRST <= found <= LAST else None


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _before(day: date) -> date:
    return day - timedelta(days=1)
