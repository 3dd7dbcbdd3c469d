"""A mail address on its way to be another."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models.people import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.reach import own_rows
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class MailChange(Recorded):
    """That somebody asked for another mail address. The new one confirms it, the old one can undo
    it, each by a link whose secret is kept only as its SHA-256."""

    withheld = frozenset({"old", "new", "confirm_digest", "undo_digest"})

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_changes")
    old = models.EmailField()
    new = models.EmailField()
    confirm_digest = models.CharField(max_length=64, unique=True)
    undo_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)
