"""What follows from something done abroad: tasks with an owner and a day."""

import calendar
import datetime as dt
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.abroad.writing import What, held, tell
from monitor.cases.models import Exclusion, Respondent, Task
from monitor.cases.models.abroad import Abroad
from monitor.cases.permission import MayNotError
from monitor.cases.words import Who
from monitor.cases.work import doing, editing
from monitor.cases.work.changing import What as WhatOfTask
from monitor.cases.work.changing import change as change_task
from monitor.cases.work.changing import locked
from monitor.cases.work.editing import Draft

RENEW_BEFORE = timedelta(days=60)
"""Before an exclusion ends, where nobody has said by when it has to be asked for anew."""
MOST = 12
"""Quarters that are laid out at once."""


@dataclass(frozen=True)
class Wish:
    """`firm`: who has to do it, of those that a row covers; None: whose the row is. `times`: how
    often, every three months."""

    title: str
    due: dt.date | None
    note: str = ""
    owner: User | None = None
    firm: Respondent | None = None
    times: int = 1


def follow(actor: Actor, row: Abroad, wish: Wish, now: datetime) -> list[Task]:
    """Raises `doing.NotTheirs` where the owner does not work for who has to do it; and as
    `writing.held`, `editing.add`."""
    with held(actor, row) as kept:
        whose = kept.organisation
        if wish.firm is not None:
            if wish.firm.organisation is None or wish.firm.case_id != kept.case_id:
                raise MayNotError
            whose = wish.firm.organisation
        tasks = []
        for due in _days(wish):
            who = Who.FIRM if wish.firm is not None else Who.CHAMBER
            draft = Draft(wish.title, note=wish.note, who=who, respondent=wish.firm, due=due)
            task = editing.add(actor, kept.case, whose, draft, now)
            if wish.owner is not None:
                doing.hand_over(actor, task.pk, wish.owner, now)
            tasks.append(task)
        kept.tasks.add(*tasks)
        tell(kept, What.TIED, {}, {"tasks": [task.pk for task in tasks]}, actor.user, now)
        return tasks


def _days(wish: Wish) -> list[dt.date | None]:
    if wish.due is None:
        return [None]
    return [*quarters(wish.due, wish.times)]


def quarters(first: dt.date, times: int) -> list[dt.date]:
    """The same day every three months, or the last of a month that has no such day."""
    return [_later(first, 3 * number) for number in range(times)]


def _later(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# --- Renewal -------------------------------------------------------------------------------------


def renew_on(row: Exclusion) -> dt.date | None:
    """By when it has to be asked for anew; None: it has no end."""
    if row.valid_until is None:
        return None
    return row.renew_by or row.valid_until - RENEW_BEFORE


def plan_renewal(actor: Actor, row: Exclusion, title: str, now: datetime) -> None:
    """A task on that day, which moves with it as long as it is open. Raises as `writing.held`."""
    with held(actor, row) as kept:
        day = renew_on(kept)
        if day is None:
            return
        task = kept.renewal
        if task is None:
            made = editing.add(actor, kept.case, kept.organisation, Draft(title, due=day), now)
            kept.renewal = made
            kept.save(update_fields=["renewal"])
            kept.tasks.add(made)
        elif task.is_open and task.due != day:
            with opened():
                change_task(locked(task.pk), WhatOfTask.MOVED, {"due": day}, actor.user, now)
