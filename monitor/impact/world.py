"""What a batch of notices is assessed against: the bases, their goods, their exports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db.models import Count, Max, Sum

from monitor.bases.flows import Exposure, Flows
from monitor.bases.models import Base, Enterprise, ExportFlow
from monitor.deadlines.library import Library
from monitor.impact import levels
from monitor.impact.levels import Levels
from monitor.impact.matching import Depth, Goods, Limits


@dataclass(frozen=True)
class Home:
    """A base with its goods. `names`: of its product lines, Chinese and English. `words`: of the
    lines that are only a part of their code, those that a notice must name (`wording`)."""

    base: Base
    goods: Goods
    names: Mapping[str, tuple[str, str]]
    total: Decimal
    as_of: date | None
    sample: bool
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class House:
    """What the deployer decided: levels and legal calendars."""

    levels: Levels
    calendar: Library

    @classmethod
    def load(cls) -> Self:
        """The files of the settings. Raises `RulesError`."""
        return cls(
            levels.load(Path(settings.FENGHUO_LEVELS)),
            Library.load(Path(settings.FENGHUO_DEADLINES)),
        )

    @cached_property
    def limits(self) -> Limits:
        file = self.levels.file
        weights = {depth: getattr(file.weights, depth.value) for depth in Depth}
        return Limits(weights, file.floors.any, file.floors.chapter, file.residual.subheadings)


class Remembered:
    """Flows kept from one batch to the next, until a row is added, removed or given another value
    (the cell that a row stands for never changes)."""

    def __init__(self) -> None:
        self._mark: tuple[object, ...] | None = None
        self._flows: Flows | None = None

    def flows(self, as_of: date) -> Flows:
        """`as_of`: no month after it counts."""
        rows = ExportFlow.objects.aggregate(
            Count("pk"), Max("pk"), Sum("value_usd"), Sum("quantity"), Sum("base")
        )
        mark = (as_of, *rows.values())
        if self._flows is None or mark != self._mark:
            self._flows, self._mark = Flows.load(as_of), mark
        return self._flows


class World:
    """The bases and what they export. `firms`: id, name_zh, name_en by primary key."""

    def __init__(
        self, flows: Flows, homes: Sequence[Home], firms: Mapping[int, Mapping[str, object]]
    ) -> None:
        self.flows = flows
        self.homes = homes
        self.firms = firms
        self._exposures: dict[tuple[int, frozenset[str], tuple[str, ...]], Exposure] = {}

    @classmethod
    def load(cls, flows: Flows) -> Self:
        names = Enterprise.objects.values_list("pk", "name_zh", "name_en")
        return cls(
            flows,
            [_home(base, flows) for base in Base.objects.prefetch_related("lines")],
            {pk: {"id": pk, "name_zh": zh, "name_en": en} for pk, zh, en in names},
        )

    def near(self, chapters: Iterable[str]) -> list[Home]:
        """The bases with goods in any of the chapters."""
        wanted = set(chapters)
        return [home for home in self.homes if not wanted.isdisjoint(home.goods.by_chapter)]

    def exposure(self, base: int, hs6s: Iterable[str], markets: Sequence[str]) -> Exposure:
        """Remembered: many notices ask for the same goods in the same markets."""
        key = (base, frozenset(hs6s), tuple(markets))
        if key not in self._exposures:
            self._exposures[key] = self.flows.exposure(base, key[1], key[2])
        return self._exposures[key]


def _home(base: Base, flows: Flows) -> Home:
    lines = list(base.lines.all())
    return Home(
        base=base,
        goods=Goods(frozenset(line.hs for line in lines), frozenset(flows.base_hs6(base.pk))),
        names={line.hs: (line.name_zh, line.name_en) for line in lines},
        words={line.hs: line.words for line in lines if line.words},
        total=flows.base_total(base.pk),
        as_of=flows.as_of_month(base.pk),
        sample=base.sample or flows.sample(base.pk),
    )
