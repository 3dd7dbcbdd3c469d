"""入会申请表: that a firm asks to be admitted by a chamber."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Kind


class Application(Recorded):
    """Filed by a firm that acts here already (`firm`), or by whoever confirmed a mail address by
    the link that was sent to it."""

    withheld = frozenset({"digest", "email", "sheet"})

    class State(models.TextChoices):
        BEGUN = "begun"
        """A link was mailed; the form is not filed yet."""
        WAITING = "waiting"
        """For the chamber."""
        REFERRED = "referred"
        """The chamber would admit it, but the firm is known otherwise: for the office."""
        APPROVED = "approved"
        REFUSED = "refused"

    to = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="applications")
    firm = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="applied"
    )
    """Null: nobody acts for it here yet; of an approved one, the firm that was admitted."""
    email = models.EmailField()
    """Where the answer goes: confirmed, or that of the person who filed it."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the secret in the link, in hexadecimal; empty where none was mailed."""
    state = models.CharField(max_length=8, choices=State, default=State.BEGUN)
    sheet = models.JSONField(default=dict)
    """What the form says, by field of `Enterprise`; money as text."""
    shares_figures = models.BooleanField(default=False)
    """Ticked: the chamber may see the firm's figures from its admission on, and in the form."""
    filed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """Until when the link that was mailed lets the form be filed."""
    filed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    """Why it was refused."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def concerns(self) -> list[Organisation]:
        return [self.to, self.firm] if self.firm else [self.to]

    def about(self) -> User | str:
        return self.filed_by or self.email

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """Filed ones: by the firm, by those of the chamber who admit, by an office those of its
        region that were referred to it."""
        own = actor.organisation
        if own is None:
            return None
        mine = Q(firm=own)
        if actor.may(Action.ADMIT, Whose.MEMBER):
            mine |= _referred(own.city) if own.kind == Kind.OFFICE else Q(to=own)
        return mine & ~Q(state=Application.State.BEGUN)


def _referred(city: str) -> Q:
    """Those that an office of this city decides; empty: of the province."""
    region = Q(sheet__city=city) if city else Q()
    return Q(state=Application.State.REFERRED) & region
