"""What somebody has typed into a form and not handed in."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Draft(Recorded):
    """Half-typed work of one person, for that person alone. It ends when the form is handed in or
    the person throws it away, and by itself (`monitor.cases.drafts.KEPT`): what becomes of an
    affair is recorded there."""

    withheld = frozenset({"fields"})
    passing = frozenset({"fields", "saved_at"})

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    """For which the person was acting; null: for none."""
    form = models.CharField(max_length=200)
    """The address that the form is sent to."""
    key = models.CharField(max_length=32)
    """Which opening of the form: of the same form opened twice neither writes over the other."""
    fields = models.JSONField(default=dict)
    """{name of the field: [values as they would be sent]}."""
    saved_at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "form", "key"], name="draft_once"
            )
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved")]

    def __str__(self) -> str:
        return self.form

    def about(self) -> User:
        return self.person

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By the person, while they act for the same organisation: whoever came in by the word of
        another one's provider does not read it."""
        if actor.user is None:
            return None
        own = actor.organisation
        return Q(person=actor.user, organisation=own.pk if own else None)
