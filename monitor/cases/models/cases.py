"""Cases, who leads the answer to them, and the proceedings that they go through."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.bases.models import Base
from monitor.cases.walls import cases
from monitor.cases.words import Stage
from monitor.jobs.rooms import ready_index, state_field
from monitor.notices.models import Measure, Notice


class Case(Recorded):
    """案件应对: a measure, or several that are one affair (anti-dumping and countervailing), that
    is answered together until the last review of it has ended. Nothing of it is ever deleted."""

    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=4)
    """Whose measure it is: ISO 3166, or EU, EAEU."""
    measures = models.ManyToManyField(Measure, through="CaseMeasure", related_name="cases")
    chambers = models.ManyToManyField(Organisation, through="CaseChamber", related_name="cases")
    bases = models.ManyToManyField(Base, related_name="cases")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: a rule did, `opened_for` says which."""
    opened_for = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_because = models.TextField(blank=True)
    sample = models.BooleanField(default=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name_zh

    def concerns(self) -> list[Organisation]:
        return [each.organisation for each in self.seats.select_related("organisation")]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES)


class Reopening(Recorded):
    """That a case was opened again, and what it had been closed with. None is changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_because = models.TextField(blank=True)
    at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: a rule did, `rule` says which."""
    because = models.TextField(blank=True)
    rule = models.CharField(max_length=40, blank=True)
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    """That the rule fitted."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def concerns(self) -> list[Organisation]:
        return self.case.concerns()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES, "case")


class CaseMeasure(Recorded):
    """A measure that the case is about. A measure is answered in one case."""

    passing = frozenset({"seen", "follow_state", "entry"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subjects")
    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="subject")
    seen = models.CharField(max_length=120, blank=True)
    """What of notices, impacts and rules there was when it was last put before the room that
    follows (`monitor.cases.room`)."""
    follow_state = state_field()
    entry = models.PositiveBigIntegerField(default=0)
    """Primary key of the newest entry of the measure's life that was followed."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        indexes = [ready_index("case_follow_ready", "follow_state")]

    def __str__(self) -> str:
        return f"case {self.case_id}, measure {self.measure_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES, "case")


class CaseChamber(Recorded):
    """A chamber that answers the case for its base; one of them leads (牵头商会)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="case_seats"
    )
    leads = models.BooleanField(default=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(ended_at=None),
                name="case_chamber_once",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(leads=True, ended_at=None),
                name="case_led_by_one",
            ),
        ]

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES, "case")


class Proceeding(Recorded):
    """What the case goes through of one measure: the investigation, then each review. It has its
    own legal calendar and its own stages."""

    passing = frozenset({"laid", "laid_at"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="proceedings")
    ruleset = models.CharField(max_length=80, blank=True)
    """`<authority>/<procedure>` of `config/deadlines`; empty: no calendar of it is known."""
    proceeding = models.CharField(max_length=32)
    """A word of `bundles.words.Proceeding`; of a regulation, which has none, `none`."""
    number = models.PositiveSmallIntegerField(default=1)
    """Which one of its kind, before this authority and of this measure, as far as notices are
    known: the third administrative review."""
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    """Of a review, the months that it looks at."""
    stage = models.CharField(max_length=12, choices=Stage)
    began = models.DateField(null=True)
    """The day of publication of what opened it."""
    ended = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    """The day on which it may be asked for, or the measure ends without it, as long as no notice
    tells of it: the house opened it by itself, because a measure is in force
    (`monitor.cases.outcomes.expecting`)."""
    laid = models.CharField(max_length=64, blank=True)
    """SHA-256 of the playbook that was last laid out over it (`monitor.cases.work.laying`)."""
    laid_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "ruleset", "proceeding", "number"], name="proceeding_number"
            )
        ]
        ordering = ["began", "pk"]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.proceeding} {self.number}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES, "case")


class StageChange(Recorded):
    """That a proceeding came to a stage: by a notice, or because somebody said so."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="changes")
    stage = models.CharField(max_length=12, choices=Stage)
    day = models.DateField()
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return cases(actor, Action.READ_CASES, "proceeding__case")
