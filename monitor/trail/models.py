"""The trail: who did what to which row, and who read whose confidential figures.

Entries are written once. The database itself refuses to change or delete them; what expires goes by
a permit that cannot outlive its transaction. Who a person is and from which address they came,
stands beside the entries and can be emptied, without a line of the chain changing.
"""

import uuid
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of


class Person(models.Model):
    """A pseudonym, by which entries name a person, and who that is until they ask to be forgotten.
    Of one person there can be several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    """Null: invited only, or forgotten. No constraint: that their account was deleted does not
    make it unknown who they were."""
    mail = models.CharField(max_length=254, blank=True, db_index=True)
    name = models.CharField(max_length=120, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = WalledQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or self.mail

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By themselves; by others with the entries that name them."""
        return Q(user=actor.themselves) if actor.themselves else None


class Address(models.Model):
    """From where somebody came: an internet address, which is personal as well."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=45, blank=True)

    objects = WalledQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["text", "person"], name="trail_address_whose")]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By the person themselves."""
        return Q(person__user=actor.themselves) if actor.themselves else None


class Entry(models.Model):
    """One line of the trail."""

    class By(models.TextChoices):
        PERSON = "person"
        KEY = "key"
        ANYBODY = "anybody"
        """Somebody who had not signed in."""
        HOUSE = "house"
        COMMAND = "command"
        """Somebody at the command line of the machine, which does not know who."""

    number = models.BigIntegerField(primary_key=True)
    """1, 2, 3 …: one that is missing is noticed."""
    at = models.DateTimeField()
    by = models.CharField(max_length=7, choices=By)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="done")
    acting_for = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    """No constraint, here and below: the line outlives whatever it is about."""
    key = models.BigIntegerField(null=True)
    """Primary key of the key that a program held."""
    verb = models.CharField(max_length=40)
    """An `Action`, or a more particular word."""
    app = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=40, blank=True)
    row = models.CharField(max_length=64, blank=True)
    """Its primary key."""
    page = models.CharField(max_length=300, blank=True)
    """Of what was read: the path; of what was done by a command: its words."""
    concerned = models.ForeignKey(
        Organisation,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,  # the index below begins with it
        related_name="+",
    )
    about = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="told")
    """The person whose affair it was, where it was somebody's."""
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="lines")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = WalledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="trail_entry_numbered")
        ]
        indexes = [
            models.Index(fields=["concerned", "-at", "-number"], name="trail_entry_concerned"),
            models.Index(fields=["at"], name="trail_entry_at"),
        ]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever may read the trail of the organisation concerned, or of the one that it was
        merged into, and by the person whose doing or whose affair it was."""
        who = actor.themselves
        own = who and (Q(person__user=who) | Q(about__user=who))
        seen = (
            of(actor, Action.READ_TRAIL, "concerned"),
            of(actor, Action.READ_TRAIL, "concerned__merged_into"),
            own,
        )
        found = [part for part in seen if part]
        return reduce(or_, found) if found else None


class Head(models.Model):
    """The end of the chain; whoever writes the next line holds this row until they have."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class Permit(models.Model):
    """That lines up to `through`, older than `before`, may be deleted, since the line `boundary`
    says so. `never` refers to a line that cannot be: with a permit no transaction commits."""

    through = models.BigIntegerField()
    before = models.DateTimeField()
    boundary = models.BigIntegerField()
    never = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+")
