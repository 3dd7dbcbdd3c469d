"""What of a case is shown to somebody outside of it, until when."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Case
from monitor.cases.walls import open_shares


class Shown(Recorded):
    """That an organisation lets another see something, from a day on, until it ends or is taken
    back. Kept when it is over: who could see what when stays known."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    shared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def concerns(self) -> list[Organisation]:
        return [self.owner, self.receiver]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By both sides of it."""
        own = actor.organisation
        return Q(owner=own) | Q(receiver=own) if own else None


class CaseShare(Shown):
    """Of a case: that there is one, its notices, its stages and its legal calendar; of what firms
    and chambers added to it only the documents that they opened to whoever sees the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "owner", "receiver"],
                condition=Q(withdrawn_at=None),
                name="case_share_open_once",
            )
        ]


class DocumentShare(Shown):
    """Of a document: all its versions, in the public form or in both."""

    document = models.ForeignKey("Document", on_delete=models.PROTECT, related_name="shares")
    confidential = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "receiver"],
                condition=Q(withdrawn_at=None),
                name="document_share_open_once",
            )
        ]


def shared_documents(actor: Actor, path: str = "", *, confidential: bool = False) -> Q:
    """Documents that are shared with the actor's organisation now, as a condition on documents, or
    on rows that point to theirs by `path`."""
    if actor.organisation is None:
        return Q(pk=None)
    shares = apps.get_model("cases", "DocumentShare")._default_manager.filter(  # noqa: SLF001 - documented so
        open_shares(), receiver=actor.organisation
    )
    if confidential:
        shares = shares.filter(confidential=True)
    return Q(**{f"{path}__in" if path else "pk__in": shares.values("document")})
