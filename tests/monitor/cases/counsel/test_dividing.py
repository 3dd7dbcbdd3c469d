"""What is divided sums to what there was, and whoever weighs more bears no less."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.counsel.currencies import PLACES, unit
from monitor.cases.counsel.dividing import NothingToDivideByError, divided, percentage, up_to

CURRENCIES = st.sampled_from(sorted(PLACES))
UNITS = st.integers(-(10**12), 10**12)
WEIGHTS = st.dictionaries(
    st.integers(1, 10**6),
    st.decimals(0, 10**12, places=2, allow_nan=False),
    min_size=1,
    max_size=12,
).filter(lambda weights: any(weights.values()))


@given(UNITS, CURRENCIES, WEIGHTS)
def test_parts_sum_to_the_amount(units: int, currency: str, weights: dict[int, Decimal]) -> None:
    amount = units * unit(currency)
    parts, total = divided(amount, weights, currency), sum(weights.values())
    assert sum(parts.values()) == amount
    assert parts.keys() == weights.keys()
    assert all(part % unit(currency) == 0 for part in parts.values())
    for key, weight in weights.items():  # nobody is off their quota by a unit
        assert abs(parts[key] / unit(currency) * total - units * weight) < total or not weight


@given(UNITS, CURRENCIES, WEIGHTS)
def test_whoever_weighs_more_bears_no_less(
    units: int, currency: str, weights: dict[int, Decimal]
) -> None:
    parts = divided(abs(units) * unit(currency), weights, currency)
    back = divided(-abs(units) * unit(currency), weights, currency)
    assert back == {key: -part for key, part in parts.items()}  # a counter entry takes it back
    in_order = [parts[key] for key in sorted(weights, key=lambda key: (weights[key], -key))]
    assert in_order == sorted(in_order)


@given(UNITS, WEIGHTS, st.randoms())
def test_the_order_of_the_firms_decides_nothing(
    units: int, weights: dict[int, Decimal], chance: object
) -> None:
    shuffled = list(weights.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    amount = units * unit("CNY")
    assert divided(amount, dict(shuffled), "CNY") == divided(amount, weights, "CNY")


def test_a_hundred_among_three() -> None:
    thirds = divided(Decimal("100.00"), dict.fromkeys((7, 8, 9), Decimal(1)), "USD")
    assert thirds == {7: Decimal("33.34"), 8: Decimal("33.33"), 9: Decimal("33.33")}
    assert divided(Decimal(100), dict.fromkeys((1, 2, 3), Decimal(1)), "JPY")[1] == 34


def test_what_cannot_be_divided_is_refused() -> None:
    with pytest.raises(NothingToDivideByError):
        divided(Decimal(1), {1: Decimal(0)}, "USD")
    with pytest.raises(NothingToDivideByError):
        divided(Decimal(1), {}, "USD")
    with pytest.raises(ValueError, match="no amount"):
        divided(Decimal("0.5"), {1: Decimal(1)}, "JPY")
    with pytest.raises(ValueError, match="negative"):
        divided(Decimal(1), {1: Decimal(-1), 2: Decimal(3)}, "USD")


def test_the_part_that_somebody_else_bears() -> None:
    assert percentage(Decimal("333.33"), Decimal("12.5"), "USD") == Decimal("41.67")
    assert percentage(Decimal(101), Decimal(50), "KRW") == 51
    assert up_to(Decimal(80), Decimal(100)) == 80
    assert up_to(Decimal(80), Decimal(30)) == 30
    assert up_to(Decimal(80), Decimal(-1)) == 0
