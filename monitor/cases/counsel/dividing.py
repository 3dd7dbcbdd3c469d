"""An amount divided by weights, to the smallest unit of its currency: the parts sum exactly.

By the method of largest remainders (Hamilton): everybody gets the whole units of their quota; what
is left goes, a unit each, to the largest remainders, of equal ones to the heavier, then to the
smaller key. Whoever weighs more never bears less, and the order of the weights decides nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from monitor.cases.counsel.currencies import rounded, unit

HUNDRED = Decimal(100)


class NothingToDivideByError(ValueError):
    """Nobody shares, or nobody weighs anything."""


def divided(amount: Decimal, weights: Mapping[int, Decimal], currency: str) -> dict[int, Decimal]:
    """By key of the weights. A negative amount is divided as the positive one, with its sign.

    Raises NothingToDivideByError; ValueError where a weight is negative, or the amount has more
    decimals than its currency.
    """
    smallest = unit(currency)
    if amount % smallest:
        raise ValueError(f"{amount} {currency}: no amount of this currency")
    if min(weights.values(), default=Decimal(0)) < 0:
        raise ValueError("a weight is not negative")
    total = sum(weights.values(), Decimal(0))
    if not total:
        raise NothingToDivideByError
    units = int(abs(amount) / smallest)
    quotas = {key: Fraction(weight) * units / Fraction(total) for key, weight in weights.items()}
    whole = {key: int(quota) for key, quota in quotas.items()}
    left = units - sum(whole.values())
    first = sorted(quotas, key=lambda key: (whole[key] - quotas[key], -weights[key], key))
    for key in first[:left]:
        whole[key] += 1
    sign = -1 if amount < 0 else 1
    return {key: sign * count * smallest for key, count in whole.items()}


def percentage(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    """What somebody bears who bears a percentage, rounded half up."""
    return rounded(amount * percent / HUNDRED, currency)


def up_to(amount: Decimal, left: Decimal) -> Decimal:
    """What somebody bears who bears a sum in all, of which this much is left."""
    return max(min(amount, left), Decimal(0))
