"""What an office bears of the costs of counsel (补贴): which office may, what it owes and has paid,
and its statement. Of the firms that share the rest it reads nothing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind
from monitor.cases.counsel.asking import ask_keeper, ask_office
from monitor.cases.counsel.payments import Paid, entered, taken_back
from monitor.cases.counsel.statements import Balance
from monitor.cases.models import Case, Cost, Mandate, SharingRule, SubsidyPayment
from monitor.cases.permission import MayNotError

ZERO = Decimal(0)
T = TypeVar("T")


@dataclass(frozen=True)
class Quarter:
    """The costs of three months from `first` on, in one currency: in all, and the office's part."""

    first: date
    currency: str
    spent: Decimal
    share: Decimal

    @property
    def name(self) -> str:
        """As ISO 8601 has none: 2026-Q3."""
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"


@dataclass(frozen=True)
class Subsidised:
    """A mandate of which an office bears a part. `rules`: by which; `costs`: of which it bore
    something, in order; `balances`: by currency, `spent` being those costs whole."""

    mandate: Mandate
    office: Organisation
    rules: Sequence[SharingRule]
    costs: Sequence[Cost]
    payments: Sequence[SubsidyPayment]

    @property
    def balances(self) -> list[Balance]:
        sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for cost in self.costs:
            sums[cost.currency][0] += cost.amount
            sums[cost.currency][1] += cost.part
        for payment in self.payments:
            sums[payment.currency][2] += payment.amount
        return [Balance(currency, *each) for currency, each in sorted(sums.items())]

    @property
    def quarters(self) -> list[Quarter]:
        sums: defaultdict[tuple[date, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for cost in self.costs:
            first = date(cost.day.year, (cost.day.month - 1) // 3 * 3 + 1, 1)
            sums[first, cost.currency][0] += cost.amount
            sums[first, cost.currency][1] += cost.part
        return [Quarter(*key, *each) for key, each in sorted(sums.items())]


def borne(actor: Actor, case: Case) -> list[Subsidised]:
    """What the actor's office bears in a case, mandate by mandate. Four queries."""
    rules = SharingRule.objects.for_actor(actor).filter(mandate__case=case, bearer__isnull=False)
    mandates = Mandate.objects.for_actor(actor).filter(pk__in=rules.order_by().values("mandate"))
    costs = Cost.objects.for_actor(actor).filter(mandate__case=case)
    return _by_mandate(
        mandates.select_related("counsel", "organisation"),
        rules.select_related("bearer"),
        costs.select_related("rule__bearer", "reverses"),
        SubsidyPayment.objects.for_actor(actor)
        .filter(mandate__case=case)
        .select_related("organisation"),
    )


def given(actor: Actor, mandate: Mandate) -> list[Subsidised]:
    """For whoever gave the mandate, what each office bears of it. Three queries."""
    rules = SharingRule.objects.for_actor(actor).filter(mandate=mandate, bearer__isnull=False)
    costs = Cost.objects.for_actor(actor).filter(mandate=mandate, rule__bearer__isnull=False)
    payments = SubsidyPayment.objects.for_actor(actor).filter(mandate=mandate)
    return _by_mandate(
        [mandate],
        rules.select_related("bearer"),
        costs.exclude(part=0).select_related("rule__bearer", "reverses"),
        payments.select_related("organisation", "mandate__organisation"),
    )


def offices(case: Case) -> list[Organisation]:
    """Those that may bear a part: whoever of them reads the case."""
    with opened():
        rows = Organisation.objects.filter(kind=Kind.OFFICE, merged_into=None)
        every = list(rows.order_by("name_zh"))
    return [office for office in every if _reads(office, case)]


def pay(
    actor: Actor, mandate: Mandate, office: Organisation, paid: Paid, now: datetime
) -> SubsidyPayment:
    """What an office paid that bears a part. Raises MayNotError, CannotError."""
    ask_keeper(actor, mandate.organisation)
    with opened():
        if not SharingRule.objects.filter(mandate=mandate, bearer=office).exists():
            raise MayNotError
    return entered(SubsidyPayment(mandate=mandate, organisation=office), paid, actor, now)


def take_back(actor: Actor, payment: SubsidyPayment, why: str, now: datetime) -> SubsidyPayment:
    """The counter entry. Raises MayNotError, CannotError."""
    ask_keeper(actor, payment.mandate.organisation)
    counter = SubsidyPayment(mandate=payment.mandate, organisation=payment.organisation)
    return taken_back(payment, counter, why, actor, now)


def _reads(office: Organisation, case: Case) -> bool:
    try:
        ask_office(office, case)
    except MayNotError:
        return False
    return True


def _by_mandate(
    mandates: Iterable[Mandate],
    rules: Iterable[SharingRule],
    costs: Iterable[Cost],
    payments: Iterable[SubsidyPayment],
) -> list[Subsidised]:
    """One for each office of each mandate."""
    of = {mandate.pk: mandate for mandate in mandates}
    by = _grouped(rules, lambda row: (row.mandate_id, row.bearer_id))
    spent = _grouped(costs, lambda row: (row.mandate_id, row.rule and row.rule.bearer_id))
    paid = _grouped(payments, lambda row: (row.mandate_id, row.organisation_id))
    return [
        Subsidised(of[key[0]], office, rows, spent[key], paid[key])
        for key, rows in by.items()
        if (office := rows[0].bearer) is not None
    ]


def _grouped(rows: Iterable[T], key: Callable[[T], Hashable]) -> defaultdict[Any, list[T]]:
    found: defaultdict[Any, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
