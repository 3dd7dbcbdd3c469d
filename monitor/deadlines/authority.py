"""An authority as data: where it sits, when it is closed, and where that stands.

Everything says where it was read (`Source`). `verified` is the day on which somebody read count,
unit and starting event in a source that prints them; where nobody has, it says 待核实 and the
reader is told so.
"""

from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from monitor.deadlines.closures import ClosedDays, Closing, Covered, twice
from monitor.deadlines.tables import Id, Table, Text

UNCHECKED = "待核实"
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$|^EAEU$|^WTO$")]
Weekday = Annotated[int, Field(ge=1, le=7)]


class Roll(StrEnum):
    """What a last day on which the authority is closed becomes: its next or previous open day, or
    itself."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


def _is_day_or_unchecked(value: object) -> object:
    """A TOML date, the same as text, or 待核实."""
    if value == UNCHECKED or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"give the day on which it was read, or {UNCHECKED}") from error


class Source(Table):
    """Where a rule stands: its legal basis, the address of the law, the document that was read."""

    basis: Text
    citation: Annotated[Text, Field(pattern=r"^https?://")]
    read: Text
    verified: Annotated[date | Literal["待核实"], BeforeValidator(_is_day_or_unchecked)]

    @property
    def is_verified(self) -> bool:
        return isinstance(self.verified, date)


class Filing(Source):
    """Where filing ends at an hour of the authority's wall clock."""

    hour: time


class Closure(Source):
    """One decision or law, and the days on which the authority is closed by it beyond weekends and
    public holidays."""

    days: Annotated[tuple[ClosedDays, ...], Field(min_length=1)]
    covers: Covered | None = None
    """It says all closed days of these."""

    @model_validator(mode="after")
    def _covers_what_was_read(self) -> Self:
        if self.covers and not self.is_verified:
            raise ValueError(f"covers: nobody has read it ({UNCHECKED}), so it covers nothing")
        return self


class Toll(Source):
    """All periods that are running on the day `on` are longer by `days` calendar days."""

    id: Id
    on: date
    days: Annotated[int, Field(ge=1, le=400)]
    zh: Text
    en: Text
    procedures: tuple[Id, ...] | None = None
    """Absent: all procedures of the authority."""
    rules: tuple[Id, ...] | None = None
    """Absent: all their rules."""

    def concerns(self, procedure: str) -> bool:
        return self.procedures is None or procedure in self.procedures

    def meets(self, other: Self) -> bool:
        """Whether both concern some procedure."""
        if self.procedures is None or other.procedures is None:
            return True
        return bool(set(self.procedures) & set(other.procedures))


class Authority(Table):
    """Who decides, where its days are counted, when it is closed."""

    id: Id
    zh: Text
    en: Text
    jurisdiction: Place
    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Parts of the names under which its notices appear."""
    zone: Text
    weekend: Annotated[tuple[Weekday, ...], Field(max_length=6)]
    """ISO weekdays: Monday is 1."""
    holidays: tuple[Text, ...] = ()
    """Calendars of the package `holidays`: `US`, `US-DC` with a subdivision; of several, a holiday
    of any."""
    categories: Annotated[tuple[Text, ...], Field(min_length=1)] = ("public",)
    """Of those calendars: `public`, `government`, …"""
    roll: Roll
    roll_basis: Source | None = None
    filing: Filing | None = None
    closures: tuple[Closure, ...] = ()
    tolls: tuple[Toll, ...] = ()

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, ZoneInfoNotFoundError) as error:
            raise ValueError(f"`{zone}` is no time zone of the IANA, such as Asia/Seoul") from error
        return zone

    @field_validator("holidays", mode="before")
    @classmethod
    def _may_be_one(cls, codes: object) -> object:
        return (codes,) if isinstance(codes, str) else codes

    @field_validator("holidays")
    @classmethod
    def _are_calendars(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        for code in codes:
            country, _, part = code.partition("-")
            try:
                holidays.country_holidays(country, subdiv=part or None)
            except NotImplementedError as error:
                raise ValueError(f"the package `holidays` has no calendar of `{code}`") from error
        return codes

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if self.roll is not Roll.NONE and self.roll_basis is None:
            raise ValueError("roll_basis: to be given, since a closed day is moved (roll)")
        self._check_categories()
        ids = [toll.id for toll in self.tolls]
        if len(set(ids)) < len(ids):
            raise ValueError(f"tolls: an id stands twice: {', '.join(ids)}")
        self._check_tolls()
        self._check_closures()
        return self

    def _check_tolls(self) -> None:
        """A case's own toll takes the place of that of its day, so a procedure has one a day."""
        for one, other in combinations(self.tolls, 2):
            if one.on == other.on and one.meets(other):
                raise ValueError(f"tolls: {one.id} and {other.id} are of one day; make them one")

    def _check_closures(self) -> None:
        for found in twice([days for closure in self.closures for days in closure.days]):
            raise ValueError(f"closures: {found}")
        if self.holidays and any(closure.covers for closure in self.closures):
            raise ValueError("covers: leave it out, the calendars under `holidays` cover the years")

    def _check_categories(self) -> None:
        for code in self.holidays:
            country = code.partition("-")[0]
            known = holidays.country_holidays(country).supported_categories
            for category in sorted(set(self.categories) - set(known)):
                raise ValueError(
                    f"categories: the calendar of {country} has no `{category}`; "
                    f"it has: {', '.join(known)}"
                )

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def closing(self) -> Closing:
        return Closing(
            read=(days for each in self.closures if each.is_verified for days in each.days),
            unread=(days for each in self.closures if not each.is_verified for days in each.days),
            covered=(each.covers.span for each in self.closures if each.covers),
        )

    def called(self, name: str) -> bool:
        """Whether a notice that names `name` as its authority is one of this one."""
        return any(part.casefold() in name.casefold() for part in self.names)
