"""That two firms are not one, however much they look alike."""

from django.db import models
from django.db.models import F, Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Distinction(Recorded):
    """A person's word that the two are different firms, until it is taken back; kept when it is.
    Which of them is the first means nothing."""

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(withdrawn_at=None),
                name="distinction_open_once",
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="distinction_of_two"),
        ]
        ordering = ["-said_at", "-pk"]

    def concerns(self) -> list[Organisation]:
        return [self.first, self.second]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever may merge the two."""
        first, second = (of(actor, Action.MERGE, side) for side in ("first", "second"))
        return first & second if first and second else None
