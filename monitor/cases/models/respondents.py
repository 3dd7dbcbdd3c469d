"""Who is asked to answer, and what they say to that."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Case
from monitor.cases.walls import cases
from monitor.cases.words import Answer, Joins, Listed, Why


class Respondent(Recorded):
    """应诉企业: a firm that the case touches. One that the notice names and that is not ours has no
    organisation; its name is public. `value_usd` is a figure, which `monitor.cases.stakes` gives
    out."""

    withheld = frozenset({"value_usd"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="respondents")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    named_as = models.CharField(max_length=300, blank=True)
    """As the notice prints it."""
    listed = models.CharField(max_length=7, choices=Listed)
    value_usd = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    """Its exports of the goods to that market in the twelve months before it was listed."""
    listed_at = models.DateTimeField()
    informed_at = models.DateTimeField(null=True)
    """When the first channel had accepted what it was told, or somebody told it and said so."""
    answer = models.CharField(max_length=11, choices=Answer, default=Answer.LISTED)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    joined = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="joiners")
    """With whom it answers, as the chamber says."""
    joins = models.CharField(max_length=7, choices=Joins, blank=True)
    """The same in the firm's own words; of `others`, who they are."""
    joins_whom = models.CharField(max_length=200, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(organisation__isnull=False),
                name="respondent_once",
            ),
            models.UniqueConstraint(
                fields=["case", "named_as"],
                condition=Q(organisation=None),
                name="respondent_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name_zh if self.organisation else self.named_as

    def concerns(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """Those that are named and not ours by all who see the case; a firm of ours by whoever
        reads how it answers."""
        seen = cases(actor, Action.READ_CASES, "case")
        firms = of(actor, Action.READ_ANSWERS)
        named = Q(organisation=None)
        return seen and seen & (named | firms if firms else named)


class Statement(Recorded):
    """What was said of an answer: by the firm, or by the chamber that asked it. In order, and none
    is changed."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="statements")
    answer = models.CharField(max_length=11, choices=Answer)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    joins = models.CharField(max_length=7, choices=Joins, blank=True)
    joins_whom = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: the house, when it told the firm."""
    acting_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def concerns(self) -> list[Organisation]:
        return self.respondent.concerns()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        seen = cases(actor, Action.READ_CASES, "respondent__case")
        firms = of(actor, Action.READ_ANSWERS, "respondent__organisation")
        return seen and firms and seen & firms
