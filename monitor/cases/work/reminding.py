"""Who is reminded of what is due: thirty, fourteen, seven, three working days before and one, and
when it is overdue; the later, the further up the chain.

A reminder is a row, and its key is task, step, day and person: whatever is killed or run twice,
there is one. `alerts` finds the rows and sends them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from monitor.cases.models import Reminder, Step, Task
from monitor.cases.work.changing import day_of
from monitor.cases.work.dating import opened_tasks
from monitor.cases.work.telling import People, Rung
from monitor.cases.work.workdays import after, is_open
from monitor.jobs.rooms import Counts

CHAIN: dict[Step, tuple[Rung, ...]] = {
    Step.THIRTY: (Rung.OWNER,),
    Step.FOURTEEN: (Rung.OWNER,),
    Step.SEVEN: (Rung.OWNER, Rung.OFFICERS),
    Step.THREE: (Rung.OWNER, Rung.OFFICERS),
    Step.LAST: (Rung.OWNER, Rung.OFFICERS, Rung.OWNERS),
    Step.OVERDUE: tuple(Rung),
}


def remind(now: datetime, limit: int = 500) -> Counts:
    """Write down who is to be reminded today, of the nearest step only where several were missed.
    Counts the `reminders`; nobody is reminded on a day on which China does not work."""
    total: Counts = Counter()
    today = day_of(now)
    if not is_open(today):
        return total
    for step in Step:
        while made := _some(step, today, now, limit):
            total["reminders"] += made
    return total


def _some(step: Step, today: date, now: datetime, limit: int) -> int:
    """Of up to `limit` tasks in one transaction; 0: there is none left."""
    with transaction.atomic():
        waiting = _without(step).filter(_span(step, today)).order_by("pk")
        held = waiting.select_for_update(of=("self",)).select_related("organisation")
        tasks = list(held[:limit])
        return len(Reminder.objects.bulk_create(_rows(step, tasks, now)))


def _without(step: Step) -> "QuerySet[Task]":
    kept = Reminder.objects.filter(task=OuterRef("pk"), step=step, due=OuterRef("due"))
    return opened_tasks().filter(~Exists(kept))


def _span(step: Step, today: date) -> Q:
    """The due days that are so near, and not nearer."""
    if step is Step.OVERDUE:
        return Q(due__lt=today)
    nearer = max((other for other in Step if Step.OVERDUE < other < step), default=None)
    begins = today if nearer is None else after(today, nearer + 1)
    return Q(due__gte=begins, due__lt=after(today, step + 1))


def _rows(step: Step, tasks: Sequence[Task], now: datetime) -> list[Reminder]:
    people = People.of(tasks)
    return [
        Reminder(
            task=task,
            step=step,
            due=task.due,
            organisation_id=each.organisation,
            person_id=each.person,
            made_at=now,
        )
        for task in tasks
        for each in people.told(task, CHAIN[step])
    ]
