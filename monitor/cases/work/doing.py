"""What people do with a task: take it, hand it over, tick, finish, drop, put in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Role
from monitor.cases.models import Task
from monitor.cases.permission import MayNotError
from monitor.cases.work.changing import What, change, held, tell
from monitor.cases.work.dating import opened_tasks
from monitor.cases.work.telling import Rung, tell_of

HANDS = (Role.OWNER, Role.OFFICER)
"""Who works for an organisation; a reader looks on."""


class NotTheirs(ValueError):
    """Whom a task is to be given to does not work for the organisation, or has no part in the
    case."""


class Blocked(Exception):
    """Others come first. `by`: those that the actor sees; `hidden`: how many they do not."""

    def __init__(self, by: Sequence[Task], hidden: int) -> None:
        super().__init__(", ".join(task.title_zh for task in by))
        self.by = by
        self.hidden = hidden


class Circle(ValueError):
    """A task would wait for itself."""


def take(actor: Actor, pk: int, now: datetime) -> Task:
    """It is the actor's own from now on. Raises `NotTheirs` where they act for another organisation
    than the one that has to do it; and as `held`."""
    if actor.user is None:
        raise MayNotError
    with held(actor, pk) as task:
        if task.owner_id != actor.user.pk:
            _works_for(actor.user, task.organisation)
            change(task, What.TAKEN, {"owner": actor.user}, actor.user, now)
        return task


def hand_over(actor: Actor, pk: int, to: User | None, now: datetime) -> Task:
    """To somebody else of the organisation, who is told; None: to whoever takes it. Raises
    `NotTheirs`; and as `held`."""
    with held(actor, pk) as task:
        if task.owner == to:
            return task
        if to is not None:
            _works_for(to, task.organisation)
        handed = change(task, What.HANDED, {"owner": to}, actor.user, now)
        tell_of(handed, task, (Rung.OWNER,), now, but=actor.user)
        return task


def finish(actor: Actor, pk: int, now: datetime, *, anyhow: bool = False) -> Task:
    """It is done. Raises `Blocked` where others come first, unless it is done `anyhow`; and as
    `held`."""
    with held(actor, pk) as task:
        if not task.is_open:
            return task
        first = task.blocked_by.filter(done_at=None, dropped_at=None)
        if not anyhow and first.exists():
            seen = list(Task.objects.for_actor(actor).filter(pk__in=first.values("pk")))
            raise Blocked(seen, first.count() - len(seen))
        change(task, What.DONE, {"done_at": now, "done_by": actor.user}, actor.user, now)
        return task


def drop(actor: Actor, pk: int, because: str, now: datetime) -> Task:
    """It will not be done. Raises ValueError without a reason; and as `held`."""
    if not because.strip():
        raise ValueError("a task is dropped for a reason")
    with held(actor, pk) as task:
        if task.is_open:
            fields = {
                "dropped_at": now,
                "dropped_by": actor.user,
                "dropped_because": because.strip(),
            }
            change(task, What.DROPPED, fields, actor.user, now)
        return task


def reopen(actor: Actor, pk: int, now: datetime) -> Task:
    with held(actor, pk) as task:
        if not task.is_open:
            fields = {
                "done_at": None,
                "done_by": None,
                "dropped_at": None,
                "dropped_by": None,
                "dropped_because": "",
            }
            change(task, What.REOPENED, fields, actor.user, now)
        return task


def tick(actor: Actor, pk: int, check: str, now: datetime, *, done: bool) -> Task:
    """One of its checks, by its id: two people may tick at once. Raises KeyError; and as `held`."""
    with held(actor, pk) as task:
        checks: list[dict[str, Any]] = [dict(each) for each in task.checks]
        found = next((each for each in checks if each["id"] == check), None)
        if found is None:
            raise KeyError(check)
        if found["done"] != done:
            found["done"] = done
            Task.objects.filter(pk=task.pk).update(checks=checks)
            task.checks = checks
            # Not a new version: whoever is writing the note at this moment is not in its way.
            tell(task, What.TICKED, {check: not done}, {check: done}, actor.user, now)
        return task


def block(actor: Actor, pk: int, by: int, now: datetime) -> Task:
    """It waits for another of the case. Raises `Circle`; and as `held`."""
    with held(actor, pk) as task:
        other = _beside(actor, task, by)
        if _leads_to(other, task):
            raise Circle(f"{other} waits for {task}")
        before = _waits_for(task)
        task.blocked_by.add(other)
        _tell_blocked(actor, task, before, now)
        return task


def unblock(actor: Actor, pk: int, by: int, now: datetime) -> Task:
    with held(actor, pk) as task:
        before = _waits_for(task)
        task.blocked_by.remove(*task.blocked_by.filter(pk=by))
        _tell_blocked(actor, task, before, now)
        return task


def place(actor: Actor, pk: int, after: int | None, now: datetime) -> Task:
    """Right after another of its case and its day; None: before all of them. Raises as `block`."""
    with held(actor, pk) as task:
        beside = opened_tasks().filter(case=task.case, due=task.due).exclude(pk=pk)
        if after is None:
            first = beside.aggregate(first=Min("position"))["first"]
            position = max((first or 1) - 1, 0)
        else:
            position = _beside(actor, task, after).position + 1
        if position == task.position:
            return task
        _make_room(task, position)
        change(task, What.PLACED, {"position": position}, actor.user, now)
        return task


def _beside(actor: Actor, task: Task, pk: int) -> Task:
    """Another task of its case that the actor sees. Raises MayNotError."""
    found = Task.objects.for_actor(actor).filter(pk=pk, case=task.case).first()
    if found is None:
        raise MayNotError
    return found


def _make_room(task: Task, position: int) -> None:
    """Those at the place and right behind it move on by one, up to the first gap."""
    beside = opened_tasks().filter(case=task.case, due=task.due).exclude(pk=task.pk)
    rows = beside.filter(position__gte=position).order_by("position", "pk")
    for other in rows:
        if other.position != position:
            return
        position += 1
        Task.objects.filter(pk=other.pk).update(position=position)


def last_position(case: int) -> int:
    last: int | None = Task.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    return last or 0


def _works_for(user: User, organisation: Organisation) -> None:
    theirs = Membership.objects.filter(user=user, organisation=organisation, ended_at=None)
    if not theirs.filter(role__in=HANDS).exists():
        raise NotTheirs(f"{user} does not work for {organisation}")


def _leads_to(task: Task, target: Task) -> bool:
    """Whether the task is the target, or waits for it, however far away."""
    seen, ahead = set(), {task.pk}
    while ahead:
        if target.pk in ahead:
            return True
        seen |= ahead
        further = Task.objects.filter(blocks__in=ahead).order_by().values_list("pk", flat=True)
        ahead = set(further) - seen
    return False


def _waits_for(task: Task) -> list[int]:
    return list(task.blocked_by.order_by("pk").values_list("pk", flat=True))


def _tell_blocked(actor: Actor, task: Task, before: list[int], now: datetime) -> None:
    after = _waits_for(task)
    if after != before:
        was, became = {"blocked_by": before}, {"blocked_by": after}
        tell(task, What.BLOCKED, was, became, actor.user, now)
