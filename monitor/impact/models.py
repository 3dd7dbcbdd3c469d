"""Whose exports are touched, by how much, and how loud to say so."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from monitor.impact.veil import veil
from monitor.jobs.rooms import ready_index, state_field
from monitor.notices.models import Entry


class Level(models.TextChoices):
    """红橙黄蓝, loudest first; `watch` (关注): not against our exports today, but it may come."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    WATCH = "watch"


LOUDNESS = {level: rank for rank, level in enumerate(reversed(Level), start=1)}
"""Red 5 … watch 1."""


class ImpactQuerySet(WalledQuerySet["Impact"]):
    """Whoever it is asked for gets its rows veiled (`monitor.impact.veil`). Values that are picked
    from rows (`values`, `values_list`) are not: they are for reckoning, and for ordering."""

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None
        super()._fetch_all()
        if is_fresh and self._result_cache:
            self._veil(*self._result_cache)

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        for row in super().iterator(chunk_size):
            self._veil(row)
            yield row

    def _veil(self, *rows: Any) -> None:
        if self._asked_for is not None:
            veil([row for row in rows if isinstance(row, Impact)], self._asked_for)


class Impact(models.Model):
    """A measure's event and a base: matched codes, money, firms, level, reasons.

    Walled: for whoever may read bases, its figures as `monitor.impact.veil` says; of `firms` a
    reader is told what `monitor.impact.told` says.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="impacts")
    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="impacts")
    level = models.CharField(max_length=6, choices=Level)
    loudness = models.PositiveSmallIntegerField()
    """`LOUDNESS[level]`, so that the database can order by it."""
    markets = models.JSONField()
    """ISO 3166 codes whose flows were counted (a union is its members)."""
    matches = models.JSONField()
    """[{"hs6", "claim", "depth": "hs6"|"heading"|"chapter", "weight", "probability", "evidence",
    "value_usd", "product_line"}], most money first. `value_usd`: before weighting; money and weight
    as text. `hs6`: where nothing is exported, the narrower of claim and line (two digits or more);
    `product_line`: the code of the line that names it, or null."""
    exposure_usd = models.DecimalField(max_digits=16, decimal_places=2)
    """Last twelve months' exports of the matched codes to the markets, weighted by depth."""
    share = models.DecimalField(max_digits=7, decimal_places=6)
    """`exposure_usd` of the base's exports to all markets in the same twelve months, 0 to 1."""
    firms = models.JSONField(default=list)
    """[{"id", "name_zh", "name_en", "value_usd"}], most money first, weighted by depth."""
    unit_value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    """USD per `unit` over the last twelve months; null where units differ or none is known."""
    unit = models.CharField(max_length=12, blank=True)
    unit_value_change = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    """Against the twelve months before, e.g. -0.0512."""
    as_of_month = models.DateField(null=True)
    """The last month that the flows reach; null where the base has none."""
    next_date = models.DateField(null=True)
    next_date_what = models.JSONField(null=True)
    """{"source": "printed"|"computed", "kind", "zh", "en", "verified"}; printed: also "printed";
    computed: also "rule", "who", "basis", "citation". `verified` is false where nobody has checked
    the rule against the law yet."""
    reasons = models.JSONField()
    """[{"code", "params"}]: sentences are made of them in the reader's language."""
    sample = models.BooleanField(default=False)
    """Some of the figures are sample data."""
    assessed_at = models.DateTimeField()
    warn_state = state_field()

    objects = ImpactQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "base"], name="impact_entry_base")]
        indexes = [
            ready_index("impact_warn_ready", "warn_state"),
            models.Index(fields=["base", "-loudness", "-exposure_usd"]),
        ]

    def __str__(self) -> str:
        return f"{self.base_id}: {self.entry_id}"

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return Q() if actor.may(Action.READ_BASES) else None
