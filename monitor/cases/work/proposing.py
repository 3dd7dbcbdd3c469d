"""A playbook that says otherwise than when a task was laid out: it proposes, a person decides."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Task
from monitor.cases.work.changing import What, change, day_of, held
from monitor.cases.work.dating import counted
from monitor.cases.work.playbooks import Book

GONE: dict[str, Any] = {}
"""The playbook has no such task any more."""
NO_MORE = "no_more"
"""Why it is dropped then."""


class NothingProposed(Exception):
    """Somebody has answered to it already, or the playbook is as the task again."""


def compare(task: Task, book: Book) -> bool:
    """Put down what the playbook says otherwise now. Returns whether that is news."""
    if not task.is_open or task.play in book.chases:
        return False
    play = book.plays.get(task.play)
    stands = book.print_of(play) if play else ""
    wanted = None if stands == task.played else _content(book, task.play)
    if wanted == task.proposed:
        return False
    Task.objects.filter(pk=task.pk).update(proposed=wanted)
    task.proposed = wanted
    return wanted is not None


def _content(book: Book, name: str) -> dict[str, Any]:
    play = book.plays.get(name)
    if play is None:
        return GONE
    return {
        "title_zh": play.zh,
        "title_en": play.en,
        "who": play.who.value,
        "lead": play.offset,
        "checks": book.checks(play),
        "played": book.print_of(play),
    }


def follow(actor: Actor, pk: int, now: datetime) -> Task:
    """Bring the task to what the playbook says now; what was ticked stays ticked, what people added
    to the checklist stays in it. Raises `NothingProposed`, and as `held`."""
    with held(actor, pk) as task:
        wanted = _proposed(task)
        if wanted == GONE:
            fields: dict[str, Any] = {
                "dropped_at": now,
                "dropped_by": actor.user,
                "dropped_because": NO_MORE,
            }
        else:
            fields = {**wanted, "checks": merged(task.checks, wanted["checks"])}
            fields["due"] = _due(task, fields["lead"])
        change(task, What.FOLLOWED, {**fields, "proposed": None}, actor.user, now)
        return task


def keep(actor: Actor, pk: int, now: datetime) -> Task:
    """Leave the task as it is; the same is not proposed again. Raises as `follow`."""
    with held(actor, pk) as task:
        wanted = _proposed(task)
        fields = {"proposed": None, "played": wanted.get("played", "")}
        change(task, What.KEPT, fields, actor.user, now)
        return task


def _proposed(task: Task) -> Mapping[str, Any]:
    if task.proposed is None:
        raise NothingProposed
    return dict(task.proposed)


def merged(
    mine: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The playbook's checks in its order, those that it does not have (any more) after them."""
    by_id = {check["id"]: check for check in mine}
    ids = {check["id"] for check in theirs}
    done = [{**check, "done": by_id.get(check["id"], check)["done"]} for check in theirs]
    return [*done, *(dict(check) for check in mine if check["id"] not in ids)]


def _due(task: Task, lead: int) -> Any:
    if not (task.rule or task.stage):
        return task.due
    return counted(task.counted_from, lead, day_of(task.created_at))
