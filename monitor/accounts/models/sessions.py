"""Sessions that know whose they are."""

from typing import TYPE_CHECKING

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from monitor.accounts.models.people import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.reach import own_rows

if TYPE_CHECKING:
    from monitor.accounts.entrance.sessions import SessionStore


class Session(AbstractBaseSession):
    """A browser that somebody is signed in with, or is about to sign in with (`user` is null).

    `session_key` holds the SHA-256 of the key in the cookie: whoever reads the table, or a copy of
    it, cannot come in by it.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=300, blank=True)
    """What the browser says it is (`User-Agent`)."""
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = WalledQuerySet.as_manager()  # type: ignore[assignment, misc] # not Django's own

    class Meta:
        ordering = ["-seen_at"]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        from monitor.accounts.entrance.sessions import SessionStore  # noqa: PLC0415 - it needs the models

        return SessionStore
