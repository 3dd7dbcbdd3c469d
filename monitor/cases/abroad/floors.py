"""A price against the floor that held on its day.

Money is compared within one currency and one incoterm only, for nobody says at what rate or freight
another would be converted. Units of mass are converted exactly; others are not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import Enum
from fractions import Fraction
from typing import Protocol

from monitor.cases.abroad.words import Unit

GRAMS: Mapping[str, Fraction] = {
    Unit.TONNE: Fraction(1_000_000),
    Unit.KILOGRAM: Fraction(1000),
    Unit.POUND: Fraction("453.59237"),
}
"""The avoirdupois pound is exactly 0.45359237 kg (international agreement of 1959)."""
STEP = Decimal("0.0001")
"""To which a difference is given: floors are kept with four places."""


class Kept(Protocol):
    """A floor as `monitor.cases.models.Floor` has it."""

    respondent_id: int | None
    model: str
    amount: Decimal
    currency: str
    unit: str
    incoterm: str
    first: date
    last: date | None


@dataclass(frozen=True)
class Price:
    """What is asked for one unit."""

    amount: Decimal
    currency: str
    unit: str
    incoterm: str


class Verdict(Enum):
    HOLDS = "holds"
    BELOW = "below"
    NO_FLOOR = "no_floor"
    """None held on that day for that model."""
    OTHER_CURRENCY = "other_currency"
    OTHER_INCOTERM = "other_incoterm"
    OTHER_UNIT = "other_unit"


@dataclass(frozen=True)
class Checked:
    """`floor`: the one that held; `below`: by how much per unit of the floor, rounded up."""

    verdict: Verdict
    floor: Kept | None = None
    below: Decimal = Decimal(0)


def check(
    floors: Iterable[Kept], price: Price, day: date, model: str = "", respondent: int | None = None
) -> Checked:
    """`floors`: of one undertaking, those that whoever asks may see."""
    floor = held(floors, day, model, respondent)
    if floor is None:
        return Checked(Verdict.NO_FLOOR)
    if price.currency != floor.currency:
        return Checked(Verdict.OTHER_CURRENCY, floor)
    if price.incoterm != floor.incoterm:
        return Checked(Verdict.OTHER_INCOTERM, floor)
    ratio = units(price.unit, floor.unit)
    if ratio is None:
        return Checked(Verdict.OTHER_UNIT, floor)
    missing = Fraction(floor.amount) - Fraction(price.amount) * ratio
    if missing <= 0:
        return Checked(Verdict.HOLDS, floor)
    return Checked(Verdict.BELOW, floor, _up(missing))


def held(
    floors: Iterable[Kept], day: date, model: str = "", respondent: int | None = None
) -> Kept | None:
    """The floor of that day: the firm's own before everybody's, the model's own before the one of
    all, and of several the one that began last."""
    fitting = [
        floor
        for floor in floors
        if floor.first <= day
        and (floor.last is None or day <= floor.last)
        and floor.respondent_id in (None, respondent)
        and floor.model.casefold() in ("", model.strip().casefold())
    ]
    return max(fitting, key=_rank, default=None)


def _rank(floor: Kept) -> tuple[bool, bool, date, Decimal]:
    return (floor.respondent_id is not None, floor.model != "", floor.first, floor.amount)


def units(of: str, to: str) -> Fraction | None:
    """By what a price for one unit is multiplied to be the price of another; None: by nothing."""
    if of == to:
        return Fraction(1)
    if of in GRAMS and to in GRAMS:
        return GRAMS[to] / GRAMS[of]
    return None


def _up(amount: Fraction) -> Decimal:
    """Never less than what is missing: a price raised by it holds."""
    steps = -(-amount // Fraction(STEP))
    return (Decimal(steps) * STEP).quantize(STEP, rounding=ROUND_CEILING)
