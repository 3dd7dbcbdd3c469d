"""Counsel (律师): whom an organisation knows, what they offer for a case, whom it gave a mandate.

What an organisation wrote about a law firm is that organisation's. That there is a joint mandate of
a chamber is known to whoever takes part in the case.
"""

from django.apps import apps
from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Kind
from monitor.cases.counsel.words import Conflict, Fee, Verdict
from monitor.cases.models.cases import Case, Proceeding
from monitor.cases.models.file import Document
from monitor.cases.models.respondents import Respondent
from monitor.cases.walls import cases


def kept_by(actor: Actor, field: str = "organisation") -> Q | None:
    """Rows of an organisation whose counsel the actor reads."""
    return of(actor, Action.READ_COUNSEL, field)


class Counsel(Recorded):
    """A law firm in the list of an organisation. Retired, never deleted."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="known_counsel"
    )
    """Whose list it is."""
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The law firm itself, where its people come here."""
    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    """One of the two at least."""
    seat = models.CharField(max_length=4)
    """Country: ISO 3166."""
    languages = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    web = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with every change, so that whoever edits an older one is told."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["name_zh", "name_en", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name_zh="", name_en=""), name="counsel_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_zh or self.name_en

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return kept_by(actor)


class Experience(Recorded):
    """A past case of a law firm that somebody typed in, with where they have it from."""

    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="experience")
    jurisdiction = models.CharField(max_length=4)
    kind = models.CharField(max_length=24)
    """A kind of measure (`bundles.words.Kind`)."""
    year = models.PositiveSmallIntegerField(null=True)
    what = models.CharField(max_length=300)
    """Product, for whom, case number."""
    result = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]

    def concerns(self) -> list[Organisation]:
        return [self.counsel.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return kept_by(actor, "counsel__organisation")


class Offer(Recorded):
    """What a law firm offers an organisation for a case. It is not rewritten: another one takes its
    place (`replaces`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Who asked for it."""
    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="offers")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="offers"
    )
    """Null: for the whole case."""
    scope = models.TextField()
    fee = models.CharField(max_length=7, choices=Fee)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    """The fee, the cap or the sum of the stages, in `currency` (ISO 4217)."""
    currency = models.CharField(max_length=3)
    hourly = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    terms = models.TextField(blank=True)
    """Stages with their fees, expenses, taxes, how it is paid."""
    usd_rate = models.DecimalField(max_digits=14, decimal_places=8, null=True)
    """US dollars for one unit of the currency, as somebody typed it with its day and source."""
    rate_day = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True)
    included = models.JSONField(default=list)
    """Words of `Included`."""
    days_to_start = models.PositiveSmallIntegerField(null=True)
    conflict = models.CharField(max_length=6, choices=Conflict, default=Conflict.UNSAID)
    conflict_with = models.CharField(max_length=300, blank=True)
    valid_until = models.DateField(null=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="offers"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.OPEN)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        seen, mine = cases(actor, Action.READ_COUNSEL, "case"), kept_by(actor)
        return seen and mine and seen & mine


class OfferVerdict(Recorded):
    """That an offer was chosen or passed over, and why. In order, and none is changed."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=8, choices=Verdict)
    why = models.TextField(blank=True)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def concerns(self) -> list[Organisation]:
        return [self.offer.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        seen = cases(actor, Action.READ_COUNSEL, "offer__case")
        mine = kept_by(actor, "offer__organisation")
        return seen and mine and seen & mine


class Mandate(Recorded):
    """委托: that a law firm acts in a case, for the firms of a chamber together or for one firm."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_given"
    )
    """Who gave it: a chamber, for the firms that join; a firm, for itself."""
    counsel = models.ForeignKey(Counsel, on_delete=models.PROTECT, related_name="mandates")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="mandates")
    scope = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    """The last day."""
    ended_because = models.TextField(blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="mandates"
    )
    """The signed one."""
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    @property
    def is_joint(self) -> bool:
        """`organisation` is fetched already."""
        return bool(self.organisation.kind == Kind.CHAMBER)

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whoever gave it; a chamber's by whoever takes part in the case; and by an office that
        bears a part of what it costs."""
        seen, mine = cases(actor, Action.READ_COUNSEL, "case"), kept_by(actor)
        if seen is not None and mine is not None:
            return seen & (mine | Q(organisation__kind=Kind.CHAMBER))
        read = cases(actor, Action.READ_CASES, "case")
        borne = of(actor, Action.READ_SUBSIDIES, "bearer")
        if read is None or borne is None:
            return None
        rules = apps.get_model("cases", "SharingRule")._default_manager.filter(borne)  # noqa: SLF001 - as in the walls
        return read & Q(pk__in=rules.order_by().values("mandate"))


class MandateFirm(Recorded):
    """That a mandate is for a firm, from a day on. `exports_usd` and `benefit` weigh it where costs
    are shared by them."""

    withheld = frozenset({"exports_usd", "benefit"})

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="firms")
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="mandates")
    since = models.DateField()
    until = models.DateField(null=True)
    """The last day on which it shares costs."""
    ended_because = models.CharField(max_length=300, blank=True)
    exports_usd = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    """As the firm itself stated it for this purpose alone."""
    benefit = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    benefit_why = models.CharField(max_length=300, blank=True)
    """What the benefit is: the duty that it saves in a year, for one."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "respondent"],
                condition=Q(until=None),
                name="mandate_firm_once",
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.mandate.organisation, *self.respondent.concerns()]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_a_mandate(actor, "mandate", "respondent")


def of_a_mandate(actor: Actor, mandate: str, respondent: str) -> Q | None:
    """Rows of one firm within a mandate: seen by whoever gave it, and by the firm."""
    given = kept_by(actor, f"{mandate}__organisation")
    theirs = kept_by(actor, f"{respondent}__organisation")
    return given | theirs if given and theirs else None
