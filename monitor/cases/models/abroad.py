"""What is done abroad: who met whom, undertakings with their floor prices, exclusion requests."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.abroad import words
from monitor.cases.models.abroad_walls import of_firm, of_register, of_strategy
from monitor.cases.models.cases import Case
from monitor.cases.models.file import Document
from monitor.cases.models.respondents import Respondent
from monitor.cases.models.tasks import Task


class Versioned(Recorded):
    """What several people write into. It is withdrawn, never deleted."""

    version = models.PositiveIntegerField(default=1)
    """Goes up with every change, so that whoever edits an older one is told."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def head(self) -> "Abroad":
        """The row of a register that it is, or is part of."""
        raise NotImplementedError


class Abroad(Versioned):
    """A row of a register."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Whose it is: the chamber or the firm that entered it."""
    documents = models.ManyToManyField(Document)
    """Each is seen by whom its own wall lets see it."""
    tasks = models.ManyToManyField(Task)
    """What follows from it."""

    class Meta:
        abstract = True

    @property
    def head(self) -> "Abroad":
        return self

    def concerns(self) -> list[Organisation]:
        return [self.organisation]


# --- Contacts ------------------------------------------------------------------------------------


class Contact(Abroad):
    """交涉记录: that somebody of ours met somebody, and what each said."""

    day = models.DateField()
    side = models.CharField(max_length=7, choices=words.Side)
    ours = models.CharField(max_length=300, blank=True)
    """The people who went."""
    whom = models.CharField(max_length=10, choices=words.Whom)
    body = models.CharField(max_length=300)
    """The organisation that they met."""
    country = models.CharField(max_length=4)
    """ISO 3166, or EU, EAEU."""
    people = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=7, choices=words.Channel)
    place = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300)
    position = models.TextField(blank=True)
    """What we said."""
    said = models.TextField(blank=True)
    """What they said."""
    audience = models.CharField(
        max_length=8, choices=words.Audience, default=words.Audience.CHAMBERS
    )

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.subject

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_register(actor)


class Pledge(Versioned):
    """A promise that was made on an occasion: to us or by us."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="pledges")
    is_ours = models.BooleanField()
    """We promised."""
    who = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=500)
    until = models.DateField(null=True)
    result = models.CharField(max_length=9, choices=words.Result, default=words.Result.OPEN)
    result_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = [models.F("until").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def head(self) -> Abroad:
        return self.contact

    def concerns(self) -> list[Organisation]:
        return [self.contact.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_register(actor, "contact__")


# --- Undertakings --------------------------------------------------------------------------------


class Undertaking(Abroad):
    """价格承诺、中止协议: what firms undertake in place of a duty."""

    kind = models.CharField(max_length=10, choices=words.Deal)
    authority = models.CharField(max_length=200)
    goods = models.CharField(max_length=300)
    firms = models.ManyToManyField(Respondent)
    """Whom it covers."""
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    indexing = models.TextField(blank=True)
    """How the floor moves: index, base, threshold, how often."""
    terms = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=words.DealStatus, default=words.DealStatus.OFFERED
    )
    status_on = models.DateField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.authority} · {self.goods}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_strategy(actor, firms="undertaking")


class Floor(Versioned):
    """The price below which nothing may be sold, from a day to a day. Another price is another
    row."""

    withheld = frozenset({"amount"})

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="floors")
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="floors"
    )
    """Whose alone it is; null: of all whom the undertaking covers."""
    model = models.CharField(max_length=120, blank=True)
    """Type or model; empty: all that have no floor of their own."""
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    currency = models.CharField(max_length=3)
    """ISO 4217."""
    unit = models.CharField(max_length=5, choices=words.Unit)
    incoterm = models.CharField(max_length=3)
    first = models.DateField()
    last = models.DateField(null=True)
    """Null: until another is fixed."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["model", "-first", "-pk"]

    def __str__(self) -> str:
        return f"floor {self.pk}"

    @property
    def head(self) -> Abroad:
        return self.undertaking

    def concerns(self) -> list[Organisation]:
        firm = self.respondent.concerns() if self.respondent else []
        return list(dict.fromkeys([self.undertaking.organisation, *firm]))

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_firm(actor, "undertaking__", firms="undertaking")


# --- Exclusions ----------------------------------------------------------------------------------


class Exclusion(Abroad):
    """排除申请: that goods be let off a measure."""

    programme = models.CharField(max_length=13, choices=words.Programme)
    measure = models.CharField(max_length=200, blank=True)
    """Which list, order or regulation."""
    product = models.TextField()
    """As it is described to the authority."""
    codes = models.JSONField(default=list)
    """HS or tariff codes, digits alone."""
    requester = models.CharField(max_length=8, choices=words.Requester)
    requester_name = models.CharField(max_length=200, blank=True)
    docket = models.CharField(max_length=120, blank=True)
    filed_on = models.DateField(null=True)
    reasons = models.JSONField(default=list)
    """Words of `words.Reason`."""
    grounds = models.TextField(blank=True)
    supporters = models.TextField(blank=True)
    objections = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    valid_until = models.DateField(null=True)
    renew_by = models.DateField(null=True)
    """By when it has to be asked for anew, where somebody knows."""
    renewal = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        max_length=9, choices=words.RequestStatus, default=words.RequestStatus.PREPARING
    )
    status_on = models.DateField()
    audience = models.CharField(
        max_length=8, choices=words.Audience, default=words.Audience.CHAMBERS
    )

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.product[:80]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of_register(actor)
