"""Who is to know, what each was told, and every attempt to tell it."""

import secrets

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.secrets.fields import SealedJSONField
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Role
from monitor.bases.models import Base
from monitor.cases.models import Reminder
from monitor.impact.models import Impact, Level
from monitor.jobs.rooms import ready_index, state_field
from monitor.notices.models import Measure, Notice


def new_token() -> str:
    return secrets.token_urlsafe(24)


def _desks(actor: Actor, path: str = "") -> Q | None:
    """What belongs to a desk of one's organisation, or one's own. `path`: from the row to it."""
    theirs = of(actor, Action.READ_WARNINGS, f"{path}organisation")
    own = Q(**{f"{path}person": actor.themselves}) if actor.themselves else None
    return theirs | own if theirs and own else theirs or own


class Recipient(Recorded):
    """A person or desk that is warned, in its language and its time zone."""

    withheld = frozenset({"name"})

    name = models.CharField(max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="recipients"
    )
    """Whose desk it is; null: the house's own, or a person's."""
    person = models.OneToOneField(User, on_delete=models.CASCADE, null=True, related_name="desk")
    """Whose own it is: they are reminded here of what they have to do, for whichever of their
    organisations."""
    language = models.CharField(max_length=7, default="zh-hans")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    sample = models.BooleanField(default=False)

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """Who is told: the person, or whoever reads for the organisation. The house's own desk sees
        what an analyst does: the bases, and no firm."""
        if self.person is not None:
            return acting(self.person)
        if self.organisation is None:
            return Actor(User(name=self.name, is_analyst=True))
        return Actor(organisation=self.organisation, role=Role.READER)

    def concerns(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else []

    def about(self) -> User | None:
        return self.person

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor)


class Channel(Recorded):
    """One way to reach a recipient. A permanent error disables it, and its owner is told."""

    withheld = frozenset({"config", "token"})
    passing = frozenset({"last_error", "last_delivered_at"})

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20)
    """A folder of alerts/channels/."""
    config = SealedJSONField(default=dict)
    """Checked by the channel's own pydantic model. Sealed: it holds addresses and tokens."""
    token = models.CharField(max_length=40, unique=True, default=new_token)
    """Names the channel in links that work without signing in (unsubscribe)."""
    enabled = models.BooleanField(default=True)
    disabled_because = models.TextField(blank=True)
    last_error = models.TextField(blank=True)
    last_delivered_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def concerns(self) -> list[Organisation]:
        return [self.recipient.organisation] if self.recipient.organisation else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "recipient__")


class Subscription(Recorded):
    """What of a base a recipient wants to hear. An empty list of kinds or markets means all."""

    class Pace(models.TextChoices):
        NOW = "now"
        DAILY = "daily"

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="subscriptions")
    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="subscriptions")
    minimum_level = models.CharField(max_length=6, choices=Level, default=Level.BLUE)
    kinds = models.JSONField(default=list)
    markets = models.JSONField(default=list)
    pace = models.CharField(max_length=5, choices=Pace, default=Pace.NOW)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "base"], name="subscription_base")
        ]

    def concerns(self) -> list[Organisation]:
        return [self.recipient.organisation] if self.recipient.organisation else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "recipient__")


class Warning(models.Model):  # noqa: A001 - 预警 is the field's word; nobody imports the builtin here
    """What one recipient is told of one occasion of one measure: once."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="warnings")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="warnings")
    occasion = models.CharField(max_length=80)
    """`Entry.occasion`."""
    impacts = models.ManyToManyField(Impact, related_name="warnings")
    """One per base of the recipient that is touched."""
    pace = models.CharField(max_length=5, choices=Subscription.Pace)
    created_at = models.DateTimeField()
    deliver_state = state_field()

    objects = WalledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "measure", "occasion"], name="warning_once"
            )
        ]
        indexes = [ready_index("warning_deliver_ready", "deliver_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.occasion}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "recipient__")


class Sentinel(Recorded):
    """哨兵: a search that a recipient saved, to be told of every notice that comes to meet it."""

    withheld = frozenset({"token"})

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="sentinels")
    name = models.CharField(max_length=120)
    query = models.TextField()
    """As it was typed, in the language of `monitor.search.language`."""
    widened = models.BooleanField(default=True)
    """Whether goods are looked for under their other names and codes too."""
    minimum_level = models.CharField(max_length=6, choices=Level, null=True)
    """Only what touches a base this loudly or louder; null: whether it touches any or none."""
    pace = models.CharField(max_length=5, choices=Subscription.Pace, default=Subscription.Pace.NOW)
    active = models.BooleanField(default=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    """Names it in the address of its feed, which whoever knows it may read."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "name"], name="sentinel_name")]

    def __str__(self) -> str:
        return f"sentinel #{self.pk} {self.name}"

    def concerns(self) -> list[Organisation]:
        return [self.recipient.organisation] if self.recipient.organisation else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "recipient__")


class Sighting(models.Model):
    """What one sentinel saw: a notice, once."""

    sentinel = models.ForeignKey(Sentinel, on_delete=models.CASCADE, related_name="sightings")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="sightings")
    measure = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, related_name="sightings"
    )
    """Of the notice's measures the one that it says something new of; null where it has none."""
    seen_at = models.DateTimeField()
    deliver_state = state_field()

    objects = WalledQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sentinel", "notice"], name="sighting_once")]
        indexes = [ready_index("sighting_deliver_ready", "deliver_state")]

    def __str__(self) -> str:
        return f"#{self.pk} of sentinel #{self.sentinel_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "sentinel__recipient__")


class Reminded(models.Model):
    """That one desk is told of one reminder of the work on a case."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="reminded")
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="reminded")
    deliver_state = state_field()

    objects = WalledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "reminder"], name="reminded_once")
        ]
        indexes = [ready_index("reminded_deliver_ready", "deliver_state")]

    def __str__(self) -> str:
        return f"#{self.pk} of reminder #{self.reminder_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "recipient__")


class Delivery(models.Model):
    """The outbox: one message to one channel.

    `queued` → `sending` (claimed until `claimed_until`) → `sent` once the channel has accepted it,
    or back to `queued` with a later `next_attempt_at`, or `failed`. `withdrawn`: nobody wants it
    any more (the reader unsubscribed, or what it was about is gone).
    """

    class Kind(models.TextChoices):
        WARNING = "warning"
        DIGEST = "digest"
        SIGHTINGS = "sightings"
        """What the recipient's sentinels saw, now or in a day."""
        REMINDERS = "reminders"
        """What of the work on cases is due, or became of it, once a day."""
        CHANNEL_BROKEN = "channel_broken"
        """Tells the recipient that another channel of theirs was disabled: `about`."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=14, choices=Kind, default=Kind.WARNING)
    about = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", null=True)

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    warnings = models.ManyToManyField(Warning, related_name="deliveries")
    sightings = models.ManyToManyField(Sighting, related_name="deliveries")
    reminders = models.ManyToManyField(Reminded, related_name="deliveries")
    key = models.CharField(max_length=120, unique=True)
    """What makes it once: channel and first warning or sighting, or channel and day of what is told
    once a day.
    Sent along as idempotency key where the channel can carry one."""
    status = models.CharField(max_length=9, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = WalledQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="delivery_due",
                condition=models.Q(status__in=["queued", "sending"]),
            )
        ]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "channel__recipient__")


class Attempt(models.Model):
    """One try of one delivery: when, how long it took, what the channel said."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    accepted = models.BooleanField()
    permanent = models.BooleanField(default=False)
    said = models.TextField(blank=True)
    """The answer or the error, shortened; never a secret."""

    objects = WalledQuerySet.as_manager()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _desks(actor, "delivery__channel__recipient__")
