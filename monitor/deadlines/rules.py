"""The legal calendar as data: an authority's procedures, and the rules that count their days."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from bundles import places
from bundles.words import DateKind, Kind, Outcome, Proceeding
from bundles.words import Event as Happening
from monitor.deadlines.authority import Authority, Place, Roll, Source
from monitor.deadlines.tables import Id, Table, Text

Count = Annotated[int, Field(ge=0, le=10_000)]


class Unit(StrEnum):
    """`month_end`: the last day of the month that lies `count` months on.
    `anniversary_month_end`: the last day of the month of the event, `count` years on."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    MONTH_END = "month_end"
    ANNIVERSARY_MONTH_END = "anniversary_month_end"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"
    ON = "on"


class Bound(StrEnum):
    """`latest`: to be done by then. `earliest`: not to be done before. `exact`: falls on that day.
    `expected`: what practice or the authority aims at."""

    LATEST = "latest"
    EARLIEST = "earliest"
    EXACT = "exact"
    EXPECTED = "expected"


DATING = (Bound.EXPECTED, Bound.EXACT, Bound.LATEST)
"""Which rule's date stands for an event that has not happened: what is expected first. That
something may not be done before a day never says when it happens."""


class Whom(StrEnum):
    EXPORTER = "exporter"
    IMPORTER = "importer"
    PARTY = "party"
    CHAMBER = "chamber"
    PETITIONER = "petitioner"
    AUTHORITY = "authority"


class Event(Table):
    """What rules count from. `notice`: the word of a notice (`bundles.words.Event`) whose day it
    is; the others narrow down which notices those are."""

    id: Id
    zh: Text
    en: Text
    notice: Happening | None = None
    day: Literal["published", "decided"] = "published"
    authority: Id | None = None
    """Whose notice, where it is another authority's."""
    proceedings: tuple[Proceeding | Literal["none"], ...] | None = None
    """Where the notice belongs to other proceedings than its file's: the order that a review is
    about."""
    outcomes: tuple[Outcome, ...] | None = None

    @model_validator(mode="after")
    def _narrows_a_notice(self) -> Self:
        narrowed = self.authority or self.proceedings or self.outcomes
        if self.notice is None and narrowed:
            raise ValueError(f"{self.id}: authority, proceedings, outcomes: only beside `notice`")
        return self

    def is_told_with(self, other: "Event") -> bool:
        """Whether a notice that tells the one tells the other."""
        mine = (self.notice, self.authority, self.proceedings, self.outcomes)
        theirs = (other.notice, other.authority, other.proceedings, other.outcomes)
        return self.notice is not None and mine == theirs


class Period(Source):
    """So many units from an event, and where that stands."""

    count: Count
    unit: Unit
    start: Annotated[Id, Field(alias="from")]
    direction: Direction = Direction.AFTER
    first_day: bool = False
    """The day of the event is the first of the period: it ends a day earlier."""

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if self.direction is Direction.ON and (self.count or self.first_day):
            raise ValueError('direction = "on" counts nothing: count = 0, and no first_day')
        if self.first_day and not self.count:
            raise ValueError("first_day: a period of nothing has no first day")
        return self


class Variant(Source):
    """What of a rule is otherwise after a postponement."""

    count: Count | None = None
    unit: Unit | None = None
    start: Annotated[Id | None, Field(alias="from")] = None
    direction: Direction | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if (self.count, self.unit, self.start, self.direction) == (None,) * 4:
            raise ValueError("says nothing: give count, unit, from or direction")
        return self


class Rule(Period):
    """What falls due, for whom, and by what count. Entries with one id are its versions."""

    id: Id
    zh: Text
    en: Text
    whom: Annotated[Whom, Field(alias="for")]
    event: Id | None = None
    """What happens when it falls due: whatever counts from that uses this day until it is known."""
    bound: Bound = Bound.LATEST
    roll: Roll | None = None
    postponed: Variant | None = None
    later_of: tuple[Period, ...] = ()
    earlier_of: tuple[Period, ...] = ()
    tolled: bool = True
    """False: a period of statute that no memorandum lengthens."""
    stands_for: DateKind | None = None
    """A date of this kind printed in a notice takes the rule's place."""
    origins: tuple[Place, ...] | None = None
    note_zh: Text | None = None
    note_en: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    decided_by: Id | None = None
    """The event whose day is compared with them; absent: the first event of the file."""

    @field_validator("origins")
    @classmethod
    def _are_places(cls, origins: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for code in origins or ():
            if code != "WTO":
                places.name(code)
        return origins

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"{self.id}: valid_from is after valid_to")
        if self.later_of and self.earlier_of:
            raise ValueError(f"{self.id}: later_of or earlier_of, not both")
        if (self.note_zh is None) != (self.note_en is None):
            raise ValueError(f"{self.id}: note_zh and note_en: both or neither")
        return self

    @property
    def version(self) -> str:
        """From when to when it holds, as text; empty where it always does."""
        if self.valid_from is None and self.valid_to is None:
            return ""
        return f"{self.valid_from or ''}..{self.valid_to or ''}"

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def is_against(self, origins: Sequence[str] | None) -> bool:
        """`origins`: whose goods the measure is about; None: not known, so any rule may hold."""
        return self.origins is None or origins is None or not set(self.origins).isdisjoint(origins)

    @cached_property
    def put_off(self) -> Period | None:
        """The count after a postponement; None where the law knows none."""
        changed = self.postponed
        if changed is None:
            return None
        return Period.model_validate(
            {
                "count": self.count if changed.count is None else changed.count,
                "unit": changed.unit or self.unit,
                "from": changed.start or self.start,
                "direction": changed.direction or self.direction,
                "first_day": self.first_day,
                "basis": changed.basis,
                "citation": changed.citation,
                "read": changed.read,
                "verified": changed.verified,
            }
        )

    def starts(self) -> Iterator[str]:
        """The events that it counts from, in any variant."""
        yield self.start
        if self.postponed and self.postponed.start:
            yield self.postponed.start
        for other in (*self.later_of, *self.earlier_of):
            yield other.start


class Procedure(Table):
    """A file: what one sort of proceeding of one authority goes through."""

    zh: Text
    en: Text
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    proceedings: Annotated[tuple[Proceeding | Literal["none"], ...], Field(min_length=1)]
    events: Annotated[tuple[Event, ...], Field(min_length=1)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Ruleset:
    """A procedure of an authority, found by `<authority>/<procedure>`."""

    def __init__(self, authority: Authority, procedure: str, file: Procedure) -> None:
        self.authority = authority
        self.procedure = procedure
        self.file = file

    @property
    def name(self) -> str:
        return f"{self.authority.id}/{self.procedure}"

    @cached_property
    def events(self) -> dict[str, Event]:
        return {event.id: event for event in self.file.events}

    @cached_property
    def versions(self) -> dict[str, tuple[Rule, ...]]:
        """Every rule's versions, in the order of the file."""
        found: dict[str, list[Rule]] = {}
        for rule in self.file.rules:
            found.setdefault(rule.id, []).append(rule)
        return {key: tuple(rules) for key, rules in found.items()}

    @cached_property
    def dating(self) -> dict[str, tuple[str, ...]]:
        """By event: the rules whose date stands for it while it has not happened."""
        found: dict[str, list[str]] = {}
        for bound in DATING:
            for rule, versions in self.versions.items():
                event = versions[0].event
                if event and versions[0].bound is bound:
                    found.setdefault(event, []).append(rule)
        return {event: tuple(rules) for event, rules in found.items()}

    def roll(self, rule: Rule) -> Roll:
        """What may not happen before a day, or falls on it by law, is no last day to be moved."""
        if rule.roll is not None:
            return rule.roll
        fixed = rule.bound in {Bound.EARLIEST, Bound.EXACT}
        return Roll.NONE if fixed else self.authority.roll

    def decider(self, rule: Rule) -> str:
        """The event that says which version of the rule holds."""
        return rule.decided_by or self.file.events[0].id
