"""How a task changes: by somebody who may, one at a time, and so that nothing is lost of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.cases.models import Task, TaskChange
from monitor.cases.overtaking import written
from monitor.cases.permission import MayNotError
from monitor.cases.work.workdays import ZONE

What = TaskChange.What


@contextmanager
def held(actor: Actor, pk: int) -> Iterator[Task]:
    """The task, which nobody else changes meanwhile. Raises `MayNotError` where the actor does not
    see it, or sees it only."""
    mine = of(actor, Action.EDIT_ANSWERS)
    if mine is None or not Task.objects.for_actor(actor).filter(mine, pk=pk).exists():
        raise MayNotError
    with opened(), transaction.atomic():
        yield locked(pk)


def locked(pk: int) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("case", "organisation", "owner").get(pk=pk)


def change(
    task: Task, what: What, fields: Mapping[str, Any], by: User | None, now: datetime
) -> TaskChange:
    """Write the fields of a task that is held, and what they were before."""
    was, became = written(task, fields)
    return tell(task, what, was, became, by, now)


def tell(
    task: Task,
    what: What,
    was: Mapping[str, Any],
    became: Mapping[str, Any],
    by: User | None,
    now: datetime,
) -> TaskChange:
    """That something changed that is written already."""
    return TaskChange.objects.create(
        task=task,
        what=what,
        was=dict(was),
        became=dict(became),
        version=task.version,
        said_by=by,
        at=now,
    )


def day_of(now: datetime) -> date:
    """In China, where the working days are counted."""
    return now.astimezone(ZONE).date()
