"""What the firms of a mandate weigh where its costs are shared.

Exports are a firm's own to show. They weigh where the firm shows its figures to whoever gave the
mandate; and even then only where the others cannot work them out from the sum, or from what the sum
was before somebody joined or left (`monitor.bases.confidential`). Else the firm states a weight
itself, which is its consent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Role
from monitor.bases.confidential import is_open
from monitor.cases.counsel.words import Rule
from monitor.cases.models import CostShare, Mandate, MandateFirm
from monitor.cases.stakes import stakes

ONE = Decimal(1)
Known = Mapping[int, tuple[Decimal, bool]]
"""By firm, what it weighs, and whether that is a figure that it shows."""


class Missing(StrEnum):
    """Why a firm has no weight yet."""

    NO_FIGURE = "no_figure"
    """Nothing is known of its exports."""
    NOT_SHOWN = "not_shown"
    FEW = "few"
    """It shows them, but the others could work them out."""
    LEFT = "left"
    """So they could those of a firm that has left."""
    NO_BENEFIT = "no_benefit"
    """Nobody has written down what it has of it."""


@dataclass(frozen=True)
class Weight:
    """Either `value`, or why there is `missing`. `from_figures`: a figure that the firm shows."""

    firm: MandateFirm
    value: Decimal | None = None
    missing: Missing | None = None
    from_figures: bool = False


def weigh(mandate: Mandate, rule: Rule, firms: Sequence[MandateFirm]) -> list[Weight]:
    """`firms`: with their respondents. For whoever gave the mandate, whoever acts: what they may
    read of a firm decides."""
    match rule:
        case Rule.EQUAL:
            return [Weight(firm, ONE) for firm in firms]
        case Rule.BY_BENEFIT:
            return [_benefit(firm) for firm in firms]
        case Rule.BY_EXPORTS:
            return _not_worked_out(_exports(mandate, firms), _before(mandate))


def _benefit(firm: MandateFirm) -> Weight:
    if firm.benefit is None:
        return Weight(firm, missing=Missing.NO_BENEFIT)
    return Weight(firm, firm.benefit)


def _exports(mandate: Mandate, firms: Sequence[MandateFirm]) -> list[Weight]:
    giver = Actor(organisation=mandate.organisation, role=Role.OFFICER)
    shown = stakes([firm.respondent for firm in firms], giver)
    found = []
    for firm in firms:
        value = shown.get(firm.respondent_id)
        if firm.exports_usd is not None:
            found.append(Weight(firm, firm.exports_usd))
        elif isinstance(value, Decimal):
            found.append(Weight(firm, value, from_figures=True))
        else:
            why = Missing.NO_FIGURE if value is None else Missing.NOT_SHOWN
            found.append(Weight(firm, missing=why))
    return found


def _not_worked_out(weights: Sequence[Weight], before: Sequence[Known]) -> list[Weight]:
    """Those that nobody can subtract from what they were told. `before`: what earlier costs of the
    mandate were divided by."""
    now = {each.firm.pk: (each.value, each.from_figures) for each in weights if each.value}
    closed, left = set[int](), False
    if len(weights) > 1 and not _is_open(now):
        closed |= now.keys()
    for then in before:
        joined = {pk: now[pk] for pk in now.keys() - then.keys()}
        gone = {pk: then[pk] for pk in then.keys() - now.keys()}
        if not _is_open(joined | gone):
            closed |= joined.keys()
            left = left or any(shown for _value, shown in gone.values())
    if left:
        return [Weight(each.firm, missing=Missing.LEFT) for each in weights]
    few = (each.from_figures and each.firm.pk in closed for each in weights)
    return [
        Weight(each.firm, missing=Missing.FEW) if hide else each
        for each, hide in zip(weights, few, strict=True)
    ]


def _is_open(known: Known) -> bool:
    """Also where nobody's figures are in it: what is stated is stated for the others to see."""
    if not any(shown for _value, shown in known.values()):
        return True
    return is_open({pk: value for pk, (value, _shown) in known.items()})


def _before(mandate: Mandate) -> list[Known]:
    """One that was borne by a single firm told that firm nothing."""
    found: defaultdict[int, dict[int, tuple[Decimal, bool]]] = defaultdict(dict)
    rows = CostShare.objects.filter(cost__mandate=mandate, cost__rule__rule=Rule.BY_EXPORTS)
    with opened():  # read by the house, to know what to keep from the firms
        for cost, firm, weight, shown in rows.exclude(weight=0).values_list(
            "cost", "firm", "weight", "from_figures"
        ):
            found[cost][firm] = (weight, shown)
    return [each for each in found.values() if len(each) > 1]
