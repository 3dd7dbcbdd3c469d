"""The figures of an impact as a reader gets them: those that few firms make up are taken out."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import CONFIDENTIAL, Figure, figure, is_open
from monitor.bases.contributors import sight

if TYPE_CHECKING:
    # Its rows are veiled where they are fetched.
    from monitor.impact.models import Impact

FIGURES = ("exposure_usd", "share", "unit_value", "unit_value_change")
NEEDED = frozenset({"exposure_usd", "firms"})


def veil(impacts: Iterable["Impact"], actor: Actor) -> None:
    """Puts `CONFIDENTIAL` in the place of what the actor must not see, in rows that are to be read
    only: one that is saved afterwards is refused by its fields.

    Of several matches each is hidden: what an impact keeps of its firms does not say which match
    they are in. `monitor.web.exports` finds it out from the flows.
    """
    seen = sight(actor)
    for impact in impacts:
        if not seen.whole(impact.base_id):
            _veil(impact)


def _veil(impact: "Impact") -> None:
    deferred = impact.get_deferred_fields()
    open_ = not (deferred & NEEDED) and is_open(stake_of(impact))
    if not open_:
        for name in FIGURES:
            if name in deferred or getattr(impact, name) is not None:
                setattr(impact, name, CONFIDENTIAL)
        if "reasons" not in deferred:
            impact.reasons = [_silenced(reason) for reason in impact.reasons]
    if "matches" not in deferred and not (open_ and len(impact.matches) == 1):
        impact.matches = [without_value(match) for match in impact.matches]


def stake_of(impact: "Impact") -> Figure:
    """Who contributes how much to its exposure, weighted as that is."""
    firms = {firm["id"]: Decimal(firm["value_usd"]) for firm in impact.firms}
    return figure(impact.exposure_usd, firms)


def without_value(match: dict[str, Any]) -> dict[str, Any]:
    """Nothing is nobody's figure, and stays."""
    return match | {"value_usd": CONFIDENTIAL} if Decimal(match["value_usd"]) else match


def _silenced(reason: dict[str, Any]) -> dict[str, Any]:
    if reason["code"] != "exposure":
        return reason
    params = {name: reason["params"][name] for name in ("market", "as_of")}
    return {"code": "exposure_confidential", "params": params}
