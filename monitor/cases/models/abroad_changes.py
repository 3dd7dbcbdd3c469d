"""What of the registers was changed, and by whom."""

from typing import Any

from django.db import models
from django.db.models import Q

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.cases.models.abroad import Contact, Exclusion, Floor, Pledge, Undertaking, Versioned
from monitor.cases.models.rights import AssertedRight, Defence, JointAction
from monitor.notices.models import Notice

WRITTEN: tuple[type[Versioned], ...] = (
    Contact,
    Pledge,
    Undertaking,
    Floor,
    Exclusion,
    JointAction,
    AssertedRight,
    Defence,
)


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.model_name)  # noqa: SLF001 - documented


class AbroadChange(models.Model):
    """What was done to a row, by whom. In order, and none is changed: a text that somebody else
    wrote over is found here."""

    class What(models.TextChoices):
        ADDED = "added"
        EDITED = "edited"
        STATUS = "status"
        """It came to another status on `day`, as `notice` or `source` says."""
        TIED = "tied"
        """A document, a firm or a task was put to it."""
        LOOSED = "loosed"
        WITHDRAWN = "withdrawn"

    subject = models.CharField(max_length=20)
    """`name_of` the row's model."""
    row = models.PositiveBigIntegerField()
    what = models.CharField(max_length=9, choices=What)
    was = models.JSONField(default=dict)
    """Of the fields that changed: field → value as JSON."""
    became = models.JSONField(default=dict)
    day = models.DateField(null=True)
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField()
    """The row's, after it."""
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = WalledQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "row"], name="abroad_change_of")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.subject} {self.row}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever sees the row."""
        seen = Q(pk=None)
        for model in WRITTEN:
            rows: WalledQuerySet[Any] = model._default_manager.all()  # type: ignore[assignment]  # noqa: SLF001 - documented so
            visible = rows.for_actor(actor).order_by().values("pk")
            seen |= Q(subject=name_of(model), row__in=visible)
        return seen
