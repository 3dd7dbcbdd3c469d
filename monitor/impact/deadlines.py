"""The legal calendar as data: `deadlines/<authority>.toml`, read strictly.

A first, small set: what a single notice starts, counted from its publication. Every rule says its
count, its legal basis and whether that was checked (`sourced`) or is known by practice only
(`待核实`); a reader is told which.
"""

import calendar as months
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import Field, ValidationError, field_validator, model_validator

from bundles.words import DateKind, Event, Kind, Proceeding
from monitor.impact.rules import RulesError, Table, Text, Word, explain, toml

Unit = Literal["days", "business_days", "months", "month_end"]
Roll = Literal["none", "weekend", "business_day"]
DAY = timedelta(days=1)


class DeadlineRule(Table):
    """What a notice of these kinds, proceedings and events starts."""

    id: Word
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    proceedings: Annotated[tuple[Proceeding | Literal["none"], ...], Field(min_length=1)]
    events: Annotated[tuple[Event, ...], Field(min_length=1)]
    origins: tuple[str, ...] | None = None
    """Only where the measure names one of these (a non-market economy's separate rates)."""
    stands_for: DateKind
    """A date of this kind printed in the notice takes the rule's place."""
    what_zh: Text
    what_en: Text
    who: Literal["exporter", "respondent", "party"]
    count: Annotated[int, Field(ge=0)]
    unit: Unit
    basis: Text
    citation: Annotated[Text, Field(pattern=r"^https://")]
    verified: Literal["sourced", "待核实"]
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _some_day(self) -> "DeadlineRule":
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"{self.id}: valid_from is after valid_to")
        return self

    def holds(self, start: "Start") -> bool:
        return (
            start.kind in self.kinds
            and (start.proceeding or "none") in self.proceedings
            and start.event in self.events
            and (self.origins is None or start.origin in self.origins)
            and (self.valid_from or date.min) <= start.published <= (self.valid_to or date.max)
        )


class Authority(Table):
    """The rules of one authority, the zone its days are counted in, its days off."""

    jurisdiction: Text
    authorities: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Parts of the name under which its notices appear."""
    zone: Text
    roll: Roll
    holidays: Text | None = None
    """ISO 3166 code of the country whose public holidays it keeps."""
    rules: Annotated[tuple[DeadlineRule, ...], Field(min_length=1)]

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"`{zone}` is no time zone of the IANA")
        return zone

    @model_validator(mode="after")
    def _has_holidays(self) -> "Authority":
        counts_them = self.roll == "business_day" or any(
            rule.unit == "business_days" for rule in self.rules
        )
        if counts_them != (self.holidays is not None):
            raise ValueError("holidays: to be named where business days are counted, only there")
        if self.holidays is not None and self.holidays not in holidays.list_supported_countries():
            raise ValueError(f"holidays: no calendar of `{self.holidays}`")
        return self

    def issued(self, start: "Start") -> bool:
        return start.jurisdiction == self.jurisdiction and any(
            part.casefold() in start.authority.casefold() for part in self.authorities
        )


@dataclass(frozen=True)
class Start:
    """What of a notice and its measure the rules look at."""

    jurisdiction: str
    authority: str
    kind: str
    proceeding: str | None
    event: str
    origin: str | None
    published: date


@dataclass(frozen=True)
class Calendar:
    """All authorities' rules."""

    authorities: tuple[Authority, ...]

    def zone(self, jurisdiction: str) -> ZoneInfo | None:
        """Where the jurisdiction's legal days begin and end, if any authority of it is known."""
        named = (a.zone for a in self.authorities if a.jurisdiction == jurisdiction)
        zone = next(named, None)
        return ZoneInfo(zone) if zone else None

    def started(self, start: Start) -> Iterator[tuple[DeadlineRule, date]]:
        """The rules that hold for a notice, with their dates."""
        for authority in self.authorities:
            if authority.issued(start):
                for rule in authority.rules:
                    if rule.holds(start):
                        yield rule, due(rule, authority, start.published)


def due(rule: DeadlineRule, authority: Authority, start: date) -> date:
    """The last day of the period. The day of the event is not counted; the last day is moved on
    where the authority is closed."""
    off = _days_off(authority.holidays)
    if rule.unit == "business_days":
        return _business_days(start, rule.count, off)
    day = _counted(rule, start)
    closed = authority.roll != "none"
    while closed and (day.weekday() >= 5 or (authority.roll == "business_day" and day in off)):
        day += DAY
    return day


def _counted(rule: DeadlineRule, start: date) -> date:
    if rule.unit == "days":
        return start + timedelta(days=rule.count)
    year, month = divmod(start.year * 12 + start.month - 1 + rule.count, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, last if rule.unit == "month_end" else min(start.day, last))


def _business_days(start: date, count: int, off: holidays.HolidayBase) -> date:
    day = start
    while count:
        day += DAY
        count -= day.weekday() < 5 and day not in off
    return day


@cache
def _days_off(country: str | None) -> holidays.HolidayBase:
    return holidays.HolidayBase() if country is None else holidays.country_holidays(country)


@cache
def load(folder: Path) -> Calendar:
    """All files of the folder, read once per process. Raises RulesError."""
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such folder")
    authorities = tuple(_read(path) for path in sorted(folder.glob("*.toml")))
    _check_names(folder, [rule for authority in authorities for rule in authority.rules])
    return Calendar(authorities)


def _read(path: Path) -> Authority:
    try:
        return Authority.model_validate(toml(path))
    except ValidationError as error:
        raise RulesError(explain(path, error)) from error


def _check_names(folder: Path, rules: Iterable[DeadlineRule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RulesError(f"{folder}: two rules are called {rule.id}")
        seen.add(rule.id)
