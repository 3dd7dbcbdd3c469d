"""Which warnings are live, and what they put at stake together."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from monitor.impact.models import Impact

RECENT = timedelta(days=180)
"""A warning without a legal date ahead stays live for as long as this after its publication."""


def live(impacts: QuerySet[Impact], today: date) -> QuerySet[Impact]:
    """Those with a legal date ahead or published recently, and not overtaken.

    A later notice of the same measure overtakes an impact where it changed something that people
    act on; a correction without consequence does not.
    """
    current = Q(next_date__gte=today) | Q(entry__notice__published__gte=today - RECENT)
    later = Impact.objects.filter(
        base=OuterRef("base"),
        entry__measure=OuterRef("entry__measure"),
        entry__notice__published__gt=OuterRef("entry__notice__published"),
        entry__notice__published__lte=today,
    ).exclude(entry__change=[])
    touched = impacts.exclude(matches=[])
    return touched.filter(current, entry__notice__published__lte=today).exclude(Exists(later))


def stake(impacts: Iterable[Mapping[str, Any]]) -> Decimal:
    """The exports, in USD, that any of the impacts of one base touches, each counted once.

    Takes rows with `matches` and `markets`. An anti-dumping and a countervailing case on the same
    product put the same exports at stake: money is counted per HS6 and set of markets, where a
    union (EU) takes in what its members (DE) would add.
    """
    cells: dict[tuple[str, frozenset[str]], Decimal] = {}
    for impact in impacts:
        markets = frozenset(impact["markets"])
        for match in impact["matches"]:
            cell = (match["hs6"], markets)
            money = Decimal(match["value_usd"]) * Decimal(str(match["weight"]))
            cells[cell] = max(money, cells.get(cell, Decimal(0)))
    return sum((cells[cell] for cell in cells if not _covered(cell, cells)), Decimal(0))


def _covered(
    cell: tuple[str, frozenset[str]], cells: dict[tuple[str, frozenset[str]], Decimal]
) -> bool:
    hs6, markets = cell
    return any(other == hs6 and markets < wider for other, wider in cells)
