"""The money behind a base's matches: exports of the touched goods, weighted by depth."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitor.bases.flows import Exposure
from monitor.impact.matching import Match
from monitor.impact.world import Home, World

CENT = Decimal("0.01")
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Weighed:
    """Twelve months' exports of the matched goods to the markets."""

    usd: Decimal
    """Weighted by depth; so are the firms'. `whole` and `by_good` are not."""
    share: Decimal
    whole: Exposure
    by_good: Mapping[str, Decimal]
    firms: list[dict[str, Any]]

    def value(self, found: Match) -> Decimal:
        return self.by_good.get(found.good, Decimal(0))

    def most_first(self, matches: Sequence[Match]) -> list[Match]:
        return sorted(matches, key=self.value, reverse=True)


def weigh(matches: Sequence[Match], home: Home, markets: Sequence[str], world: World) -> Weighed:
    goods = defaultdict[Decimal, list[str]](list)
    for found in matches:
        if found.exported:
            goods[found.weight].append(found.good)
    parts = {w: world.exposure(home.base.pk, goods[w], markets) for w in goods}
    usd = sum((part.value_usd * w for w, part in parts.items()), Decimal(0)).quantize(CENT)
    exported = [good for codes in goods.values() for good in codes]
    whole = world.exposure(home.base.pk, exported, markets)
    return Weighed(usd, _share(usd, home.total), whole, whole.by_hs6, _firms(parts, world))


def _share(usd: Decimal, total: Decimal) -> Decimal:
    return min(usd / total, Decimal(1)).quantize(MILLIONTH) if total else Decimal(0)


def _firms(parts: Mapping[Decimal, Exposure], world: World) -> list[dict[str, Any]]:
    values = defaultdict[int, Decimal](Decimal)
    for weight, part in parts.items():
        for firm, value in part.firms:
            values[firm] += value * weight
    most_first = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {**world.firms[firm], "value_usd": str(value.quantize(CENT))}
        for firm, value in most_first
        if value
    ]
