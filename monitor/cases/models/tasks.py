"""What is to be done in a case, by whom, and until when; what became of it; who is reminded."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.calendar import Adopted
from monitor.cases.models.cases import Case, Proceeding
from monitor.cases.models.respondents import Respondent
from monitor.cases.walls import work, worked
from monitor.cases.words import Stage, Who
from monitor.jobs.rooms import ready_index, state_field


class Task(Recorded):
    """Of a playbook, or somebody's own. It is done or dropped, never deleted."""

    passing = frozenset({"played", "counted_from", "proposed"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    """For whose answer it is done; null: for the case."""
    play = models.CharField(max_length=80, blank=True)
    """`<playbook>/<task>` of `config/playbooks`; empty: it is somebody's own."""
    played = models.CharField(max_length=64, blank=True)
    """SHA-256 of the play as it was laid out, or as somebody last said yes or no to."""
    proposed = models.JSONField(null=True)
    """What the playbook says now, where that is something else and nobody has answered to it
    (`monitor.cases.work.proposing`); `{}`: it has no such task any more."""
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    checks = models.JSONField(default=list)
    """[{"id", "zh", "en", "done"}]: what belongs to it, in order."""
    who = models.CharField(max_length=7, choices=Who, default=Who.CHAMBER)
    """Whose work it is; `organisation` sees to it that it is done."""
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="case_tasks"
    )
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="case_tasks")
    """Null: whoever of the organisation takes it."""
    rule = models.CharField(max_length=80, blank=True)
    """Of the proceeding's ruleset: the legal date that it hangs on."""
    date = models.ForeignKey(Adopted, on_delete=models.PROTECT, null=True, related_name="tasks")
    """That date; `due` moves with it."""
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    """The stage that it hangs on, where it hangs on no legal date."""
    lead = models.SmallIntegerField(default=0)
    """Working days of China before the legal date or the stage; negative: after it."""
    counted_from = models.DateField(null=True)
    """The day of that date or stage when `due` was last counted from it."""
    due = models.DateField(null=True, db_index=True)
    """Null: what it hangs on has no day yet."""
    blocked_by = models.ManyToManyField("self", symmetrical=False, related_name="blocks")
    position = models.PositiveIntegerField(default=0)
    """Order among those of one day."""
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: the house, because there is nothing left to do it for."""
    dropped_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with every change, so that whoever edits an older one is told."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "play"],
                condition=Q(respondent=None) & ~Q(play=""),
                name="task_of_case_once",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "respondent", "play"],
                condition=Q(respondent__isnull=False) & ~Q(play=""),
                name="task_of_respondent_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due", "position"],
                condition=Q(done_at=None, dropped_at=None),
                name="task_open_due",
            ),
            models.Index(
                fields=["organisation", "due"],
                condition=Q(done_at=None, dropped_at=None),
                name="task_open",
            ),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="task_done"),
            models.Index(
                fields=["owner", "due"],
                condition=Q(done_at=None, dropped_at=None),
                name="task_of_owner",
            ),
        ]
        ordering = ["due", "position", "pk"]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return work(actor)


class TaskChange(models.Model):
    """What was done to a task, by whom. In order, and none is changed but for whose it was: a text
    that somebody else wrote over is found here."""

    class What(models.TextChoices):
        LAID = "laid"
        ADDED = "added"
        TAKEN = "taken"
        HANDED = "handed"
        FELL = "fell"
        """Its owner does not act for the organisation any more."""
        TICKED = "ticked"
        EDITED = "edited"
        BLOCKED = "blocked"
        """What it waits for is another."""
        MOVED = "moved"
        """Its due day is another, because the legal date or the stage is."""
        PLACED = "placed"
        DONE = "done"
        REOPENED = "reopened"
        DROPPED = "dropped"
        FOLLOWED = "followed"
        """It was brought to what the playbook says now."""
        KEPT = "kept"
        """It was not."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=8, choices=What)
    was = models.JSONField(default=dict)
    """Of the fields that changed: field → value as JSON."""
    became = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    """The task's, after it."""
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: the house."""
    at = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Whose the task was then; null: whose it is."""
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """To whom it was passed on (`monitor.cases.work.passing`)."""
    because = models.TextField(blank=True)
    """Why."""

    objects = WalledQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} of task {self.task_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return worked(actor)


class Step(models.IntegerChoices):
    """Working days of China before a task is due on which somebody is reminded."""

    OVERDUE = -1
    LAST = 1
    THREE = 3
    SEVEN = 7
    FOURTEEN = 14
    THIRTY = 30


class Reminder(models.Model):
    """That somebody is to be told of a task: a step before it is due, or of what became of it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    step = models.SmallIntegerField(choices=Step, null=True)
    """Null: of `change`."""
    due = models.DateField(null=True)
    """The day that the step leads to: a task whose day moves is reminded of anew."""
    change = models.ForeignKey(
        TaskChange, on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    """For which the person is told; where there is none, whose desks are."""
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="case_reminders"
    )
    made_at = models.DateTimeField()
    tell_state = state_field()

    objects = WalledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "step", "due", "person"],
                condition=Q(step__isnull=False, person__isnull=False),
                name="reminder_of_step_once",
            ),
            models.UniqueConstraint(
                fields=["task", "step", "due", "organisation"],
                condition=Q(step__isnull=False, person=None),
                name="reminder_of_step_to_desks_once",
            ),
            models.UniqueConstraint(
                fields=["change", "person"],
                condition=Q(change__isnull=False, person__isnull=False),
                name="reminder_of_change_once",
            ),
            models.UniqueConstraint(
                fields=["change", "organisation"],
                condition=Q(change__isnull=False, person=None),
                name="reminder_of_change_to_desks_once",
            ),
        ]
        indexes = [ready_index("reminder_tell_ready", "tell_state")]

    def __str__(self) -> str:
        return f"#{self.pk} of task {self.task_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whom it is for."""
        return Q(person=actor.themselves) if actor.themselves else None
