"""Which of the firms that a measure touches a reader is told of, and with which figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.bases.confidential import CONFIDENTIAL, Shown
from monitor.bases.models import Enterprise
from monitor.impact.models import Impact


@dataclass(frozen=True)
class Firm:
    pk: int
    name_zh: str
    name_en: str
    value_usd: Shown


@dataclass(frozen=True)
class Told:
    """The firms that the reader sees, most money first, and how many others there are."""

    firms: Sequence[Firm]
    others: int


def told(impacts: Iterable[Impact], actor: Actor) -> Mapping[int, Told]:
    """By impact. Two queries, however many. A chamber knows its members by name; their figures only
    if they share them."""
    impacts = list(impacts)
    touched = {firm["id"] for impact in impacts for firm in impact.firms}
    named = Enterprise.objects.for_actor(actor).filter(pk__in=touched)
    seen = set(named.values_list("pk", flat=True)) if touched else set()
    figures = of(actor, Action.READ_FIGURES) if seen else None
    open_ = set(named.filter(figures).values_list("pk", flat=True)) if figures else set()
    return {impact.pk: _told(impact.firms, seen, open_) for impact in impacts}


def _told(rows: Sequence[Mapping[str, Any]], seen: set[int], open_: set[int]) -> Told:
    firms = [
        Firm(
            row["id"],
            row["name_zh"],
            row["name_en"],
            Decimal(row["value_usd"]) if row["id"] in open_ else CONFIDENTIAL,
        )
        for row in rows
        if row["id"] in seen
    ]
    return Told(_without_order(firms), len(rows) - len(firms))


def _without_order(firms: list[Firm]) -> list[Firm]:
    """Those whose figure is confidential by their name: the order of `Impact.firms` is by money."""
    shown = [firm for firm in firms if firm.value_usd is not CONFIDENTIAL]
    hidden = [firm for firm in firms if firm.value_usd is CONFIDENTIAL]
    return shown + sorted(hidden, key=lambda firm: firm.name_zh)
