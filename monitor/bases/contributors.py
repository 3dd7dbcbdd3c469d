"""Who makes up the exports of a base, and which readers need not care."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum, prefetch_related_objects

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.bases.confidential import Figure, figure
from monitor.bases.models import ExportFlow

CENT = Decimal("0.01")

Cell = tuple[Any, ...]


@dataclass(frozen=True)
class Sight:
    """The bases of which a reader sees every sum, however few firms make it up."""

    everywhere: bool = False
    bases: frozenset[int] = frozenset()

    def whole(self, base: int) -> bool:
        """`base`: its primary key."""
        return self.everywhere or base in self.bases


def sight(actor: Actor) -> Sight:
    """One query for whoever acts for a chamber, however often it is asked; else none."""
    whose = actor.whose(Action.READ_TOTALS)
    if Whose.ANY in whose:
        return Sight(everywhere=True)
    return Sight(bases=_spoken_for(actor)) if Whose.OWN in whose else Sight()


def _spoken_for(actor: Actor) -> frozenset[int]:
    """The bases of the chamber. They stay with the organisation, of which a request has one."""
    own = actor.organisation
    if own is None:
        return frozenset()
    prefetch_related_objects([own], "chamber__bases")
    chamber = getattr(own, "chamber", None)
    return frozenset(base.pk for base in chamber.bases.all()) if chamber else frozenset()


def figures(
    totals: Mapping[Cell, Decimal], rows: QuerySet[ExportFlow], fields: Iterable[str]
) -> dict[Cell, Figure]:
    """The cells with their contributors. `totals`: the bases' own exports by the values of these
    fields; `rows`: the bases' flows, of which the firms' are taken. One query.

    For judging what may be shown: what comes of it is not.
    """
    parts = _firms(rows, list(fields))
    return {cell: figure(total, parts.get(cell, {})) for cell, total in totals.items()}


def _firms(rows: QuerySet[ExportFlow], fields: list[str]) -> Mapping[Cell, dict[int, Decimal]]:
    summed = rows.exclude(enterprise=None).order_by().values_list("enterprise", *fields)
    found: defaultdict[Cell, dict[int, Decimal]] = defaultdict(dict)
    with opened():  # read by the house, to know what to keep from the reader
        for firm, *cell, value in summed.annotate(value=Sum("value_usd")):
            found[tuple(cell)][firm] = value.quantize(CENT)
    return found
