"""What is known of a case, and a date with the steps that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from monitor.deadlines.authority import Roll
from monitor.deadlines.days import Closed
from monitor.deadlines.rules import Period, Rule


@dataclass(frozen=True)
class Known:
    """An event that has happened. `source`: where from (a notice's number, "entered")."""

    day: date
    source: str = ""


@dataclass(frozen=True)
class Printed:
    """A date that a notice prints. `on`: when it was printed; what lengthens all periods after
    that lengthens it too."""

    day: date
    source: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Lengthening:
    """A tolling of all periods that are running on the day `on`; of `rules` alone where they are
    named."""

    id: str
    on: date
    days: int
    zh: str = ""
    en: str = ""
    basis: str = ""
    rules: tuple[str, ...] | None = None

    def moves(self, rule: str) -> bool:
        return self.rules is None or rule in self.rules


@dataclass(frozen=True)
class Grant:
    """An extension of one rule's period, to a day or by so many days; `to` one respondent only,
    else to everybody."""

    rule: str
    day: date | None = None
    days: int = 0
    to: str | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.days == 0):
            raise ValueError("an extension is to a day or by a number of days")


@dataclass(frozen=True)
class Stay:
    """Time stood still on these days, both included, by a court's order."""

    first: date
    last: date
    court: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a stay from {self.first} cannot end on {self.last}")


@dataclass(frozen=True)
class Facts:
    """`days`: by event. `earlier`: the same events in earlier rounds, oldest first, which count
    for nothing. `postponed`: ids of rules. `origins`: whose goods the case is about, if known."""

    days: Mapping[str, Known] = field(default_factory=dict)
    postponed: frozenset[str] = frozenset()
    tolled: tuple[Lengthening, ...] = ()
    known_tolls: bool = True
    """Whether the tolls of the authority's own file apply by themselves."""
    extended: tuple[Grant, ...] = ()
    stayed: tuple[Stay, ...] = ()
    printed: Mapping[str, Printed] = field(default_factory=dict)
    origins: tuple[str, ...] | None = None
    earlier: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)


# --- The steps from an event to a date -----------------------------------------------------------


@dataclass(frozen=True)
class Started:
    """`by`: the rule whose date stands for an event that has not happened yet."""

    event: str
    day: date
    source: str = ""
    by: str | None = None


@dataclass(frozen=True)
class Counted:
    """`chosen`: of several periods, whether this one ends last or first."""

    period: Period
    day: date
    postponed: bool = False
    chosen: Literal["later", "earlier"] | None = None


@dataclass(frozen=True)
class Tolled:
    by: Lengthening
    day: date


@dataclass(frozen=True)
class Stayed:
    by: Stay
    days: int
    day: date


@dataclass(frozen=True)
class Extended:
    by: Grant
    day: date


@dataclass(frozen=True)
class Rolled:
    """`closed`: why the authority does not work on `start`."""

    start: date
    closed: Closed
    roll: Roll
    day: date


@dataclass(frozen=True)
class InPrint:
    by: Printed
    day: date


Step = Started | Counted | Tolled | Stayed | Extended | Rolled | InPrint


@dataclass(frozen=True)
class Due:
    """What falls due by one version of a rule, and how that is known.

    `day`: the date that holds; None where it waits for an event. `computed`: what the rule gives,
    also where a printed date took its place. `waits_for`: events that are neither known nor to be
    computed. `assumed`: which version holds could not be told, since its event is not known.
    `happened`: the day on which it was done, where that is known.
    """

    ruleset: str
    rule: Rule
    day: date | None = None
    computed: date | None = None
    printed: Printed | None = None
    steps: tuple[Step, ...] = ()
    period: Period | None = None
    rests_on: tuple[str, ...] = ()
    """The rules whose computed dates it was counted from, the nearest first."""
    waits_for: tuple[str, ...] = ()
    assumed: bool = False
    moment: datetime | None = None
    to: str | None = None
    """Whose date it is, where an extension was granted to one respondent."""
    happened: date | None = None
    unknown_year: int | None = None
    """The year of the day, where not all its closed days are known and they could move it."""
    doubted: Closed | None = None
    """A closure on the day which nobody has read, so that it does not move the day."""

    @property
    def estimated(self) -> bool:
        """Whether it was counted from a date that is computed itself."""
        return bool(self.rests_on)

    @property
    def difference(self) -> int | None:
        """Days by which the printed date is later than the computed one."""
        if self.printed is None or self.computed is None:
            return None
        return (self.printed.day - self.computed).days

    @property
    def is_verified(self) -> bool:
        """Of the variant that was used."""
        return (self.period or self.rule).is_verified
