"""The keys by which programs act for an organisation."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from monitor.accounts.models.organisations import Organisation
from monitor.accounts.models.people import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Role


class ApiKey(Recorded):
    """A key is shown once, when it is made; what is kept is its beginning, by which people tell it
    from others, and its digest. It is revoked, not deleted: what was done by it stays explained."""

    withheld = frozenset({"digest"})
    passing = frozenset({"last_used_at"})

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=120)
    scopes = models.JSONField(default=list)
    """Words of `Action`: what a program may do with it, of what its maker might."""
    role = models.CharField(max_length=7, choices=Role)
    """Of whoever made it, then: no scope reaches further."""
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of the whole key, in hexadecimal. A key has 256 random bits, so nothing slower is
    called for."""
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.HOLD_KEYS)

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
