"""A price against the floors that were entered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.abroad.floors import Price, Verdict, check, held

DAY = date(2025, 6, 3)
AMOUNTS = st.decimals("0.01", "100000", places=4)
MASSES = st.sampled_from(["t", "kg", "lb"])


@dataclass(frozen=True)
class Floor:
    amount: Decimal
    unit: str = "t"
    currency: str = "USD"
    incoterm: str = "FOB"
    first: date = DAY
    last: date | None = None
    model: str = ""
    respondent_id: int | None = None


def price(amount: str | Decimal, unit: str = "t", **given: str) -> Price:
    fields = {"currency": "USD", "incoterm": "FOB", **given}
    return Price(Decimal(amount), unit=unit, **fields)


def test_below_by_so_much_a_tonne() -> None:
    checked = check([Floor(Decimal("830.5"))], price("827.3"), DAY)
    assert (checked.verdict, checked.below) == (Verdict.BELOW, Decimal("3.2"))
    assert check([Floor(Decimal("830.5"))], price("0.8305", "kg"), DAY).verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (price("900", currency="EUR"), Verdict.OTHER_CURRENCY),
        (price("900", incoterm="CIF"), Verdict.OTHER_INCOTERM),
        (price("900", "m3"), Verdict.OTHER_UNIT),
    ],
)
def test_what_cannot_be_compared_is_not_compared(asked: Price, verdict: Verdict) -> None:
    assert check([Floor(Decimal(800))], asked, DAY).verdict is verdict


def test_the_floor_of_that_day_and_nearest_to_the_goods() -> None:
    all_, model = Floor(Decimal(800)), Floor(Decimal(850), model="MDF")
    older = Floor(Decimal(700), first=date(2025, 1, 1), last=date(2025, 6, 2))
    ours, theirs = Floor(Decimal(830), respondent_id=1), Floor(Decimal(999), respondent_id=2)
    assert held([all_, model], DAY, " mdf ") is model
    assert held([all_, model], DAY, "pine") is all_
    assert held([older, all_], date(2025, 6, 2)) is older
    assert held([older, all_], DAY) is all_
    assert held([all_, ours, theirs], DAY, respondent=1) is ours
    assert held([theirs], DAY, respondent=1) is None
    assert check([older], price("1"), DAY).verdict is Verdict.NO_FLOOR


@given(AMOUNTS, MASSES, AMOUNTS, MASSES)
def test_a_price_raised_by_what_is_missing_holds(
    floor: Decimal, unit: str, asked: Decimal, other: str
) -> None:
    kept = Floor(floor, unit)
    checked = check([kept], price(asked, other), DAY)
    assert checked.verdict in {Verdict.BELOW, Verdict.HOLDS}
    if checked.verdict is Verdict.BELOW:
        assert checked.below > 0
        if unit == other:
            assert asked + checked.below == floor
            assert check([kept], price(floor, unit), DAY).verdict is Verdict.HOLDS
    assert check([kept], price(asked + floor * 3000, other), DAY).verdict is Verdict.HOLDS


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_higher_price_is_never_further_below(
    floor: Decimal, asked: Decimal, more: Decimal
) -> None:
    first, second = (check([Floor(floor)], price(a), DAY).below for a in (asked, asked + more))
    assert second <= first


@given(AMOUNTS, AMOUNTS)
def test_the_unit_in_which_it_is_said_does_not_matter(floor: Decimal, asked: Decimal) -> None:
    kept = [Floor(floor)]
    assert check(kept, price(asked), DAY) == check(kept, price(asked / 1000, "kg"), DAY)
