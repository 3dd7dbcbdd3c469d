"""What the page of one task is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.cases.models import Adopted, Task
from monitor.cases.overtaking import Overtaken
from monitor.cases.stage_names import names
from monitor.cases.stages import family
from monitor.cases.words import Stage
from monitor.cases.work.changing import day_of
from monitor.cases.work.dating import counted
from monitor.cases.work.playbooks import shelf
from monitor.cases.work.proposing import GONE
from monitor.cases.work.workdays import after, before
from monitor.web.cases.work.history import TEXTS
from monitor.web.cases.work.labels import FIELDS, WHOSE
from monitor.web.differences import Edit, edits
from monitor.web.templatetags.fenghuo import tongue


@dataclass(frozen=True)
class Around:
    """The tasks around one. `hidden`: how many it waits for that the reader is not shown;
    `others`: those of the case that it could wait for."""

    blocked_by: Sequence[Task]
    hidden: int
    blocks: Sequence[Task]
    others: Sequence[Task]

    @property
    def waits(self) -> bool:
        """For one that is left to do, as far as the reader may know."""
        return any(task.is_open for task in self.blocked_by) or self.hidden > 0


@dataclass(frozen=True)
class Because:
    """Why it is due when it is. `lead`: how far from what it hangs on; `legal`: the legal date, if
    the reader sees it; `stage`: the stage; `late`: it was made when that day had passed already."""

    lead: str = ""
    legal: Adopted | None = None
    stage: str | Promise = ""
    late: bool = False


@dataclass(frozen=True)
class Clash:
    """A field that two people have changed. `theirs_edits`, `mine_edits`: against what both had
    before them; empty where it is no text."""

    name: str
    label: str | Promise
    mine: str
    theirs: str
    mine_edits: Sequence[Edit]
    theirs_edits: Sequence[Edit]

    @property
    def is_text(self) -> bool:
        return self.name in TEXTS


@dataclass(frozen=True)
class Proposal:
    """What the playbook says now. `gone`: it has no such task any more; `parts`: (label, as the
    task has it, as the playbook does)."""

    gone: bool
    parts: Sequence[tuple[str | Promise, str, str]]


def seen(actor: Actor, pk: int) -> Task | None:
    rows = Task.objects.for_actor(actor).filter(pk=pk)
    dressed = rows.select_related(
        "case", "organisation", "owner", "done_by", "dropped_by", "respondent__organisation",
        "proceeding__measure",
    )  # fmt: skip
    return dressed.first()


def may_edit(actor: Actor, task: Task) -> bool:
    return task.case.closed_at is None and reaches(actor, Action.EDIT_ANSWERS, task.organisation)


def around(actor: Actor, task: Task, *, editing: bool) -> Around:
    with opened():  # how many there are; which they are is asked for the reader
        all_of_them = list(task.blocked_by.values_list("pk", flat=True))
    rows = Task.objects.for_actor(actor).select_related("organisation")
    before_it = list(rows.filter(pk__in=all_of_them))
    beside = rows.filter(case=task.case_id, done_at=None, dropped_at=None).exclude(pk=task.pk)
    others = list(beside.exclude(pk__in=all_of_them)[:200]) if editing else []
    hidden = len(all_of_them) - len(before_it)
    return Around(before_it, hidden, list(rows.filter(blocked_by=task.pk)), others)


def because(actor: Actor, task: Task) -> Because:
    legal = None
    if task.date_id:
        dates = Adopted.objects.for_actor(actor).filter(pk=task.date_id)
        legal = dates.select_related("proceeding__measure").first()
    if not (task.rule or task.stage):
        return Because()
    return Because(_lead(task.lead), legal, _stage(task), _is_late(task))


def _is_late(task: Task) -> bool:
    day = task.counted_from
    if day is None:
        return False
    aimed = before(day, task.lead) if task.lead >= 0 else after(day, -task.lead)
    return counted(day, task.lead, day_of(task.created_at)) != aimed


def _stage(task: Task) -> str | Promise:
    if not task.stage or task.proceeding is None:
        return ""
    of = family(task.proceeding.measure.kind, task.proceeding.proceeding)
    return names(of, Stage(task.stage)).insiders


def _lead(lead: int) -> str:
    if lead == 0:
        return _("on the day itself")
    if lead > 0:
        return ngettext("%(n)d working day before", "%(n)d working days before", lead) % {"n": lead}
    return ngettext("%(n)d working day after", "%(n)d working days after", -lead) % {"n": -lead}


def playbook(task: Task) -> str:
    """Of which it comes, by its name; empty: it is somebody's own."""
    book = task.play.partition("/")[0]
    found = next((each for each in shelf().books if each.name == book), None)
    return (found.file.zh if tongue() == "zh" else found.file.en) if found else book


def proposal(task: Task) -> Proposal | None:
    if task.proposed is None:
        return None
    if task.proposed == GONE:
        return Proposal(gone=True, parts=())
    wanted = task.proposed
    parts: list[tuple[str | Promise, str, str]] = [
        (FIELDS[name], _plain(name, getattr(task, name)), _plain(name, wanted[name]))
        for name in ("title_zh", "title_en", "who", "lead")
        if getattr(task, name) != wanted[name]
    ]
    had = {check["id"] for check in task.checks}
    added = [each[tongue()] or each["zh"] for each in wanted["checks"] if each["id"] not in had]
    if added:
        parts.append((FIELDS["check"], "", "; ".join(added)))
    return Proposal(gone=False, parts=parts)


def clashes(overtaken: Overtaken) -> list[Clash]:
    return [
        Clash(
            name=name,
            label=FIELDS[name],
            mine=_plain(name, overtaken.mine[name]),
            theirs=_plain(name, theirs),
            mine_edits=_edits(name, overtaken.base[name], overtaken.mine[name]),
            theirs_edits=_edits(name, overtaken.base[name], theirs),
        )
        for name, theirs in overtaken.theirs.items()
    ]


def _edits(name: str, base: Any, text: Any) -> list[Edit]:
    return edits(base or "", text or "") if name in TEXTS else []


def _plain(name: str, value: Any) -> str:
    if name == "who":
        return str(WHOSE[value])
    return "" if value is None else str(value)
