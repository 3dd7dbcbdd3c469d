"""What a mandate costs: entered as it comes, divided among its firms, paid.

A cost is shared by the firms for which the mandate is on the day of the cost, by the rule of that
day: whoever joins later shares from its day on, whoever leaves shares up to its last day. It is
divided once; what was told to a firm does not move. Nothing is changed: a counter entry reverses a
cost with all its shares, and it can be entered anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.counsel.asking import ask_document, ask_keeper, ask_office
from monitor.cases.counsel.dividing import divided, percentage, up_to
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.payments import Paid, check_amount, entered, taken_back
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

ZERO = Decimal(0)


class Waits(StrEnum):
    """Why a cost is not divided yet."""

    RULE = "rule"
    FIRM = "firm"
    """The mandate was for nobody on its day."""
    WEIGHT = "weight"
    """Somebody has no weight yet, or nobody weighs anything."""


@dataclass(frozen=True)
class Bill:
    day: date
    what: str
    amount: Decimal
    currency: str
    document: Document | None = None


def set_rule(actor: Actor, mandate: Mandate, wish: Mapping[str, Any], now: datetime) -> SharingRule:
    """`wish`: `since`, `rule`, `why`, and of a part that somebody bears `payer` with `percent`, or
    with `amount` and `currency`; of an office also `bearer`, which then reads what it bears.
    What was divided already stays. Raises MayNotError."""
    ask_keeper(actor, mandate.organisation)
    if (bearer := wish.get("bearer")) is not None:
        ask_office(bearer, mandate.case)
    with opened(), transaction.atomic():
        held(mandate)
        rule = SharingRule.objects.create(mandate=mandate, said_at=now, said_by=actor.user, **wish)
        divide_waiting(mandate, now)
        return rule


def enter(actor: Actor, mandate: Mandate, bill: Bill, now: datetime) -> Cost:
    """Raises MayNotError, CannotError."""
    ask_keeper(actor, mandate.organisation)
    ask_document(actor, mandate.case, bill.document)
    check_amount(bill.amount, bill.currency)
    with opened(), transaction.atomic():
        held(mandate)
        cost = Cost.objects.create(
            mandate=mandate,
            day=bill.day,
            what=bill.what,
            amount=bill.amount,
            currency=bill.currency,
            document=bill.document,
            entered_at=now,
            entered_by=actor.user,
        )
        divide_waiting(mandate, now)
        cost.refresh_from_db()
        return cost


def reverse(actor: Actor, cost: Cost, why: str, now: datetime) -> Cost:
    """The counter entry, with those of its shares. Raises MayNotError, CannotError."""
    ask_keeper(actor, cost.mandate.organisation)
    with opened(), transaction.atomic():
        held(cost.mandate)
        row = Cost.objects.get(pk=cost.pk)
        if row.reverses_id or Cost.objects.filter(reverses=row).exists():
            raise CannotError(_("It is reversed already."))
        counter = Cost.objects.create(
            mandate=cost.mandate,
            day=row.day,
            what=why,
            amount=-row.amount,
            currency=row.currency,
            reverses=row,
            rule=row.rule,
            part=-row.part,
            divided_at=now,
            entered_at=now,
            entered_by=actor.user,
        )
        _counter_shares(row, counter)
        if row.divided_at is None:  # it waits no more
            row.divided_at = now
            row.save(update_fields=["divided_at"])
        return counter


def pay(actor: Actor, firm: MandateFirm, paid: Paid, now: datetime) -> Payment:
    """Raises MayNotError, CannotError."""
    ask_keeper(actor, firm.mandate.organisation)
    return entered(Payment(firm=firm), paid, actor, now)


def take_back_payment(actor: Actor, payment: Payment, why: str, now: datetime) -> Payment:
    """The counter entry. Raises MayNotError, CannotError."""
    ask_keeper(actor, payment.firm.mandate.organisation)
    return taken_back(payment, Payment(firm=payment.firm), why, actor, now)


# --- Dividing ------------------------------------------------------------------------------------


def rule_on(mandate: Mandate, day: date) -> SharingRule | None:
    """Within `opened`."""
    rows = SharingRule.objects.filter(mandate=mandate, since__lte=day)
    return rows.order_by("since", "pk").last()


def firms_on(mandate: Mandate, day: date) -> list[MandateFirm]:
    """Within `opened`."""
    rows = MandateFirm.objects.filter(mandate=mandate, since__lte=day)
    within = rows.filter(Q(until=None) | Q(until__gte=day))
    return list(within.select_related("respondent").order_by("pk"))


def divide_waiting(mandate: Mandate, now: datetime) -> None:
    """Whatever can be divided by now. Within `opened` and a transaction that holds the mandate."""
    for cost in Cost.objects.filter(mandate=mandate, divided_at=None).order_by("day", "pk"):
        rule, weights, waits = _ready(mandate, cost)
        if rule is None or waits is not None:
            continue
        cost.rule, cost.part, cost.divided_at = rule, _part(rule, cost), now
        cost.save(update_fields=["rule", "part", "divided_at"])
        _share(cost, weights)


def waits(mandate: Mandate, cost: Cost) -> Waits | None:
    """Why it is not divided yet; None: it is."""
    if cost.divided_at is not None:
        return None
    with opened():
        return _ready(mandate, cost)[2]


def _ready(
    mandate: Mandate, cost: Cost
) -> tuple[SharingRule | None, Sequence[Weight], Waits | None]:
    rule = rule_on(mandate, cost.day)
    if rule is None:
        return None, [], Waits.RULE
    firms = firms_on(mandate, cost.day)
    weights = weigh(mandate, Rule(rule.rule), firms)
    if not firms:
        return rule, weights, Waits.FIRM
    without = any(each.value is None for each in weights)
    if without or not any(each.value for each in weights):
        return rule, weights, Waits.WEIGHT
    return rule, weights, None


def _part(rule: SharingRule, cost: Cost) -> Decimal:
    if rule.percent is not None:
        return percentage(cost.amount, rule.percent, cost.currency)
    if rule.amount is None or rule.currency != cost.currency:
        return ZERO
    borne = Cost.objects.filter(rule=rule).aggregate(sum=Sum("part"))["sum"] or ZERO
    return up_to(cost.amount, rule.amount - borne)


def _share(cost: Cost, weights: Sequence[Weight]) -> None:
    by_firm = {each.firm.pk: each.value for each in weights if each.value is not None}
    shares = divided(cost.amount - cost.part, by_firm, cost.currency)
    CostShare.objects.bulk_create(
        CostShare(
            cost=cost,
            firm=each.firm,
            weight=by_firm[each.firm.pk],
            total=sum(by_firm.values(), ZERO),
            from_figures=each.from_figures,
            amount=shares[each.firm.pk],
        )
        for each in weights
    )


def _counter_shares(row: Cost, counter: Cost) -> None:
    CostShare.objects.bulk_create(
        CostShare(
            cost=counter,
            firm_id=share.firm_id,
            weight=share.weight,
            total=share.total,
            from_figures=share.from_figures,
            amount=-share.amount,
        )
        for share in CostShare.objects.filter(cost=row)
    )


def held(mandate: Mandate) -> None:
    """One at a time divides. Within `opened` and a transaction."""
    Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
