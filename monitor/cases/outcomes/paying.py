"""What importers pay on whose goods: the latest word of a measure on each firm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.cases.models import Outcome
from monitor.cases.outcomes.words import ENDING, FOR_ALL, MAKING, Force, Result

ZERO = Decimal(0)
INVESTIGATION = "investigation"


@dataclass(frozen=True)
class Paid:
    """`outcome`: by which it is; `own`: whether that is the firm's own word. `rate`: percent, None
    where it is an amount of money or not known."""

    outcome: Outcome
    own: bool
    rate: Decimal | None


def paid(outcomes: Iterable[Outcome], measure: int, respondent: int | None) -> Paid | None:
    """What the firm pays by a measure; of the respondent None, what everybody else does. None:
    nothing is known. `outcomes`: those that stand, with their proceedings."""
    binding = [o for o in outcomes if o.proceeding.measure_id == measure and binds(o)]
    everybody = [o for o in binding if o.respondent_id is None]
    mine = [o for o in binding if respondent is not None and o.respondent_id == respondent]
    if not mine:
        found = _of_all(everybody)
        return _paid(found, own=False) if found else None
    last = max([*mine, *(o for o in everybody if o.result in ENDING)], key=_order)
    if last.result in FOR_ALL and payable(last) is None and last.amount is None:
        found = _of_all([o for o in everybody if o.result == last.result])
        return _paid(found or last, own=False)
    return _paid(last, own=last.respondent_id is not None)


def others(outcomes: Iterable[Outcome], measure: int) -> Decimal | None:
    """Percent that whoever has no rate of its own pays by the measure."""
    found = paid(outcomes, measure, None)
    return found.rate if found else None


def binds(outcome: Outcome) -> bool:
    """Whether importers pay by it. The preliminary result of a review changes nothing for them (19
    CFR 351.221(b)(4), 351.212(b)); a review that ends without a result leaves what was."""
    if outcome.force == Force.PROVISIONAL:
        return outcome.proceeding.proceeding == INVESTIGATION
    return outcome.result not in ENDING or outcome.proceeding.proceeding in MAKING


def payable(outcome: Outcome) -> Decimal | None:
    """Percent that importers deposit."""
    if outcome.result in ENDING or outcome.result == Result.ZERO:
        return ZERO
    return outcome.rate if outcome.deposit_rate is None else outcome.deposit_rate


def _of_all(everybody: Sequence[Outcome]) -> Outcome | None:
    """Where a case has both, the rate of all others goes before that of the whole country."""
    ends = [o for o in everybody if o.result not in FOR_ALL]
    by_result = [[o for o in everybody if o.result == result] for result in FOR_ALL]
    rated = next((found for found in by_result if found), [])
    return max([*ends, *rated], key=_order, default=None)


def _paid(outcome: Outcome, *, own: bool) -> Paid:
    return Paid(outcome, own, payable(outcome))


def _order(outcome: Outcome) -> tuple[object, ...]:
    return outcome.day, outcome.force == Force.DEFINITIVE, outcome.pk
