"""What an office bears of the costs of counsel, and what it reads of that."""

from datetime import date
from decimal import Decimal

import pytest

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.cases.counsel import costs, subsidies
from monitor.cases.counsel.costs import Bill
from monitor.cases.counsel.payments import Paid
from monitor.cases.counsel.spending import spent
from monitor.cases.counsel.words import Payer, Rule
from monitor.cases.models import (
    Case,
    Cost,
    CostShare,
    Mandate,
    MandateFirm,
    Payment,
    SharingRule,
    SubsidyPayment,
)
from monitor.cases.permission import MayNotError
from tests.monitor.cases.counsel.conftest import BEGAN, CEDAR, NOW, PINE, Joins
from tests.monitor.cases.forest import SINCE, Forest

OTHERS = (CostShare, MandateFirm, Payment)


def office(name: str, city: str = "") -> Actor:
    own = Organisation.objects.create(kind=Kind.OFFICE, name_zh=name, city=city, created_at=SINCE)
    return Actor(organisation=own, role=Role.READER)


@pytest.fixture
def province(forest: Forest, mandate: Mandate, joins: Joins) -> Actor:
    """Bears 40 percent of what the mandate costs."""
    found = office("省商务厅")
    joins(PINE)
    joins(CEDAR)
    wish = {
        "since": BEGAN,
        "rule": Rule.EQUAL,
        "why": "闽商务〔2025〕1号",
        "payer": Payer.OFFICE,
        "bearer": found.organisation,
        "percent": Decimal(40),
    }
    costs.set_rule(forest.officer, mandate, wish, NOW)
    for day, amount in ((date(2025, 6, 5), "1000"), (date(2025, 8, 1), "500")):
        bill = Bill(day, "账单", Decimal(amount), "EUR")
        costs.enter(forest.officer, mandate, bill, NOW)
    return found


def test_an_office_reads_its_part_and_nothing_of_the_firms(
    forest: Forest, case: Case, mandate: Mandate, province: Actor
) -> None:
    assert province.organisation
    paid = Paid(date(2025, 9, 1), Decimal(250), "EUR")
    subsidies.pay(forest.officer, mandate, province.organisation, paid, NOW)
    (found,) = subsidies.borne(province, case)
    assert [(cost.amount, cost.part) for cost in found.costs] == [(1000, 400), (500, 200)]
    (sums,) = found.balances
    assert (sums.spent, sums.share, sums.paid, sums.open) == (1500, 600, 250, 350)
    assert [(each.name, each.spent, each.share) for each in found.quarters] == [
        ("2025-Q2", 1000, 400),
        ("2025-Q3", 500, 200),
    ]
    assert not any(model.objects.for_actor(province).exists() for model in OTHERS)
    assert spent(province, [case]) == {}  # of the chamber's mandate it bears a part, it gave none


def test_an_office_that_bears_nothing_reads_nothing(case: Case, province: Actor) -> None:
    other = office("南平市商务局", "")
    assert subsidies.borne(other, case) == []
    for model in (Mandate, Cost, SharingRule, SubsidyPayment, *OTHERS):
        assert not model.objects.for_actor(other).exists(), model


def test_only_an_office_that_reads_the_case_can_bear_a_part(
    forest: Forest, case: Case, mandate: Mandate
) -> None:
    province, far = office("省商务厅"), office("远市商务局", "远市")
    assert subsidies.offices(case) == [province.organisation]
    wish = {"since": BEGAN, "rule": Rule.EQUAL, "why": "约定", "payer": Payer.OFFICE}
    for bearer in (far.organisation, forest.chamber):
        with pytest.raises(MayNotError):
            costs.set_rule(
                forest.officer, mandate, {**wish, "bearer": bearer, "percent": Decimal(10)}, NOW
            )
    assert far.organisation
    paid = Paid(date(2025, 9, 1), Decimal(1), "EUR")
    with pytest.raises(MayNotError):
        subsidies.pay(forest.officer, mandate, far.organisation, paid, NOW)


def test_a_reversed_cost_and_a_reversed_payment_leave_nothing_open(
    forest: Forest, case: Case, mandate: Mandate, province: Actor
) -> None:
    assert province.organisation
    for cost in Cost.objects.for_actor(forest.officer):
        costs.reverse(forest.officer, cost, "重复", NOW)
    paid = Paid(date(2025, 9, 1), Decimal(250), "EUR")
    payment = subsidies.pay(forest.officer, mandate, province.organisation, paid, NOW)
    subsidies.take_back(forest.officer, payment, "退回", NOW)
    (found,) = subsidies.borne(province, case)
    assert [(sums.share, sums.open) for sums in found.balances] == [(0, 0)]
    with pytest.raises(MayNotError):
        subsidies.pay(province, mandate, province.organisation, paid, NOW)
