"""Links whose secret lets a feed reader in, which cannot sign in."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models.organisations import Organisation
from monitor.accounts.models.people import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.reach import own_rows
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Link(Recorded):
    """That whoever knows a secret reads feeds as this person, acting for this organisation, would.
    The secret is shown once, when it is made; what is kept is its digest. It is revoked, not
    deleted."""

    withheld = frozenset({"name", "digest"})
    passing = frozenset({"last_used_at"})

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="links"
    )
    """Null: the person acts for none."""
    name = models.CharField(max_length=120)
    """What it is for, in the person's own words."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, in hexadecimal."""
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def concerns(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else []

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)
