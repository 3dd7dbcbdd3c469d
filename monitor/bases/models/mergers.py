"""That two firms were found to be one."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Merger(Recorded):
    """The decision, and all that is needed to take it back."""

    withheld = frozenset({"taken", "moved", "aside"})

    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mergers")
    merged = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merged_by")
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()
    reason = models.TextField()
    taken = models.JSONField(default=dict)
    """{field of `Enterprise`: [before, after]} of what the kept firm took from the merged one."""
    moved = models.JSONField(default=list)
    """[[model, column, primary keys, before, after]] of rows that were changed, in order."""
    aside = models.JSONField(default=list)
    """[{"model": …, "fields": {column: value}}] of rows that were taken out, in order."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def concerns(self) -> list[Organisation]:
        return [self.kept, self.merged]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.MERGE, "kept")
