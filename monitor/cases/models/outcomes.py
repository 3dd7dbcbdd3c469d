"""What a proceeding came to, for each firm and for everybody else."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Proceeding
from monitor.cases.models.respondents import Respondent
from monitor.cases.outcomes.words import Force, Result
from monitor.cases.walls import cases
from monitor.notices.models import Notice


class Outcome(Recorded):
    """裁决结果: of one proceeding, provisional or definitive. Whether it is of dumping or of
    subsidies says the measure of the proceeding. A correction replaces it; both stay."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="outcomes")
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="outcomes"
    )
    """Null: for everybody who has none of their own."""
    result = models.CharField(max_length=12, choices=Result)
    force = models.CharField(max_length=11, choices=Force)
    rate = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    """Percent ad valorem, as it was determined."""
    deposit_rate = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    """Percent that importers deposit, where it is another (export subsidies are taken off)."""
    amount = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    """Of a specific duty, `currency` for each `unit`; of an undertaking, the lowest price."""
    currency = models.CharField(max_length=3, blank=True)
    """ISO 4217."""
    unit = models.CharField(max_length=20, blank=True)
    """As it is printed: t, kg, pair, m²."""
    day = models.DateField()
    """On which it was published, or made known to the firm."""
    deposit_from = models.DateField(null=True)
    """From when on importers pay it."""
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    """That prints it."""
    source = models.CharField(max_length=300, blank=True)
    """Where from, if no notice of the house prints it: a letter, a gazette."""
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "respondent", "force"],
                condition=Q(replaced_at=None, respondent__isnull=False),
                name="outcome_of_respondent_once",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "result", "force"],
                condition=Q(replaced_at=None, respondent=None),
                name="outcome_of_all_once",
            ),
        ]

    def concerns(self) -> list[Organisation]:
        return self.respondent.concerns() if self.respondent else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """What is everybody's, or is of a firm that is named and not ours, by whoever sees the
        case; what is a firm's of ours by whoever reads how it answers."""
        seen = cases(actor, Action.READ_CASES, "proceeding__case")
        firms = of(actor, Action.READ_ANSWERS, "respondent__organisation")
        public = Q(respondent=None) | Q(respondent__organisation=None)
        return seen and seen & (public | firms if firms else public)
