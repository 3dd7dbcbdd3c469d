"""What proves that it is them, beside the password."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models.people import User
from monitor.accounts.secrets.fields import SealedTextField
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.reach import own_rows
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Authenticator(Recorded):
    """A program on a phone that shows a code every thirty seconds (TOTP, RFC 6238)."""

    withheld = frozenset({"secret"})
    passing = frozenset({"last_step"})

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator")
    secret = SealedTextField()
    """In base 32."""
    last_step = models.BigIntegerField()
    """The time step of the last code that was accepted: none of it or before it is again."""
    since = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)


class RecoveryCode(Recorded):
    """Lets its owner in once, when the phone is lost."""

    withheld = frozenset({"digest"})

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    """SHA-256, in hexadecimal: the code is random and long, nothing slower is called for."""
    used_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")
        ]

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)


class Passkey(Recorded):
    """A key in somebody's phone, computer or stick (WebAuthn)."""

    withheld = frozenset({"name", "credential", "public_key"})
    passing = frozenset({"sign_count", "used_at"})

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential = models.CharField(max_length=1400, unique=True)
    """Its name for the browser, in base64url."""
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return own_rows(actor)
