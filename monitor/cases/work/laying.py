"""A playbook laid out over a proceeding: a task for the case, and one for each firm that answers.

It can be laid out again at any time: what is there stays as people have made it, what is missing
comes, and what the playbook has come to say otherwise is proposed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from monitor.accounts.models import Organisation
from monitor.accounts.walls.door import opened
from monitor.cases.models import (
    Adopted,
    CaseChamber,
    Proceeding,
    Respondent,
    StageChange,
    Task,
    TaskChange,
)
from monitor.cases.words import Answer, Stage
from monitor.cases.work import proposing
from monitor.cases.work.changing import What, change, day_of
from monitor.cases.work.dating import counted
from monitor.cases.work.playbooks import Book, Play, shelf
from monitor.deadlines.library import Library
from monitor.jobs.rooms import Counts

ANSWERING = (Answer.ANSWERS, Answer.JOINS)
APART = 100
"""Between the positions of two tasks of a playbook: room for those that people put in between."""
UNANSWERED, OVER = "unanswered", "over"
"""Why the house drops a task: the firm does not answer; the proceeding is over."""
MARGIN = timedelta(minutes=5)
_RANK = {stage: rank for rank, stage in enumerate(Stage)}

Key = tuple[str, int | None]
"""(play, respondent)."""


def book_of(proceeding: Proceeding) -> Book | None:
    """The playbook of the proceeding; None: nobody wrote one for its sort."""
    return shelf().of(proceeding.ruleset, proceeding.measure.kind, proceeding.proceeding)


def lay(proceeding: Proceeding, now: datetime) -> Counts:
    """Counts the tasks `laid`, `proposed` otherwise, `dropped` because their firm does not answer
    or the proceeding is over, and `taken_up` again because it does."""
    with opened(), transaction.atomic():
        held = Proceeding.objects.select_for_update(of=("self",)).select_related("case", "measure")
        row = held.get(pk=proceeding.pk)
        book = book_of(row)
        if row.case.closed_at is not None:
            return Counter()
        counts = _Laying(row, book, now).all() if book else Counter()
        laid = book.fingerprint if book else ""
        # What was said while this went on is not to be missed by the next.
        Proceeding.objects.filter(pk=row.pk).update(laid=laid, laid_at=now - MARGIN)
        return counts


@dataclass(frozen=True)
class Hook:
    """What a task hangs on, as far as it is known."""

    rule: str = ""
    date: Adopted | None = None
    stage: str = ""
    day: dt.date | None = None


class _Laying:
    """One playbook over one proceeding, which is locked."""

    def __init__(self, proceeding: Proceeding, book: Book, now: datetime) -> None:
        self._proceeding = proceeding
        self._book = book
        self._now = now
        self._today = day_of(now)
        self._over = proceeding.ended is not None
        self._lead = _leading(proceeding)
        firms = Respondent.objects.filter(case=proceeding.case, organisation__isnull=False)
        self._firms = list(firms.select_related("organisation").order_by("pk"))
        mine = Task.objects.filter(proceeding=proceeding).exclude(play="")
        rows = mine.select_related("respondent", "organisation").order_by("pk")
        self._tasks: dict[Key, Task] = {(t.play, t.respondent_id): t for t in rows}
        dates = Adopted.objects.filter(proceeding=proceeding, gone_at=None)
        self._dates = {(each.rule, each.respondent_id): each for each in dates}
        self._stages = _first_days(proceeding)
        self._rules = _rules(proceeding.ruleset)

    def all(self) -> Counts:
        if self._over:
            return Counter(dropped=sum(map(self._drop_the_undated, self._tasks.values())))
        counts: Counts = Counter(
            dropped=sum(map(self._drop_unanswered, self._tasks.values())),
            taken_up=sum(map(self._take_up, self._tasks.values())),
            proposed=sum(self._propose(task) for task in self._tasks.values()),
        )
        return counts + Counter(laid=self._lay())

    # --- What is missing ---

    def _lay(self) -> int:
        missing = [task for task in self._wanted() if task is not None]
        rows = Task.objects.bulk_create(missing)
        for task in rows:
            self._tasks[task.play, task.respondent_id] = task
        TaskChange.objects.bulk_create(
            TaskChange(task=task, what=What.LAID, version=1, at=self._now) for task in rows
        )
        blocks = Task.blocked_by.through
        blocks.objects.bulk_create(
            blocks(from_task_id=task.pk, to_task_id=other.pk)
            for task in rows
            for other in self._blockers(task)
        )
        return len(rows)

    def _wanted(self) -> Iterator[Task | None]:
        for place, play in enumerate(self._book.file.tasks, start=1):
            if play.scope == "case":
                if self._lead:
                    yield self._new(play, place, None, self._lead)
                continue
            for firm in self._firms:
                if self._answers(play, firm) and firm.organisation:
                    yield self._new(play, place, firm, firm.organisation)

    def _answers(self, play: Play, firm: Respondent) -> bool:
        return firm.answer == Answer.ANSWERS or (firm.answer == Answer.JOINS and play.joins)

    def _new(
        self, play: Play, place: int, firm: Respondent | None, organisation: Organisation
    ) -> Task | None:
        """None: it is there, or its day is over."""
        key = self._book.key(play)
        hook = self._hook(play, firm)
        lead = play.offset
        due = counted(hook.day, lead, self._today)
        if (key, firm.pk if firm else None) in self._tasks or self._is_past(hook, due):
            return None
        if self._proceeding.expected_on is not None and hook.day is None:
            return None  # It comes with the notice, if that comes.
        return Task(
            case=self._proceeding.case,
            proceeding=self._proceeding,
            respondent=firm,
            play=key,
            played=self._book.print_of(play),
            title_zh=play.zh,
            title_en=play.en,
            checks=self._book.checks(play),
            who=play.who,
            organisation=organisation,
            rule=hook.rule,
            date=hook.date,
            stage=hook.stage,
            lead=lead,
            counted_from=hook.day,
            due=due,
            position=place * APART,
            created_at=self._now,
        )

    def _hook(self, play: Play, firm: Respondent | None) -> Hook:
        for rule in play.rules:
            if rule in self._rules:
                own = firm and self._dates.get((rule, firm.pk))
                found = own or self._dates.get((rule, None))
                return Hook(rule=rule, date=found, day=found.day if found else None)
        stage = play.stage or ""
        return Hook(stage=stage, day=self._stages.get(stage))

    def _is_past(self, hook: Hook, due: dt.date | None) -> bool:
        """A legal date that was over before, a stage that the proceeding has left behind."""
        if hook.rule:
            return hook.day is not None and due is not None and max(hook.day, due) < self._today
        return bool(hook.stage) and _RANK[Stage(hook.stage)] < _RANK[Stage(self._proceeding.stage)]

    def _blockers(self, task: Task) -> Iterator[Task]:
        for other in self._book.plays[task.play].blocked_by:
            key = f"{self._book.name}/{other}"
            found = self._tasks.get((key, task.respondent_id)) or self._tasks.get((key, None))
            if found:
                yield found

    # --- What is there ---

    def _propose(self, task: Task) -> bool:
        return proposing.compare(task, self._book)

    def _drop_unanswered(self, task: Task) -> bool:
        firm = task.respondent
        gone = firm is not None and firm.answer == Answer.DECLINES
        return gone and self._drop(task, UNANSWERED)

    def _drop_the_undated(self, task: Task) -> bool:
        return task.due is None and self._drop(task, OVER)

    def _drop(self, task: Task, because: str) -> bool:
        if not task.is_open or task.play in self._book.chases:
            return False
        fields = {"dropped_at": self._now, "dropped_by": None, "dropped_because": because}
        change(task, What.DROPPED, fields, None, self._now)
        return True

    def _take_up(self, task: Task) -> bool:
        """What the house dropped, and there is reason for again."""
        firm = task.respondent
        by_house = task.dropped_at is not None and task.dropped_because in (UNANSWERED, OVER)
        if not by_house or (firm and firm.answer not in ANSWERING):
            return False
        fields = {"dropped_at": None, "dropped_because": ""}
        change(task, What.REOPENED, fields, None, self._now)
        return True


def _leading(proceeding: Proceeding) -> Organisation | None:
    seats = CaseChamber.objects.filter(case=proceeding.case, leads=True, ended_at=None)
    found = seats.select_related("organisation").first()
    return found.organisation if found else None


def _first_days(proceeding: Proceeding) -> dict[str, dt.date]:
    """Of each stage that it has reached, when it did."""
    rows = StageChange.objects.filter(proceeding=proceeding).order_by("-day", "-pk")
    return {row.stage: row.day for row in rows}


def _rules(ruleset: str) -> frozenset[str]:
    try:
        return frozenset(Library.load(settings.FENGHUO_DEADLINES).named(ruleset).versions)
    except KeyError:
        return frozenset()
