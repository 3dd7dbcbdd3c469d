"""The message that reminds somebody of the work on cases: once a day, all that is due."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import facts, links, payload, plain
from alerts.facts import Fact
from alerts.message import Message, NothingToSay, Section, local, mark, subject, today
from alerts.models import Delivery, Recipient
from monitor.accounts.models import Organisation
from monitor.accounts.walls.acting import memberships
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Role
from monitor.cases.models import Adopted, Reminder, Step, Task, TaskChange
from monitor.cases.proceeding_names import proceeding_name
from monitor.cases.work import workdays
from monitor.impact.models import Level

NEWS = "📌"
"""The sign of a task that is not due yet, of which something is to be told."""
SIGNS = {Level.RED: "🔴", Level.ORANGE: "🟠", Level.YELLOW: "🟡", Level.BLUE: "🔵"}
STEPS = {
    Step.OVERDUE: Level.RED,
    Step.LAST: Level.ORANGE,
    Step.THREE: Level.YELLOW,
    Step.SEVEN: Level.YELLOW,
    Step.FOURTEEN: Level.BLUE,
    Step.THIRTY: Level.BLUE,
}


@dataclass
class Due:
    """One task, and why the reader is told of it."""

    task: Task
    reminders: list[Reminder] = field(default_factory=list)

    def left(self, day: date) -> int | None:
        """Working days until it is due; negative: since. None: it has no day."""
        return workdays.left(day, self.task.due) if self.task.due else None

    def is_overdue(self, day: date) -> bool:
        return self.task.due is not None and self.task.due < day

    @property
    def is_due(self) -> bool:
        return any(each.step is not None for each in self.reminders)

    @property
    def changes(self) -> list[TaskChange]:
        return [each.change for each in self.reminders if each.change]


def message(delivery: Delivery, now: datetime) -> Message:
    """In the active language. Raises `NothingToSay` where all of it is done, or not for the reader
    to see any more."""
    recipient = delivery.channel.recipient
    day = today(recipient, now)
    found = gathered(recipient, delivery)
    if not found:
        raise NothingToSay("there is nothing left to do of it")
    found.sort(key=lambda each: _rank(each, day))
    sections = tuple(_section(each, day) for each in found)
    return Message(
        kind=Delivery.Kind.REMINDERS,
        language=recipient.language,
        subject=subject(_subject(found, sections, day)),
        lead=_("What is to be done in your cases, the most urgent first."),
        sections=sections,
        sent=local(recipient, now),
    )


def gathered(recipient: Recipient, delivery: Delivery) -> list[Due]:
    """The tasks that are open and that the reader sees, each once, for whichever of their
    organisations they are reminded."""
    rows = Reminder.objects.filter(reminded__deliveries=delivery).select_related(
        "change__organisation"
    )
    by_organisation: defaultdict[int, list[Reminder]] = defaultdict(list)
    for reminder in rows.order_by("pk"):
        by_organisation[reminder.organisation_id].append(reminder)
    found: dict[int, Due] = {}
    for actor in _actors(recipient, by_organisation):
        mine = by_organisation[actor.organisation.pk] if actor.organisation else []
        tasks = _tasks(actor, {each.task_id for each in mine})
        for reminder in mine:
            if task := tasks.get(reminder.task_id):
                found.setdefault(task.pk, Due(task)).reminders.append(reminder)
    return list(found.values())


def _actors(recipient: Recipient, organisations: Iterable[int]) -> Iterator[Actor]:
    if recipient.person is not None:
        for each in memberships(recipient.person):
            yield Actor(recipient.person, each.organisation, Role(each.role))
        return
    for organisation in Organisation.objects.filter(pk__in=list(organisations)):
        yield Actor(organisation=organisation, role=Role.READER)


def _tasks(actor: Actor, pks: Iterable[int]) -> dict[int, Task]:
    seen = Task.objects.for_actor(actor).filter(pk__in=list(pks), done_at=None, dropped_at=None)
    rows = seen.filter(case__closed_at=None).select_related(
        "case", "organisation", "respondent__organisation", "owner", "date", "proceeding__measure"
    )
    first = Task.objects.for_actor(actor).filter(done_at=None, dropped_at=None)
    with_blockers = rows.prefetch_related(Prefetch("blocked_by", queryset=first))
    return {task.pk: task for task in with_blockers}


def _rank(due: Due, day: date) -> tuple[bool, bool, date, int]:
    return (not due.is_overdue(day), not due.is_due, due.task.due or date.max, due.task.pk)


def _subject(found: Sequence[Due], sections: Sequence[Section], day: date) -> str:
    counts = Counter(
        "overdue" if each.is_overdue(day) else "due" if each.is_due else "news" for each in found
    )
    parts = (
        ngettext("%(count)d overdue", "%(count)d overdue", counts["overdue"]),
        ngettext("%(count)d due soon", "%(count)d due soon", counts["due"]),
        ngettext("%(count)d changed", "%(count)d changed", counts["news"]),
    )
    said = facts.listed(
        part % {"count": count}
        for part, count in zip(parts, map(counts.get, ("overdue", "due", "news")), strict=True)
        if count
    )
    return _("%(mark)s[Cases] %(counts)s · %(title)s") % {
        "mark": mark(sections),
        "counts": said,
        "title": sections[0].title,
    }


def _section(due: Due, day: date) -> Section:
    task = due.task
    level = _level(due, day)
    return Section(
        title=plain.line(named(task.title_zh, task.title_en), 300),
        summary=_of(task),
        level=level or "",
        level_label=_left(due.left(day), overdue=due.is_overdue(day)),
        sign=SIGNS[level] if level else NEWS,
        facts=tuple(Fact(label, value) for label, value in _facts(due, day) if value),
        touched=(),
        url=links.task(task.case_id, task.pk),
        original="",
        sample=task.case.sample,
        data=payload.of_task(task, due.reminders, due.left(day)),
    )


def named(zh: str, en: str) -> str:
    return zh if facts.chinese() else en or zh


def _level(due: Due, day: date) -> Level | None:
    if due.is_overdue(day):
        return Level.RED
    steps = [Step(each.step) for each in due.reminders if each.step is not None]
    return STEPS[min(steps)] if steps else None


def _left(days: int | None, *, overdue: bool) -> str:
    if days is None:
        return ""
    if overdue:
        # A day that was closed since is no working day, and it is overdue all the same.
        since = max(-days, 1)
        said = ngettext("%(days)d working day overdue", "%(days)d working days overdue", since)
        return said % {"days": since}
    if days == 0:
        return _("due today")
    said = ngettext("%(days)d working day left", "%(days)d working days left", days)
    return said % {"days": days}


def _of(task: Task) -> str:
    """The case, and whose answer it is for."""
    case = plain.line(named(task.case.name_zh, task.case.name_en), 200)
    firm = task.respondent.organisation if task.respondent else None
    return f"{case} · {_name(firm)}" if firm else case


def _name(organisation: Organisation) -> str:
    return plain.line(named(organisation.name_zh, organisation.name_en), 100)


def _facts(due: Due, day: date) -> Iterator[tuple[str, str]]:
    task = due.task
    yield _("Due"), f"{task.due:%Y-%m-%d}" if task.due else ""
    for change in due.changes:
        yield _("Change of the task"), _happened(change, task)
    if task.date and task.date.day:
        yield _("Legal date"), _legal(task.date, day)
        explained = named(*(task.date.due.get(f"explanation_{t}") or "" for t in ("zh", "en")))
        yield _("How it is counted"), plain.line(explained, 600)
    yield _("Proceeding"), proceeding_name(task.proceeding) if task.proceeding else ""
    yield _("Has to do it"), _name(task.organisation)
    yield _("Taken by"), plain.line(str(task.owner)) if task.owner else _("nobody yet")
    first = (plain.line(named(other.title_zh, other.title_en)) for other in task.blocked_by.all())
    yield _("Waits for"), facts.listed(first)
    yield _("Checklist"), _ticked(task)


def _legal(adopted: Adopted, day: date) -> str:
    said: dict[str, Any] = adopted.due
    what = {
        "zh": said.get("zh"),
        "en": said.get("en"),
        "rule": adopted.rule,
        "source": "printed" if said.get("printed") else "computed",
        "basis": said.get("basis"),
        "verified": said.get("verified") != "待核实",
    }
    return facts.dated(adopted.day, what, day) if adopted.day else ""


def _happened(change: TaskChange, task: Task) -> str:
    match TaskChange.What(change.what):
        case TaskChange.What.MOVED:
            before, after = change.was.get("due"), change.became.get("due")
            if before and after:
                return _("It was due on %(before)s, and is now due on %(after)s.") % {
                    "before": before,
                    "after": after,
                }
            if after:
                return _("Its day is known now: %(after)s.") % {"after": after}
            return _("It was due on %(before)s; what it hangs on has no day now.") % {
                "before": before
            }
        case TaskChange.What.FELL:
            return _("Whoever had it does not act for %(organisation)s any more.") % {
                "organisation": _name(task.organisation)
            }
        case TaskChange.What.HANDED if change.receiver_id and change.organisation:
            return _("%(organisation)s passed it on: %(because)s") % {
                "organisation": _name(change.organisation),
                "because": plain.line(change.because, 500),
            }
        case TaskChange.What.HANDED:
            by = plain.line(str(change.said_by)) if change.said_by else ""
            return _("%(by)s handed it over.") % {"by": by} if by else _("It was handed over.")
        case other:
            raise ValueError(f"nobody is reminded that a task was {other.value}")


def _ticked(task: Task) -> str:
    if not task.checks:
        return ""
    return _("%(done)d of %(all)d done") % {
        "done": sum(check["done"] for check in task.checks),
        "all": len(task.checks),
    }
