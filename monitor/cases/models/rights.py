"""Rights that are asserted against firms of ours, and how these defend themselves together."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.recorded import RecordedQuerySet
from monitor.cases.abroad import words
from monitor.cases.models.abroad import Abroad, Versioned
from monitor.cases.models.abroad_walls import of_firm, of_strategy
from monitor.cases.models.respondents import Respondent


class JointAction(Abroad):
    """知识产权维权: that firms defend themselves together against rights that are asserted."""

    forum = models.CharField(max_length=11, choices=words.Forum)
    authority = models.CharField(max_length=200)
    docket = models.CharField(max_length=120, blank=True)
    complainant = models.CharField(max_length=200)
    goods = models.CharField(max_length=300)
    firms = models.ManyToManyField(Respondent)
    """The group of defence."""
    strategy = models.TextField(blank=True)
    relief = models.CharField(max_length=7, choices=words.Relief, blank=True)
    scope = models.TextField(blank=True)
    """What an order reaches: which goods, whose."""
    status = models.CharField(
        max_length=9, choices=words.ActionStatus, default=words.ActionStatus.PREPARING
    )
    status_on = models.DateField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.authority} · {self.goods}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_strategy(actor, firms="jointaction")


class AssertedRight(Versioned):
    """A right that is asserted."""

    action = models.ForeignKey(JointAction, on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField(max_length=9, choices=words.Right)
    number = models.CharField(max_length=80, blank=True)
    claims = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number or self.owner

    @property
    def head(self) -> Abroad:
        return self.action

    def concerns(self) -> list[Organisation]:
        return [self.action.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_strategy(actor, "action__", firms="jointaction")


class Defence(Versioned):
    """What is done against the rights, or in their stead: by the group, or by one firm, which no
    other firm sees."""

    action = models.ForeignKey(JointAction, on_delete=models.PROTECT, related_name="defences")
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="defences"
    )
    """Null: the group's."""
    kind = models.CharField(max_length=13, choices=words.Move)
    against = models.CharField(max_length=200, blank=True)
    """Which right or order."""
    where = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    day = models.DateField(null=True)
    status = models.CharField(
        max_length=9, choices=words.MoveStatus, default=words.MoveStatus.PREPARING
    )
    text = models.TextField(blank=True)
    """What was changed, what the opinion says, on what terms."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    @property
    def head(self) -> Abroad:
        return self.action

    def concerns(self) -> list[Organisation]:
        firm = self.respondent.concerns() if self.respondent else []
        return list(dict.fromkeys([self.action.organisation, *firm]))

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_firm(actor, "action__", firms="jointaction")
