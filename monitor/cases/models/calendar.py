"""The legal calendar of a proceeding: days that people know, and the dates that were taken over."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Proceeding
from monitor.cases.models.respondents import Respondent
from monitor.cases.walls import cases
from monitor.notices.models import Notice


def _seen(actor: Actor, path: str = "") -> Q | None:
    """What is everybody's by whoever sees the case; what is one respondent's by whoever reads how
    it answers."""
    seen = cases(actor, Action.READ_CASES, f"{path}proceeding__case")
    firms = of(actor, Action.READ_ANSWERS, f"{path}respondent__organisation")
    everybody = Q(**{f"{path}respondent": None})
    return seen and seen & (everybody | firms if firms else everybody)


class RulesVersion(models.Model):
    """A ruleset of `config/deadlines` as it was when dates were computed by it: what a case goes on
    by until somebody takes over what the rules say now."""

    name = models.CharField(max_length=80)
    """`<authority>/<procedure>`."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of `content`."""
    content = models.JSONField()
    """{"authority": …, "procedure": …}, as the files' tables."""
    since = models.DateTimeField()
    """When it was first met."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "fingerprint"], name="rules_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.fingerprint[:8]}"


class KnownDay(Recorded):
    """What no notice says and somebody knows: the day on which a questionnaire was issued, an
    extension that was granted. A later word on the same thing replaces it; both stay."""

    class What(models.TextChoices):
        EVENT = "event"
        """`name`: an event of the ruleset; `day`: when it happened."""
        PRINTED = "printed"
        """`name`: a rule; `day`: what a letter or a notice prints for it."""
        POSTPONED = "postponed"
        """`name`: a rule; `day`: when that was decided."""
        EXTENDED = "extended"
        """`name`: a rule; `day`: until when."""
        TOLLED = "tolled"
        """All periods that ran on `day`, which `name` repeats, are longer by `days`."""
        STAYED = "stayed"
        """By a court's order time stood still from `day`, which `name` repeats, to `until`."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="known")
    what = models.CharField(max_length=9, choices=What)
    name = models.CharField(max_length=80)
    day = models.DateField()
    days = models.PositiveSmallIntegerField(null=True)
    """Of what was tolled; 0: this case was not, though others were."""
    until = models.DateField(null=True)
    """Of a stay, included; null: there was none, what was said before is taken back."""
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="known"
    )
    """To whom alone it was extended; null: to everybody."""
    source = models.CharField(max_length=300)
    """Where from: a letter, a docket entry, a mail."""
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "what", "name"],
                condition=Q(replaced_at=None, respondent=None),
                name="known_day_once",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "what", "name", "respondent"],
                condition=Q(replaced_at=None, respondent__isnull=False),
                name="known_day_of_respondent_once",
            ),
        ]

    def concerns(self) -> list[Organisation]:
        return self.respondent.concerns() if self.respondent else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _seen(actor)


class Adopted(Recorded):
    """A date of the calendar as people work by it. A notice or a known day moves it; a change of
    the rules alone never does: that is proposed, and taken over by a person."""

    withheld = frozenset({"due", "proposed"})

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="dates")
    rule = models.CharField(max_length=80)
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="dates"
    )
    """To whom alone it was extended; null: it is everybody's."""
    whom = models.CharField(max_length=10)
    """A word of `monitor.deadlines.rules.Whom`."""
    day = models.DateField(null=True, db_index=True)
    """Null: it waits for something that has not happened."""
    moment = models.DateTimeField(null=True)
    """Where filing ends at an hour of that day."""
    due = models.JSONField()
    """What the date rests on, as `monitor.cases.calendar.plain` writes it: names, source, whether
    that is verified, the sentence that explains it, the rule's fingerprint."""
    rules = models.ForeignKey(RulesVersion, on_delete=models.PROTECT, related_name="+")
    """By which it was computed."""
    proposed = models.JSONField(null=True)
    """The same by the rules as they are now, where they say otherwise than `due`; `{}`: by them it
    holds no more."""
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: nobody had to; it came of a notice or a known day."""
    gone_at = models.DateTimeField(null=True)
    """The rule holds no more for this proceeding."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "rule"],
                condition=Q(respondent=None),
                name="adopted_once",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "rule", "respondent"],
                condition=Q(respondent__isnull=False),
                name="adopted_of_respondent_once",
            ),
        ]

    def concerns(self) -> list[Organisation]:
        return self.respondent.concerns() if self.respondent else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _seen(actor)


class Move(Recorded):
    """That a date became another one, and why. In order, and none is changed."""

    class Because(models.TextChoices):
        NOTICE = "notice"
        KNOWN = "known"
        """Somebody said a day."""
        RULES = "rules"
        """Somebody took over what the rules say now."""

    adopted = models.ForeignKey(Adopted, on_delete=models.PROTECT, related_name="moves")
    before = models.DateField(null=True)
    """Null: it waited."""
    after = models.DateField(null=True)
    because = models.CharField(max_length=6, choices=Because)
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    known = models.ForeignKey(KnownDay, on_delete=models.PROTECT, null=True, related_name="moves")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def concerns(self) -> list[Organisation]:
        return self.adopted.concerns()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _seen(actor, "adopted__")
