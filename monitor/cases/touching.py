"""Which bases measures touch, and what of which firms is at stake: read out of the impacts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from monitor.bases.models import Base, Chamber
from monitor.impact.models import Impact, Level
from monitor.notices.models import Measure

ZERO = Decimal(0)


@dataclass(frozen=True)
class Touching:
    """`impacts`: the newest of each measure and base, the most money first."""

    impacts: list[Impact]

    @property
    def bases(self) -> list[Base]:
        return list({impact.base_id: impact.base for impact in self.impacts}.values())

    def chambers(self, levels: Iterable[str] = ()) -> list[Chamber]:
        """Those that somebody acts for, whose base is touched (at one of the levels), the one with
        the most money first."""
        wanted = set(levels)
        worth = {
            impact.base_id: impact.exposure_usd
            for impact in reversed(self.impacts)
            if not wanted or impact.level in wanted
        }
        rows = Chamber.objects.filter(bases__in=list(worth)).exclude(organisation=None)
        found = rows.select_related("organisation").prefetch_related("bases").distinct()
        return sorted(
            found,
            key=lambda chamber: (
                -max(worth.get(base.pk, ZERO) for base in chamber.bases.all()),
                chamber.pk,
            ),
        )

    def firms(self) -> dict[int, Decimal]:
        """By enterprise, its exports of the goods: of one base they are those that either measure
        touches, not their sum."""
        worth: dict[int, dict[int, dict[int, Decimal]]] = {}
        for impact in self.impacts:
            for firm in impact.firms:
                of_measure = worth.setdefault(firm["id"], {})
                by_base = of_measure.setdefault(impact.entry.measure_id, {})
                by_base[impact.base_id] = Decimal(firm["value_usd"])
        return {
            firm: max(sum(by_base.values(), ZERO) for by_base in of_measure.values())
            for firm, of_measure in worth.items()
        }


def touching(measures: Iterable[Measure]) -> Touching:
    """What only may come, or was withdrawn, touches nobody."""
    rows = (
        Impact.objects.filter(entry__measure__in=list(measures))
        .exclude(level=Level.WATCH)
        .select_related("base", "entry__notice", "entry__measure")
        .defer("entry__notice__body", "entry__notice__abstract")
        .order_by("entry__notice__published", "pk")
    )
    newest = {(impact.entry.measure_id, impact.base_id): impact for impact in rows}
    return Touching(sorted(newest.values(), key=lambda impact: -impact.exposure_usd))
