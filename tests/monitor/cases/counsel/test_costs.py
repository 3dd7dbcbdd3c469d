"""Costs are shared by the firms and the rule of their day; what was divided does not move."""

from datetime import date
from decimal import Decimal

import pytest

from monitor.accounts.models import Share
from monitor.bases.confidential import CONFIDENTIAL
from monitor.cases.counsel import costs, mandates, spending
from monitor.cases.counsel.costs import Bill, Waits
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.payments import Paid
from monitor.cases.counsel.statements import statement
from monitor.cases.counsel.weights import Missing, weigh
from monitor.cases.counsel.words import Rule
from monitor.cases.models import Case, Cost, CostShare, Mandate, MandateFirm
from monitor.cases.permission import MayNotError
from monitor.trail.hand import by
from monitor.trail.models import Entry
from tests.monitor.cases.counsel.conftest import (
    BEGAN,
    CEDAR,
    NOW,
    PINE,
    REDWOOD,
    SPRUCE,
    Joins,
    share_figures,
)
from tests.monitor.cases.forest import Forest

JULY = date(2025, 7, 1)


def rule(forest: Forest, mandate: Mandate, word: Rule, since: date = BEGAN, **part: object) -> None:
    wish = {"since": since, "rule": word, "why": "会议纪要", **part}
    costs.set_rule(forest.officer, mandate, wish, NOW)


def bill(forest: Forest, mandate: Mandate, amount: str, day: date = BEGAN) -> Cost:
    return costs.enter(forest.officer, mandate, Bill(day, "账单", Decimal(amount), "USD"), NOW)


def shares(cost: Cost) -> list[str]:
    rows = CostShare.objects.filter(cost=cost).order_by("firm")
    return [str(row.amount) for row in rows]


def test_whoever_joins_later_shares_from_its_day_on(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.EQUAL)
    pine, _cedar = joins(PINE), joins(CEDAR)
    first = bill(forest, mandate, "100.01")
    assert shares(first) == ["50.01", "50.00"]
    joins(REDWOOD, JULY)
    assert shares(first) == ["50.01", "50.00"]
    assert shares(bill(forest, mandate, "100", JULY)) == ["33.34", "33.33", "33.33"]
    mandates.leave(forest.officer, pine, JULY, "转产", NOW)
    assert shares(bill(forest, mandate, "100", date(2025, 7, 2))) == ["50.00", "50.00"]


def test_a_cost_waits_until_it_can_be_divided(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    cost = bill(forest, mandate, "90")
    assert costs.waits(mandate, cost) is Waits.RULE
    rule(forest, mandate, Rule.BY_BENEFIT)
    assert costs.waits(mandate, cost) is Waits.FIRM
    pine, cedar = joins(PINE), joins(CEDAR)
    assert costs.waits(mandate, cost) is Waits.WEIGHT
    mandates.state_benefit(forest.officer, pine, Decimal(2), "省税", NOW)
    mandates.state_benefit(forest.officer, cedar, Decimal(1), "省税", NOW)
    assert shares(cost) == ["60.00", "30.00"]


def test_a_part_is_borne_before_the_firms_do(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    joins(PINE)
    joins(CEDAR)
    rule(forest, mandate, Rule.EQUAL, payer="chamber", percent=Decimal("33.33"))
    cost = bill(forest, mandate, "100")
    assert (cost.part, shares(cost)) == (Decimal("33.33"), ["33.34", "33.33"])
    office = {"payer": "office", "amount": Decimal(150), "currency": "USD"}
    rule(forest, mandate, Rule.EQUAL, JULY, **office)
    parts = [bill(forest, mandate, "100", JULY) for _ in range(3)]
    assert [cost.part for cost in parts] == [100, 50, 0]
    costs.reverse(forest.officer, parts[0], "误开", NOW)
    assert bill(forest, mandate, "120", JULY).part == 100


def test_a_cost_is_reversed_by_a_counter_entry_and_once(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    joins(PINE)
    joins(CEDAR)
    rule(forest, mandate, Rule.EQUAL, payer="chamber", percent=Decimal(10))
    cost = bill(forest, mandate, "0.01")
    counter = costs.reverse(forest.officer, cost, "重复", NOW)
    assert shares(counter) == [str(-Decimal(each)) for each in shares(cost)]
    assert spending.spent(forest.officer, [mandate.case])[mandate.case_id] == {"USD": 0}
    for again in (cost, counter):
        with pytest.raises(CannotError):
            costs.reverse(forest.officer, again, "重复", NOW)


def test_exports_weigh_only_where_they_are_shown_and_cannot_be_worked_out(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.BY_EXPORTS)
    firms = [joins(PINE), joins(CEDAR)]
    cost = bill(forest, mandate, "100")
    assert missing(mandate, firms) == [Missing.NOT_SHOWN, Missing.NOT_SHOWN]
    for name in (PINE, CEDAR, REDWOOD):
        share_figures(forest, name, forest.chamber)
    assert missing(mandate, firms) == [Missing.FEW, Missing.FEW]
    firms.append(joins(REDWOOD))
    assert missing(mandate, firms) == [None, None, None]
    assert shares(cost) == ["54.06", "33.78", "12.16"]  # 40, 25 and 9 of 74


def test_who_joins_or_leaves_is_not_worked_out_from_the_sums_before_and_after(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.BY_EXPORTS)
    for name in (PINE, CEDAR, REDWOOD, SPRUCE):
        share_figures(forest, name, forest.chamber)
    firms = [joins(name) for name in (PINE, CEDAR, REDWOOD)]
    bill(forest, mandate, "100")
    firms.append(joins(SPRUCE, JULY))
    assert missing(mandate, firms) == [None, None, None, Missing.FEW]
    mandates.state_exports(forest.owner(SPRUCE), firms[3], Decimal(4_000_000), NOW)
    assert missing(mandate, firms) == [None] * 4
    assert missing(mandate, [*firms[:2], firms[3]]) == [Missing.LEFT] * 3


def test_a_weight_that_a_firm_states_itself_is_its_consent(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.BY_EXPORTS)
    pine, cedar = joins(PINE), joins(CEDAR)
    cost = bill(forest, mandate, "100")
    with pytest.raises(MayNotError):
        mandates.state_exports(forest.officer, pine, Decimal(1), NOW)
    mandates.state_exports(forest.owner(PINE), pine, Decimal(300), NOW)
    assert shares(cost) == []
    mandates.state_exports(forest.owner(CEDAR), cedar, Decimal(100), NOW)
    assert shares(cost) == ["75.00", "25.00"]


def missing(mandate: Mandate, firms: list[MandateFirm]) -> list[Missing | None]:
    return [each.missing for each in weigh(mandate, Rule.BY_EXPORTS, firms)]


def test_a_statement_tells_a_firm_its_own_weight_and_no_other(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.BY_EXPORTS)
    for name in (PINE, CEDAR, REDWOOD):
        share_figures(forest, name, forest.chamber)
    pine, _cedar, _redwood = joins(PINE), joins(CEDAR), joins(REDWOOD)
    bill(forest, mandate, "100")
    costs.pay(forest.officer, pine, Paid(JULY, Decimal("30.00"), "USD"), NOW)
    own = MandateFirm.objects.for_actor(forest.owner(PINE)).filter(mandate=mandate)
    assert list(own) == [pine]
    made = statement(forest.owner(PINE), pine)
    (line,), (sums,) = made.lines, made.balances
    assert (line.weight, line.total, line.share) == (40_000_000, 74_000_000, Decimal("54.06"))
    assert (sums.paid, sums.open) == (Decimal("30.00"), Decimal("24.06"))
    assert statement(forest.owner(CEDAR), pine).lines == []


def test_figures_that_are_shown_no_longer_are_not_in_the_chambers_statement(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    rule(forest, mandate, Rule.BY_EXPORTS)
    for name in (PINE, CEDAR, REDWOOD):
        share_figures(forest, name, forest.chamber)
        joins(name)
    bill(forest, mandate, "100")
    pine = mandate.firms.get(respondent__organisation__name_zh=PINE)
    assert statement(forest.officer, pine).figures
    Share.objects.filter(owner=forest.organisation(PINE)).update(withdrawn_at=NOW)
    (line,) = statement(forest.officer, pine).lines
    assert line.weight is line.total is CONFIDENTIAL
    assert statement(forest.owner(PINE), pine).lines[0].weight == 40_000_000


def test_a_payment_and_what_it_is_reversed_by(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    pine = joins(PINE)
    paid = costs.pay(forest.officer, pine, Paid(JULY, Decimal(30), "USD"), NOW)
    costs.take_back_payment(forest.officer, paid, "退回", NOW)
    assert statement(forest.owner(PINE), pine).balances[0].paid == 0
    with pytest.raises(CannotError):
        costs.take_back_payment(forest.officer, paid, "退回", NOW)
    with pytest.raises(MayNotError):
        costs.pay(forest.owner(PINE), pine, Paid(JULY, Decimal(30), "USD"), NOW)


def test_what_cannot_be_paid_is_no_cost(forest: Forest, mandate: Mandate) -> None:
    for amount, currency in ((0, "USD"), (-1, "USD"), ("0.5", "JPY")):
        wish = Bill(BEGAN, "账单", Decimal(amount), currency)
        with pytest.raises(CannotError):
            costs.enter(forest.officer, mandate, wish, NOW)
    assert not Cost.objects.exists()


def test_what_a_case_cost_by_currency_and_whom_it_retained(
    forest: Forest, case: Case, mandate: Mandate
) -> None:
    bill(forest, mandate, "100")
    costs.enter(forest.officer, mandate, Bill(BEGAN, "翻译", Decimal(7), "CNY"), NOW)
    spent = {"USD": Decimal(100), "CNY": Decimal(7)}
    assert spending.spent(forest.officer, [case]) == {case.pk: spent}
    assert spending.spent_on(forest.officer, [case]) == {mandate.counsel_id: spent}
    assert spending.retained(forest.officer, [case]) == {case.pk: [mandate]}
    assert spending.spent(forest.owner(PINE), [case]) == {}


def test_the_trail_tells_of_weights_and_not_what_they_are(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    pine = joins(PINE)
    with by(forest.owner(PINE), NOW):
        mandates.state_exports(forest.owner(PINE), pine, Decimal("31415926.53"), NOW)
    lines = Entry.objects.filter(app="cases", model="mandatefirm")
    assert lines.exists()
    assert not any("31415926" in str(vars(line)) for line in lines)
