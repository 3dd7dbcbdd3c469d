"""Where an organisation's people sign in elsewhere, and who of them is whom there."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models.organisations import Organisation
from monitor.accounts.models.people import User
from monitor.accounts.secrets.fields import SealedTextField
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of, own_rows
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Provider(Recorded):
    """An OpenID Connect provider by which an organisation's people may come in, to act for it and
    for nobody else."""

    withheld = frozenset({"secret"})

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="provider"
    )
    code = models.CharField(max_length=12, unique=True)
    """By which its people say whose they are: chance, so that nobody finds out by trying which
    organisations there are."""
    issuer = models.CharField(max_length=500)
    """As the provider itself writes it, to the last stroke."""
    client_id = models.CharField(max_length=255)
    secret = SealedTextField()
    domains = models.JSONField(default=list)
    """Of mail addresses that it vouches for, folded; none below them."""
    second_factor = models.JSONField(default=list)
    """The words of `amr` or `acr` (RFC 8176) by which it says that it asked for a second factor;
    empty: it is not taken to ask for one."""
    set_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.issuer

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.SET_SIGN_IN)


class Identity(Recorded):
    """That somebody whom a provider knows as `subject` is this person. A subject is never given to
    another one (OpenID Connect Core 2), as a mail address is."""

    withheld = frozenset({"subject"})
    passing = frozenset({"used_at"})

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="identities")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=500)
    """The provider's, when it said so."""
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "issuer", "subject"], name="identity_of_one_person"
            ),
            models.UniqueConstraint(fields=["provider", "user"], name="identity_once"),
        ]

    def concerns(self) -> list[Organisation]:
        return [self.provider.organisation]

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever sets the provider, and by the person."""
        own, set_ = own_rows(actor), of(actor, Action.SET_SIGN_IN, "provider__organisation")
        return own | set_ if own and set_ else own or set_
