"""What was done to a task, told so that a text which was written over can be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Task, TaskChange
from monitor.web.cases.work.labels import DROPPED, FIELDS, WHATS, WHOSE
from monitor.web.differences import Edit, condensed, edits
from monitor.web.templatetags.cases import tasktitle
from monitor.web.templatetags.fenghuo import own_name, person_name, tongue

TEXTS = frozenset({"title_zh", "title_en", "note"})
"""Fields of which is shown what was taken out and what was put in."""
Checks = Sequence[Mapping[str, Any]]
"""As `Task.checks`."""


@dataclass(frozen=True)
class Part:
    """Of a change, one field. `edits`: of a text; of all else `was` and `became`."""

    label: str | Promise
    was: str = ""
    became: str = ""
    edits: Sequence[Edit] = ()


@dataclass(frozen=True)
class Line:
    change: TaskChange
    what: str | Promise
    parts: Sequence[Part]


def history(actor: Actor, task: int, checks: Checks) -> list[Line]:
    """As far as the reader has a part in it, the newest first. `task`: its primary key. Five
    queries."""
    rows = TaskChange.objects.for_actor(actor).filter(task=task).select_related("said_by")
    changes = list(rows.order_by("-pk"))
    named = _Names(actor, checks, changes)
    return [Line(each, WHATS[each.what], list(named.parts(each))) for each in changes]


class _Names:
    """What the primary keys in the changes of a task are called, as far as the reader may know."""

    def __init__(self, actor: Actor, checks: Checks, changes: Iterable[TaskChange]) -> None:
        sides = [side for each in changes for side in (each.was, each.became)]
        self._people = User.objects.in_bulk(_keys(sides, "owner"))
        organisations = Organisation.objects.for_actor(actor)
        self._organisations = organisations.in_bulk(_keys(sides, "organisation"))
        tasks = Task.objects.for_actor(actor)
        self._tasks = tasks.in_bulk({pk for side in sides for pk in side.get("blocked_by", ())})
        self._checks = {each["id"]: each for each in checks}

    def parts(self, change: TaskChange) -> Iterator[Part]:
        if change.what == TaskChange.What.TICKED:
            yield from self._ticked(change)
            return
        for name, label in FIELDS.items():
            was, became = change.was.get(name), change.became.get(name)
            if name not in change.was and name not in change.became:
                continue
            if name in TEXTS:
                pieces = condensed(edits(was or "", became or ""))
                yield Part(label, edits=pieces)
            elif (was or became) and was != became:
                yield Part(label, self._said(name, was), self._said(name, became))

    def _ticked(self, change: TaskChange) -> Iterator[Part]:
        for key, done in change.became.items():
            check = self._checks.get(key)
            label = (check[tongue()] or check["zh"]) if check else key
            states = pgettext("check", "open"), pgettext("check", "ticked")
            yield Part(label, states[not done], states[bool(done)])

    def _said(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        match name:
            case "owner":
                person = self._people.get(value)
                return person_name(person) if person else ""
            case "organisation":
                found = self._organisations.get(value)
                return own_name(found) if found else _("another organisation")
            case "blocked_by":
                return _listed(self._tasks, value)
            case "who":
                return str(WHOSE[value])
            case "dropped_because":
                return str(DROPPED.get(value, value))
        return str(value)


def _keys(sides: Iterable[Mapping[str, Any]], name: str) -> set[int]:
    return {side[name] for side in sides if side.get(name)}


def _listed(tasks: Mapping[int, Task], pks: Sequence[int]) -> str:
    seen = [tasktitle(tasks[pk]) for pk in pks if pk in tasks]
    hidden = [_("one that is not shown to you")] * (len(pks) - len(seen))
    return pgettext("between words", ", ").join([*seen, *hidden])
