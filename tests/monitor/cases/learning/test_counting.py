"""What is counted of firms and cases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cases.learning.counting import Firm, Share, each_defended, group, times

BEGAN = datetime(2025, 5, 20, 4, tzinfo=UTC)
ONE = Firm(
    case=1, firm=1, told=True, answers=True, informed_at=BEGAN + timedelta(hours=30),
    counted_from=BEGAN, known=BEGAN + timedelta(hours=10), exports=Decimal(1_000_000),
    own=Decimal("44.60"), others=Decimal("231.60"),
)  # fmt: skip


def firm(**given: object) -> Firm:
    return Firm(**{**vars(ONE), **given})  # type: ignore[arg-type]


def test_a_few_are_given_as_numbers_without_a_percentage() -> None:
    assert Share(3, 4).ratio is None
    assert Share(3, 5).ratio == Decimal("0.6")
    assert Share(0, 0).ratio is None


def test_duty_that_is_not_paid_is_the_difference_of_rates_times_exports() -> None:
    assert ONE.avoided == Decimal("1870000.00")
    assert firm(answers=False).avoided is None
    assert firm(exports=None).avoided is None
    assert firm(own=None).avoided is None
    assert firm(own=Decimal(300)).avoided == 0
    assert each_defended(Decimal(187_000), Decimal(1_870_000)) == Decimal("0.1000")
    assert each_defended(Decimal(5), Decimal(0)) is None


def test_a_group_says_of_how_many_each_figure_is() -> None:
    found = group(
        "US",
        [
            ONE,
            firm(firm=2, exports=None, own=Decimal(300)),
            firm(firm=3, case=2, answers=False),
            firm(firm=4, told=False, answers=False),
        ],
    )
    assert (found.cases, found.response, found.better) == (2, Share(2, 3), Share(1, 2))
    assert found.gained == Decimal("59.30")
    assert (found.defended.usd, found.defended.firms, found.defended.of) == (1_000_000, 1, 2)
    assert (found.avoided.firms, found.avoided.of) == (1, 2)


@pytest.mark.parametrize(
    ("from_house", "hours", "within"), [(False, 30, Share(0, 1)), (True, 20, Share(1, 1))]
)
def test_the_hours_run_from_the_notices_day_and_from_when_the_house_had_it(
    from_house: bool, hours: int, within: Share
) -> None:
    took = times([ONE, firm(informed_at=None), firm(counted_from=None, known=None)],
                 from_house=from_house)  # fmt: skip
    assert (took.within, took.median) == (within, timedelta(hours=hours))
    assert took.worst == took.median


RATES = st.decimals(Decimal(0), Decimal(500), places=2)


@settings(max_examples=50)
@given(own=RATES, others=RATES, exports=st.decimals(Decimal(1), Decimal(10**9), places=2))
def test_a_lower_rate_never_avoids_less(own: Decimal, others: Decimal, exports: Decimal) -> None:
    here = firm(own=own, others=others, exports=exports)
    lower = firm(own=own / 2, others=others, exports=exports)
    assert here.avoided is not None
    assert lower.avoided is not None
    assert 0 <= here.avoided <= lower.avoided <= others * exports / 100 + 1
