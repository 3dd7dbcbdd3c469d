"""A task that goes to another organisation of the case: to whom it may, and what each keeps of it.

What was done to it belongs to whoever had it then. The receiver reads the task as it stands and
what is done from then on; the giver keeps the history up to there, and the task as it was given.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from monitor.accounts.models import Affiliation, Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.words import Kind
from monitor.cases.models import CaseChamber, Respondent, Task, TaskChange
from monitor.cases.overtaking import plain
from monitor.cases.work.changing import What, change, held
from monitor.cases.work.doing import NotTheirs
from monitor.cases.work.telling import Rung, chamber_of, tell_of

GIVEN = "as_given"
"""Of the change by which a task was passed on, in `was`: its fields of `SNAPSHOT`."""
SNAPSHOT = ("title_zh", "title_en", "note", "due", "checks")


def receivers(actor: Actor, task: Task) -> list[Organisation]:
    """To whom the actor may pass it on, chambers first. `task`: with its case and organisation.

    A firm's goes back to the chamber that sees to its answer; a chamber's to another chamber of the
    case or to a firm that the actor may write for. What is or was one firm's affair goes to no
    other firm, nor to a chamber that has not admitted it: firms do not learn of one another.
    """
    holder, own = task.organisation, actor.organisation
    if not task.is_open or own is None:
        return []
    with opened():  # whose affair it was is not for the receiver to see
        if holder.kind == Kind.ENTERPRISE:
            chamber = chamber_of(task.case, holder)
            return [chamber] if chamber else []
        firms = _firms_in(task)
    if own.pk != holder.pk:
        return []
    return [*_chambers(actor, task, firms), *_firms(actor, task, firms)]


def pass_on(actor: Actor, pk: int, to: Organisation, because: str, now: datetime) -> Task:
    """Its officers are told. Raises `NotTheirs` where it is none of `receivers`, ValueError without
    a reason; and as `held`."""
    if not because.strip():
        raise ValueError("a task is passed on for a reason")
    with held(actor, pk) as task:
        giver = task.organisation
        if to not in receivers(actor, task):
            raise NotTheirs(f"{to} has no part in it")
        given = {name: plain(getattr(task, name)) for name in SNAPSHOT}
        TaskChange.objects.filter(task=task, organisation=None).update(organisation=giver)
        fields = {"organisation": to, "owner": None}
        passed = change(task, What.HANDED, fields, actor.user, now)
        passed.was |= {GIVEN: given}
        passed.organisation, passed.receiver, passed.because = giver, to, because.strip()
        passed.save(update_fields=["was", "organisation", "receiver", "because"])
        tell_of(passed, task, (Rung.OWNER,), now, but=actor.user)
        return task


def passed_on(actor: Actor) -> list[TaskChange]:
    """By which tasks of open cases left the actor's organisation that it does not have now: of each
    the last, the newest first."""
    gone = _gone(actor).exclude(task__organisation=actor.organisation)
    found: dict[int, TaskChange] = {}
    for each in gone.filter(task__case__closed_at=None).order_by("-pk"):
        found.setdefault(each.task_id, each)
    return list(found.values())


def left_by(actor: Actor, pk: int) -> TaskChange | None:
    """By which the task left the actor's organisation last; None: it never had it."""
    return _gone(actor).filter(task=pk).order_by("-pk").first()


def _gone(actor: Actor) -> "QuerySet[TaskChange]":
    rows = TaskChange.objects.for_actor(actor).filter(organisation=actor.organisation)
    return rows.filter(receiver__isnull=False).select_related("said_by")


def _firms_in(task: Task) -> set[int]:
    """The firms whose affair it is, or whose it was."""
    had: Any = TaskChange.objects.filter(task=task)
    of_firms = Q(organisation__kind=Kind.ENTERPRISE)
    found = set(had.filter(of_firms).values_list("organisation", flat=True))
    firm = task.respondent.organisation_id if task.respondent else None
    return found | ({firm} if firm else set())


def _chambers(actor: Actor, task: Task, firms: set[int]) -> list[Organisation]:
    """Other ones of the case, that have admitted each of the firms."""
    seats = CaseChamber.objects.for_actor(actor).filter(case=task.case, ended_at=None)
    rows = seats.exclude(organisation=task.organisation).select_related("organisation")
    found = [seat.organisation for seat in rows.order_by("-leads", "pk")]
    with opened():
        admitted = set(
            Affiliation.objects.filter(member__in=firms, of__in=found, ended_at=None)
            .order_by()
            .values_list("of", "member")
        )
    return [each for each in found if all((each.pk, firm) in admitted for firm in firms)]


def _firms(actor: Actor, task: Task, firms: set[int]) -> list[Organisation]:
    mine = of(actor, Action.EDIT_ANSWERS)
    rows = Respondent.objects.for_actor(actor).filter(case=task.case, organisation__isnull=False)
    if mine is None:
        return []
    found = [row.organisation for row in rows.filter(mine).select_related("organisation")]
    named = sorted((each for each in found if each), key=lambda each: each.name_zh)
    return [each for each in named if not firms or firms == {each.pk}]
