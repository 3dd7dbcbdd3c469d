"""What a mandate costs, who bears how much of it, and what was paid.

An office that bears a part sees that part and the costs that it is of, not what the firms share.

Nothing that was entered is changed: a counter entry reverses it. Shares are kept as they were
reckoned, with the rule and the weights of that day, so that no later change moves what a firm was
told.
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.counsel.words import Payer, Rule
from monitor.cases.models.counsel import Mandate, MandateFirm, kept_by, of_a_mandate
from monitor.cases.models.file import Document
from monitor.cases.walls import cases


def borne_by(actor: Actor, bearer: str, case: str) -> Q | None:
    """Rows about what the actor's office bears, in the cases that it reads."""
    mine, seen = of(actor, Action.READ_SUBSIDIES, bearer), cases(actor, Action.READ_CASES, case)
    return mine and seen and mine & seen


def _any(*parts: Q | None) -> Q | None:
    return reduce(or_, found) if (found := [part for part in parts if part is not None]) else None


class SharingRule(Recorded):
    """How costs of a mandate are shared from a day on, and what somebody bears before the firms
    do. The last one said of the latest `since` not after a cost's day holds for it."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="rules")
    since = models.DateField()
    rule = models.CharField(max_length=10, choices=Rule)
    payer = models.CharField(max_length=7, choices=Payer, blank=True)
    bearer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    """Which office, where `payer` is one; null: nobody has said."""
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """Of every cost; or `amount` of `currency` in all, until it is used up."""
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    why = models.CharField(max_length=300)
    """Who agreed to it, where that is written."""
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(amount=None), name="sharing_rule_one_part"
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.mandate.organisation, *([self.bearer] if self.bearer else [])]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever gave the mandate, by the firms that it is for, and by the office that bears a
        part."""
        given = kept_by(actor, "mandate__organisation")
        theirs = given and given | Q(
            mandate__in=MandateFirm.objects.filter(
                kept_by(actor, "respondent__organisation") or Q(pk=None)
            ).values("mandate")
        )
        return _any(theirs, borne_by(actor, "bearer", "mandate__case"))


class Cost(Recorded):
    """A bill, an expense; negative: the counter entry of another."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="costs")
    day = models.DateField()
    what = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="costs"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    rule = models.ForeignKey(SharingRule, on_delete=models.PROTECT, null=True, related_name="costs")
    part = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    """What somebody bore before the firms did, by the rule."""
    divided_at = models.DateTimeField(null=True)
    """Null: it waits for a rule, a firm or a weight."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        indexes = [
            models.Index(fields=["mandate"], condition=Q(divided_at=None), name="cost_waits")
        ]

    def concerns(self) -> list[Organisation]:
        return [self.mandate.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever gave the mandate, and by the office that bore a part of it. A firm comes to
        what it shares in by its shares."""
        borne = borne_by(actor, "rule__bearer", "mandate__case")
        return _any(kept_by(actor, "mandate__organisation"), borne and borne & ~Q(part=0))


class CostShare(Recorded):
    """What a firm bears of a cost. `weight` of `total`: as they were when it was divided."""

    withheld = frozenset({"weight", "total"})

    cost = models.ForeignKey(Cost, on_delete=models.PROTECT, related_name="shares")
    firm = models.ForeignKey(MandateFirm, on_delete=models.PROTECT, related_name="shares")
    weight = models.DecimalField(max_digits=16, decimal_places=2)
    total = models.DecimalField(max_digits=20, decimal_places=2)
    from_figures = models.BooleanField(default=False)
    """The weight is a figure of the firm's that it showed to whoever gave the mandate."""
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["cost__day", "cost", "pk"]
        constraints = [models.UniqueConstraint(fields=["cost", "firm"], name="cost_share_once")]

    def concerns(self) -> list[Organisation]:
        return self.firm.concerns()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_a_mandate(actor, "cost__mandate", "firm__respondent")


class _Paid(Recorded):
    """That somebody paid something; negative: the counter entry of another."""

    day = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["day", "pk"]


class Payment(_Paid):
    """By a firm, of its shares."""

    firm = models.ForeignKey(MandateFirm, on_delete=models.PROTECT, related_name="payments")

    def concerns(self) -> list[Organisation]:
        return self.firm.concerns()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_a_mandate(actor, "firm__mandate", "firm__respondent")


class SubsidyPayment(_Paid):
    """By an office, of what it bears."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="subsidies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The office."""

    def concerns(self) -> list[Organisation]:
        return [self.mandate.organisation, self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever gave the mandate, and by the office."""
        given = kept_by(actor, "mandate__organisation")
        return _any(given, borne_by(actor, "organisation", "mandate__case"))
