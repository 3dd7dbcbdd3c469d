"""The figures that are learned of cases: pure, over what a reader was given.

Small numbers stay numbers: a share of fewer than five is shown as so many of so many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

FEW = 5
"""Below this, no percentage says anything."""
RULE = timedelta(hours=24)
"""Within which a firm is to be told."""
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Share:
    part: int
    whole: int

    @property
    def ratio(self) -> Decimal | None:
        """None where there are too few."""
        return Decimal(self.part) / self.whole if self.whole >= FEW else None


@dataclass(frozen=True)
class Times:
    """How long it took, of so many; `within`: the 24 hours."""

    within: Share
    median: timedelta | None
    worst: timedelta | None


@dataclass(frozen=True)
class Firm:
    """One firm in one case. `counted_from`: when the day of the notice began that it was listed
    for; `known`: when the house had that notice. `exports`: USD in twelve months, None where the
    reader may not know. `own`, `others`: percent that importers pay on its goods, and on those of
    firms without a rate of their own; None where that is not known."""

    case: int
    firm: int
    told: bool
    answers: bool
    informed_at: datetime | None
    counted_from: datetime | None
    known: datetime | None
    exports: Decimal | None
    own: Decimal | None
    others: Decimal | None

    @property
    def gained(self) -> Decimal | None:
        """Percentage points that its rate is below that of all others."""
        if self.own is None or self.others is None:
            return None
        return self.others - self.own

    @property
    def avoided(self) -> Decimal | None:
        """Duty a year that it does not pay: (all-others − own) × exports, where it answers and its
        rate is the lower one."""
        if not self.answers or self.gained is None or self.exports is None:
            return None
        return (max(self.gained, Decimal(0)) / HUNDRED * self.exports).quantize(CENT)


@dataclass(frozen=True)
class Money:
    """A sum, over so many firms of those that could be in it."""

    usd: Decimal
    firms: int
    of: int


@dataclass(frozen=True)
class Group:
    """What is learned of some firms in some cases; `key`: what they have in common."""

    key: str
    cases: int
    response: Share
    better: Share
    """Of those that answered and have a result: whose rate is below that of all others."""
    gained: Decimal | None
    """Median of the percentage points."""
    defended: Money
    avoided: Money


def group(key: str, firms: Sequence[Firm]) -> Group:
    answering = [firm for firm in firms if firm.answers]
    gains = [firm.gained for firm in answering if firm.gained is not None]
    return Group(
        key=key,
        cases=len({firm.case for firm in firms}),
        response=response(firms),
        better=Share(sum(gain > 0 for gain in gains), len(gains)),
        gained=median(gains) if gains else None,
        defended=_money([firm.exports for firm in answering], len(answering)),
        avoided=_money([firm.avoided for firm in answering], len(gains)),
    )


def response(firms: Iterable[Firm]) -> Share:
    """Of those that were told, who answers alone or with others."""
    told = [firm for firm in firms if firm.told]
    return Share(sum(firm.answers for firm in told), len(told))


def times(firms: Iterable[Firm], *, from_house: bool) -> Times:
    """From the beginning of the notice's day, or from when the house had it, to when the firm was
    told."""
    took = [
        max(firm.informed_at - begun, timedelta(0))
        for firm in firms
        if firm.informed_at is not None
        and (begun := firm.known if from_house else firm.counted_from) is not None
    ]
    within = Share(sum(each <= RULE for each in took), len(took))
    return Times(within, _middle(took), max(took, default=None))


def _middle(took: Iterable[timedelta]) -> timedelta | None:
    seconds = [each.total_seconds() for each in took]
    return timedelta(seconds=median(seconds)) if seconds else None


def each_defended(cost: Decimal, avoided: Decimal) -> Decimal | None:
    """What a dollar of duty that is not paid cost."""
    return (cost / avoided).quantize(Decimal("0.0001")) if avoided > 0 else None


def _money(values: Iterable[Decimal | None], of: int) -> Money:
    known = [value for value in values if value is not None]
    return Money(sum(known, Decimal(0)), len(known), of)
