"""What a firm of a mandate bears: every cost that it shares in, by which rule and weight, and what
of it is paid. Of the other firms it says nothing but the sum of all weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import CONFIDENTIAL, Shown, is_hidden
from monitor.cases.counsel.words import Rule
from monitor.cases.models import Cost, CostShare, MandateFirm, Payment
from monitor.cases.stakes import stakes

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """`borne`: what the rule has somebody else bear; `weight` of `total` is the firm's."""

    cost: Cost
    rule: Rule
    borne: Decimal
    weight: Shown
    total: Shown
    share: Decimal
    from_figures: bool


@dataclass(frozen=True)
class Balance:
    """In one currency. `spent`: of the costs that the firm shares in, all of them."""

    currency: str
    spent: Decimal
    share: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        return self.share - self.paid


@dataclass(frozen=True)
class Statement:
    firm: MandateFirm
    lines: Sequence[Line]
    payments: Sequence[Payment]
    balances: Sequence[Balance]

    @property
    def figures(self) -> bool:
        """Whether it shows exports that the firm let others see."""
        return any(line.from_figures and not is_hidden(line.weight) for line in self.lines)


def statement(actor: Actor, firm: MandateFirm) -> Statement:
    """`firm`: as the door gave it to the actor, with its respondent. Three queries."""
    rows = CostShare.objects.for_actor(actor).filter(firm=firm)
    shares = list(
        rows.select_related("cost__rule__bearer", "cost__reverses").order_by("cost__day", "cost")
    )
    payments = list(Payment.objects.for_actor(actor).filter(firm=firm).order_by("day", "pk"))
    shown = _figures_are_shown(actor, firm, shares)
    lines = [_line(share, shown=shown) for share in shares]
    return Statement(firm, lines, payments, balances(shares, payments))


def balances(shares: Iterable[CostShare], payments: Iterable[Payment]) -> list[Balance]:
    """`shares`: with their costs."""
    found: dict[str, list[Decimal]] = {}
    for share in shares:
        sums = found.setdefault(share.cost.currency, [ZERO, ZERO, ZERO])
        sums[0] += share.cost.amount
        sums[1] += share.amount
    for payment in payments:
        found.setdefault(payment.currency, [ZERO, ZERO, ZERO])[2] += payment.amount
    return [Balance(currency, *sums) for currency, sums in sorted(found.items())]


def _figures_are_shown(actor: Actor, firm: MandateFirm, shares: Sequence[CostShare]) -> bool:
    """A firm that showed its exports once may show them no longer; to itself they always are."""
    if not any(share.from_figures for share in shares):
        return True
    return isinstance(stakes([firm.respondent], actor).get(firm.respondent_id), Decimal)


def _line(share: CostShare, *, shown: bool) -> Line:
    open_ = shown or not share.from_figures
    return Line(
        cost=share.cost,
        rule=_rule(share.cost),
        borne=share.cost.part,
        weight=share.weight if open_ else CONFIDENTIAL,
        total=share.total if open_ else CONFIDENTIAL,
        share=share.amount,
        from_figures=share.from_figures,
    )


def _rule(cost: Cost) -> Rule:
    if cost.rule is None:
        raise ValueError(f"cost {cost.pk}: it is divided, and by no rule")
    return Rule(cost.rule.rule)
