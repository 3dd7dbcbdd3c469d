"""When a task is due: so many working days before its legal date, or after its stage. It moves with
them, and whoever has it is told."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from monitor.cases.models import Adopted, StageChange, Task
from monitor.cases.work.changing import What, change, day_of, locked
from monitor.cases.work.telling import Rung, tell_of
from monitor.cases.work.workdays import after, before
from monitor.jobs.rooms import Counts

_Behind = QuerySet[Task, tuple[int, int | None, date | None]]
"""Tasks counted from another day than that of what they hang on; with the primary key of the legal
date, and that day."""


def counted(anchor: date | None, lead: int, laid: date) -> date | None:
    """`anchor`: the legal day, or that of the stage; `lead`: as `Task.lead`; `laid`: the day on
    which the task was made. What should have been done by then is due that day, as long as the
    legal day is not over."""
    if anchor is None:
        return None
    due = before(anchor, lead) if lead >= 0 else after(anchor, -lead)
    return laid if due < laid and (lead < 0 or laid <= anchor) else due


def opened_tasks() -> "QuerySet[Task]":
    """What is left to do in the cases that are not closed."""
    return Task.objects.filter(done_at=None, dropped_at=None, case__closed_at=None)


def follow_dates(now: datetime, limit: int = 500) -> Counts:
    """Move what hangs on a date or stage that has another day now. Counts the `moved`."""
    total: Counts = Counter()
    for behind in (_of_rules(), _of_stages()):
        while found := list(behind.all()[:limit]):
            for pk, adopted, anchor in found:
                total["moved"] += _move(pk, adopted, anchor, now)
    return total


def _of_rules() -> "_Behind":
    here = Adopted.objects.filter(
        proceeding=OuterRef("proceeding"), rule=OuterRef("rule"), gone_at=None
    )
    own, general = here.filter(respondent=OuterRef("respondent")), here.filter(respondent=None)
    adopted = Coalesce(Subquery(own.values("pk")[:1]), Subquery(general.values("pk")[:1]))
    hung = opened_tasks().exclude(rule="").annotate(adopted=adopted)
    day = Adopted.objects.filter(pk=OuterRef("adopted")).values("day")
    rows = hung.annotate(anchor=Subquery(day))
    other = ~_same("counted_from", "anchor") | ~_same("date", "adopted")
    return rows.filter(other).order_by("pk").values_list("pk", "adopted", "anchor")


def _of_stages() -> "_Behind":
    reached = StageChange.objects.filter(
        proceeding=OuterRef("proceeding"), stage=OuterRef("stage")
    ).order_by()
    first = reached.values("stage").annotate(first=Min("day")).values("first")
    hung = opened_tasks().filter(rule="").exclude(stage="")
    rows = hung.annotate(anchor=Subquery(first)).filter(~_same("counted_from", "anchor"))
    return rows.order_by("pk").values_list("pk", "date", "anchor")


def _same(one: str, other: str) -> Q:
    """Equal, or both null."""
    nulls = {f"{one}__isnull": True, f"{other}__isnull": True}
    return Q(**nulls) | Q(**{one: F(other), f"{one}__isnull": False, f"{other}__isnull": False})


def _move(pk: int, adopted: int | None, anchor: date | None, now: datetime) -> bool:
    """Whether its due day is another for it."""
    with transaction.atomic():
        task = locked(pk)
        due = counted(anchor, task.lead, day_of(task.created_at))
        fields: dict[str, Any] = {"date_id": adopted, "counted_from": anchor}
        Task.objects.filter(pk=pk).update(**fields)
        if due == task.due:
            return False
        moved = change(task, What.MOVED, {"due": due}, None, now)
        tell_of(moved, task, (Rung.OWNER,), now)
        return True
