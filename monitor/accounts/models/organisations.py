"""Organisations, who belongs to them, who is invited, and what they share with each other."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models.people import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Kind, Role


class Organisation(Recorded):
    """Whoever people act for. What is particular to a chamber or a firm stands in
    `monitor.bases`, which points here."""

    kind = models.CharField(max_length=11, choices=Kind)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=40, blank=True)
    """设区市, its Chinese name: where a firm is, whose firms an office is for; of an office empty:
    the whole province."""
    people = models.ManyToManyField(User, through="Membership", related_name="organisations")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="stubs"
    )
    """It was found to be the same as that one; kept for what was recorded about it."""
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name_zh"], name="organisation_kind_name")
        ]
        ordering = ["kind", "name_zh"]

    def __str__(self) -> str:
        return self.name_zh

    def concerns(self) -> "list[Organisation]":
        return [self]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """A firm by whoever may read it; every other one by whoever acts for any."""
        if actor.organisation is None:
            return None
        firms = of(actor, Action.READ_FIRM, "pk")
        others = ~Q(kind=Kind.ENTERPRISE)
        return others if firms is None else others | firms


class Affiliation(Recorded):
    """That a firm belongs to a chamber or a federation, which admitted it. It ends, it is not
    deleted."""

    member = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="affiliations")
    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="affiliates")
    since = models.DateTimeField()
    admitted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: an import of the chamber's list."""
    ended_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "of"], condition=Q(ended_at=None), name="affiliation_once"
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.member, self.of]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever may read the firm."""
        return of(actor, Action.READ_FIRM, "member")


class Membership(Recorded):
    """That a person may act for an organisation, and as what. It ends, it is not deleted: what was
    done under it stays explained."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=7, choices=Role)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at=None),
                name="membership_once",
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    def about(self) -> User:
        return self.user

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.READ_PEOPLE)


class Invitation(Recorded):
    """That somebody is asked to act for an organisation. Its link holds a secret, of which only the
    digest is kept. Nothing is mailed before a person has said so (`approved_by`)."""

    withheld = frozenset({"digest"})

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=7, choices=Role)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the secret in the link, in hexadecimal; empty until it is mailed."""
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: an import of a member list made it."""
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    mailed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    def about(self) -> str:
        return self.email

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.READ_PEOPLE)


class Share(Recorded):
    """That a firm lets another organisation see something of it, from a day on, until it ends or is
    taken back. Kept when it is over: who could see what when stays known."""

    class What(models.TextChoices):
        FIGURES = "figures"
        """Its export flows and its annual export."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shares")
    receiver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="received")
    what = models.CharField(max_length=9, choices=What)
    shared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """Null: until it is taken back."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "receiver", "what"],
                condition=Q(withdrawn_at=None),
                name="share_open_once",
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.owner, self.receiver]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By both sides of it."""
        own = actor.organisation
        return Q(owner=own) | Q(receiver=own) if own else None
