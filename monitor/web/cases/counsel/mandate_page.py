"""What the page of a mandate is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.bases.models import Enterprise
from monitor.cases.counsel.costs import Waits, rule_on, waits
from monitor.cases.counsel.mandates import may_join
from monitor.cases.counsel.statements import Balance, balances
from monitor.cases.counsel.subsidies import Subsidised, given, offices
from monitor.cases.counsel.weights import Weight, weigh
from monitor.cases.counsel.words import Rule
from monitor.cases.models import (
    Cost,
    CostShare,
    Document,
    Mandate,
    MandateFirm,
    Payment,
    SharingRule,
)
from monitor.web.cases.counsel.mandate_forms import Within

ZERO = Decimal(0)


@dataclass(frozen=True)
class Firm:
    """Of the mandate. `weight`: by the rule that holds; None where it left, or there is none."""

    row: MandateFirm
    weight: Weight | None
    balances: Sequence[Balance]


@dataclass(frozen=True)
class Entered:
    """A cost. `waits`: why it is not divided yet; `reversed`: a counter entry stands against it."""

    cost: Cost
    waits: Waits | None
    reversed: bool


@dataclass(frozen=True)
class Kept:
    """All of it, for whoever gave the mandate."""

    firms: Sequence[Firm]
    rules: Sequence[SharingRule]
    rule: SharingRule | None
    costs: Sequence[Entered]
    payments: Sequence[Payment]
    sums: Sequence[Balance]
    borne: Sequence[tuple[str, Decimal]]
    """By whoever bears a part before the firms do, by currency."""
    subsidised: Sequence[Subsidised]
    """By office, what of that."""

    def missing(self) -> list[Firm]:
        return [each for each in self.firms if each.weight and each.weight.missing]


def keeps(actor: Actor, mandate: Mandate) -> bool:
    """Whether the actor reads all of it: their organisation gave it."""
    return reaches(actor, Action.READ_COUNSEL, mandate.organisation)


def rules_of(actor: Actor, mandate: Mandate) -> list[SharingRule]:
    rows = SharingRule.objects.for_actor(actor).filter(mandate=mandate)
    return list(rows.select_related("said_by", "bearer").order_by("-since", "-pk"))


def own_rows(actor: Actor, mandate: Mandate) -> list[MandateFirm]:
    """Of the firm that the actor acts for."""
    rows = MandateFirm.objects.for_actor(actor).filter(
        mandate=mandate, respondent__organisation=actor.organisation
    )
    return list(rows.select_related("respondent__organisation"))


def kept(actor: Actor, mandate: Mandate, today: date) -> Kept:
    """About ten queries."""
    rows = MandateFirm.objects.for_actor(actor).filter(mandate=mandate)
    firms = list(rows.select_related("respondent__organisation", "mandate__organisation"))
    rules = rules_of(actor, mandate)
    with opened():
        rule = rule_on(mandate, today) or next(iter(rules), None)  # of one that is to come
    weights = _weights(mandate, rule, [firm for firm in firms if firm.until is None])
    payments = _payments(actor, mandate)
    shares = _shares(actor, mandate)
    entered = _entered(actor, mandate)
    return Kept(
        firms=[
            Firm(
                firm,
                weights.get(firm.pk),
                balances(
                    [share for share in shares if share.firm_id == firm.pk],
                    [paid for paid in payments if paid.firm_id == firm.pk],
                ),
            )
            for firm in firms
        ],
        rules=rules,
        rule=rule,
        costs=entered,
        payments=payments,
        sums=_totals(entered, shares, payments),
        borne=_borne(entered),
        subsidised=given(actor, mandate),
    )


def figures_of(actor: Actor, found: Kept) -> list[int]:
    """The enterprises whose figures stand on the page, by primary key."""
    shown = [each for each in found.firms if each.weight and each.weight.from_figures]
    owners = [each.row.respondent.organisation_id for each in shown]
    rows = Enterprise.objects.for_actor(actor).filter(organisation__in=owners)
    return list(rows.values_list("pk", flat=True))


def within(actor: Actor, mandate: Mandate, found: Kept, today: date) -> Within:
    reversed_ = {each.reverses_id for each in found.payments}
    return Within(
        today=today,
        firms=[each.row for each in found.firms if each.row.until is None],
        others=may_join(actor, mandate),
        costs=[e.cost for e in found.costs if not (e.reversed or e.cost.reverses_id)],
        payments=[
            each for each in found.payments if each.pk not in reversed_ and each.reverses_id is None
        ],
        documents=documents(actor, mandate.case_id),
        offices=offices(mandate.case),
        subsidised=found.subsidised,
    )


def documents(actor: Actor, case: int) -> "QuerySet[Document]":
    """Of the case's file, those that may be pointed to."""
    return Document.objects.for_actor(actor).filter(case=case, withdrawn_at=None)


def _weights(
    mandate: Mandate, rule: SharingRule | None, firms: Sequence[MandateFirm]
) -> dict[int, Weight]:
    found = weigh(mandate, Rule(rule.rule), firms) if rule else []
    return {each.firm.pk: each for each in found}


def _payments(actor: Actor, mandate: Mandate) -> list[Payment]:
    rows = Payment.objects.for_actor(actor).filter(firm__mandate=mandate)
    return list(
        rows.select_related("firm__respondent__organisation", "firm__mandate__organisation")
    )


def _shares(actor: Actor, mandate: Mandate) -> list[CostShare]:
    rows = CostShare.objects.for_actor(actor).filter(cost__mandate=mandate)
    return list(rows.select_related("cost"))


def _entered(actor: Actor, mandate: Mandate) -> list[Entered]:
    rows = Cost.objects.for_actor(actor).filter(mandate=mandate)
    costs = list(
        rows.select_related("document", "rule__bearer", "mandate__organisation", "mandate__case")
    )
    against = {cost.reverses_id for cost in costs}
    return [Entered(cost, waits(mandate, cost), cost.pk in against) for cost in costs]


def _totals(
    entered: Iterable[Entered], shares: Iterable[CostShare], payments: Iterable[Payment]
) -> list[Balance]:
    """Of the whole mandate: what it cost, what of it the firms bear, what they paid."""
    spent: dict[str, Decimal] = {}
    for each in entered:
        spent[each.cost.currency] = spent.get(each.cost.currency, ZERO) + each.cost.amount
    by_currency = {each.currency: each for each in balances(shares, payments)}
    found = []
    for currency in sorted(spent.keys() | by_currency.keys()):
        of = by_currency.get(currency, Balance(currency, ZERO, ZERO, ZERO))
        found.append(Balance(currency, spent.get(currency, ZERO), of.share, of.paid))
    return found


def _borne(entered: Iterable[Entered]) -> list[tuple[str, Decimal]]:
    found: dict[str, Decimal] = {}
    for each in entered:
        found[each.cost.currency] = found.get(each.cost.currency, ZERO) + each.cost.part
    return [(currency, part) for currency, part in sorted(found.items()) if part]
