"""Whose exports: bases, their product lines, chambers, member enterprises and export flows."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class Base(Recorded):
    """出口基地: a provincial export base."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    cities = models.JSONField(default=list)
    """设区市, Chinese names."""
    position = models.PositiveSmallIntegerField(default=0)
    sample = models.BooleanField(default=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_zh


class ProductLine(Recorded):
    """What a base makes: an HS2022 chapter, heading or subheading, with the trade's name for it.

    `words`: where the code holds much else, the Chinese and English words of which a notice must
    name one to mean these goods; empty: all of the code is meant.
    """

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="lines")
    hs = models.CharField(max_length=6)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    words = models.JSONField(default=list, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "hs"], name="line_base_hs")]
        ordering = ["hs"]


class Chamber(Recorded):
    """商会: speaks for one base or several."""

    name_zh = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=200)
    bases = models.ManyToManyField(Base, related_name="chambers")
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, related_name="chamber"
    )
    """Null: nobody acts for it yet."""
    sample = models.BooleanField(default=False)

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_zh

    def concerns(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else []


class Enterprise(Recorded):
    """会员企业: a member firm, with what the plan's forms ask of it.

    Walled: whoever may read the firm sees the row; `annual_export_usd` is a figure, which
    `monitor.bases.figures` gives out.
    """

    withheld = frozenset({"annual_export_usd", "contact", "phone", "email", "legal_representative"})

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, related_name="enterprise"
    )
    """Null: nobody acts for it yet, and no reader sees it."""

    name_zh = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=300, blank=True)
    uscc = models.CharField(max_length=18, unique=True, null=True)
    """统一社会信用代码 (GB 32100-2015)."""
    city = models.CharField(max_length=40, blank=True)
    products = models.TextField(blank=True)
    hs_codes = models.JSONField(default=list)
    markets = models.JSONField(default=list)
    annual_export_usd = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    legal_representative = models.CharField(max_length=120, blank=True)
    """法定代表人."""
    address = models.CharField(max_length=300, blank=True)
    employees = models.PositiveIntegerField(null=True)
    certifications = models.TextField(blank=True)
    """认证: ISO 9001, CE, FSC…"""
    bases = models.ManyToManyField(Base, related_name="enterprises")
    sample = models.BooleanField(default=False)

    objects = RecordedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_zh

    def concerns(self) -> list[Organisation]:
        return [self.organisation] if self.organisation else []

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.READ_FIRM)


class ExportFlow(models.Model):
    """Exports of one HS6 to one market in one month, of a base or of one firm in it.

    A base's total is the row without a firm; the firms' rows are part of it, never added to it.
    Walled: totals are for whoever may read bases, a firm's rows for whoever may read its figures.
    """

    # No index of their own: those below begin with them.
    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="flows", db_index=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="flows", null=True, db_index=False
    )
    hs6 = models.CharField(max_length=6)
    market = models.CharField(max_length=2)
    month = models.DateField()
    """The first day of the month."""
    value_usd = models.DecimalField(max_digits=16, decimal_places=2)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=12, blank=True)
    sample = models.BooleanField(default=False)

    objects = WalledQuerySet.as_manager()

    class Meta:
        # Two, since SQLite holds every NULL for another one: a base's total is there once as well.
        constraints = [
            models.UniqueConstraint(
                fields=["base", "hs6", "market", "month"],
                name="flow_cell_base",
                condition=models.Q(enterprise=None),
            ),
            models.UniqueConstraint(
                fields=["enterprise", "base", "hs6", "market", "month"],
                name="flow_cell_firm",
                condition=models.Q(enterprise__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["base", "month"])]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        totals = Q(enterprise=None) if actor.may(Action.READ_BASES) else None
        firms = of(actor, Action.READ_FIGURES, "enterprise__organisation")
        return totals | firms if totals and firms else totals or firms
