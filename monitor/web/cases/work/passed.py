"""Tasks that an organisation had and passed on, as its people still see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Case, TaskChange
from monitor.cases.sharing import may_share_case
from monitor.cases.work.passing import GIVEN, passed_on
from monitor.web.cases.work.history import history
from monitor.web.templatetags.fenghuo import own_name, tongue


@dataclass(frozen=True)
class Passed:
    """A task as it was given away. `to`: the receiver's name, as far as the reader may know it."""

    change: TaskChange
    to: str
    title: str
    note: str
    due: date | None
    checks: Sequence[Any]


def listed(actor: Actor) -> list[Passed]:
    """Three queries."""
    return _dressed(actor, passed_on(actor))


def context(actor: Actor, change: TaskChange) -> dict[str, Any]:
    """Of the page of one. `change`: by which it left."""
    (found,) = _dressed(actor, [change])
    case = Case.objects.for_actor(actor).get(tasks=change.task_id)
    return {
        "passed": found,
        "case": case,
        "history": history(actor, change.task_id, found.checks),
        "may_share": may_share_case(actor, case),
        "sample": case.sample,
    }


def _dressed(actor: Actor, changes: Iterable[TaskChange]) -> list[Passed]:
    rows = list(changes)
    known = Organisation.objects.for_actor(actor).in_bulk({row.receiver_id for row in rows})
    return [_passed(row, known.get(row.receiver_id or 0)) for row in rows]


def _passed(change: TaskChange, to: Organisation | None) -> Passed:
    given = change.was[GIVEN]
    return Passed(
        change=change,
        to=own_name(to) if to else _("another organisation"),
        title=given[f"title_{tongue()}"] or given["title_zh"],
        note=given["note"],
        due=parse_date(given["due"]) if given["due"] else None,
        checks=given["checks"],
    )
