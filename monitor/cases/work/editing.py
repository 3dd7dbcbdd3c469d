"""Tasks of people's own, and what they write into any."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.cases.models import Adopted, Case, Proceeding, Respondent, Task
from monitor.cases.overtaking import resolved
from monitor.cases.permission import MayNotError
from monitor.cases.words import Who
from monitor.cases.work.changing import What, change, day_of, held, tell
from monitor.cases.work.dating import counted
from monitor.cases.work.doing import last_position
from monitor.cases.work.laying import APART

EDITABLE = ("title_zh", "title_en", "note", "who", "lead", "due")


@dataclass(frozen=True)
class Draft:
    """A task of somebody's own. It hangs on a legal date (`date`, with `lead` as `Task.lead`), or
    is due on a day, or on none."""

    title_zh: str
    title_en: str = ""
    note: str = ""
    who: Who = Who.CHAMBER
    checks: tuple[str, ...] = ()
    proceeding: Proceeding | None = None
    respondent: Respondent | None = None
    date: Adopted | None = None
    lead: int = 0
    due: dt.date | None = None


def add(actor: Actor, case: Case, organisation: Organisation, draft: Draft, now: datetime) -> Task:
    """`organisation`: who has to do it. Raises `MayNotError` where the actor does not see the
    case or may not write for the organisation, ValueError where the parts are of another case."""
    seen = Case.objects.for_actor(actor).filter(pk=case.pk).exists()
    if not (seen and reaches(actor, Action.EDIT_ANSWERS, organisation)):
        raise MayNotError
    with opened(), transaction.atomic():
        for part in _parts(draft):
            if part.case_id != case.pk:
                raise ValueError(f"{part} is of another case")
        task = _new(case, organisation, draft, now)
        task.save()
        tell(task, What.ADDED, {}, {"title_zh": task.title_zh}, actor.user, now)
        return task


def _parts(draft: Draft) -> Iterator[Proceeding | Respondent]:
    if draft.proceeding:
        yield draft.proceeding
    if draft.respondent:
        yield draft.respondent
    if draft.date:
        yield draft.date.proceeding


def _new(case: Case, organisation: Organisation, draft: Draft, now: datetime) -> Task:
    anchor = draft.date
    laid = day_of(now)
    return Task(
        case=case,
        proceeding=anchor.proceeding if anchor else draft.proceeding,
        respondent=draft.respondent,
        title_zh=draft.title_zh,
        title_en=draft.title_en,
        note=draft.note,
        who=draft.who,
        checks=[own(number, text) for number, text in enumerate(draft.checks, start=1)],
        organisation=organisation,
        rule=anchor.rule if anchor else "",
        date=anchor,
        lead=draft.lead,
        counted_from=anchor.day if anchor else None,
        due=counted(anchor.day, draft.lead, laid) if anchor else draft.due,
        position=last_position(case.pk) + APART,
        created_at=now,
    )


def own(number: int, text: str) -> dict[str, Any]:
    """A check that people wrote."""
    return {"id": f"own-{number}", "zh": text, "en": text, "done": False}


def add_check(actor: Actor, pk: int, text: str, now: datetime) -> Task:
    """Raises as `held`."""
    with held(actor, pk) as task:
        number = sum(check["id"].startswith("own-") for check in task.checks) + 1
        Task.objects.filter(pk=pk).update(checks=[*task.checks, own(number, text)])
        task.refresh_from_db(fields=["checks"])
        tell(task, What.EDITED, {}, {"check": text}, actor.user, now)
        return task


def edit(actor: Actor, pk: int, version: int, wanted: Mapping[str, Any], now: datetime) -> Task:
    """`wanted`: fields of `EDITABLE` as the form had them, `version` the task's when the form was
    made. Raises `Overtaken`, ValueError for another field; and as `held`."""
    if unknown := set(wanted) - set(EDITABLE):
        raise ValueError(f"{sorted(unknown)}: to be edited are {', '.join(EDITABLE)}")
    with held(actor, pk) as task:
        later = task.changes.filter(version__gt=version).select_related("said_by")
        fields = _moved(task, resolved(task, wanted, later))
        if fields:
            change(task, What.EDITED, fields, actor.user, now)
        return task


def _moved(task: Task, fields: dict[str, Any]) -> dict[str, Any]:
    """Another lead is another due day; what hangs on a legal date has no day of its own."""
    if task.rule or task.stage:
        fields.pop("due", None)
        if "lead" in fields:
            fields["due"] = counted(task.counted_from, fields["lead"], day_of(task.created_at))
    return fields
