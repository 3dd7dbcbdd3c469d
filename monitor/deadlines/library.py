"""All rulesets together: by name, by authority, by the notice that they are about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

from monitor.deadlines.authority import Authority
from monitor.deadlines.reading import load
from monitor.deadlines.rules import Event, Ruleset

WTO = "WTO"
NONE = "none"


class Published(Protocol):
    """A stored notice (`monitor.notices.models.Notice`), of which this room imports nothing."""

    @property
    def number(self) -> str: ...
    @property
    def published(self) -> date: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def kinds(self) -> Sequence[str]: ...
    @property
    def proceeding(self) -> str | None: ...
    @property
    def event(self) -> str: ...
    @property
    def also(self) -> Sequence[str]: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def origins(self) -> Sequence[str]: ...
    @property
    def item(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Said:
    """What of a notice the rules look at. `dates`: as in `NoticeItem.dates`, plain JSON. `period`:
    of the review, so that the notices of two reviews are told apart. `origins`: empty where none
    is named."""

    jurisdiction: str
    authority: str
    kinds: tuple[str, ...]
    proceeding: str | None
    event: str
    published: date
    also: tuple[str, ...] = ()
    outcome: str | None = None
    origins: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    dates: tuple[Mapping[str, Any], ...] = ()
    period: tuple[str, str] | None = None
    number: str = ""

    @classmethod
    def of(cls, notice: Published) -> Self:
        item, period = notice.item, notice.item.get("period")
        return cls(
            jurisdiction=notice.jurisdiction,
            authority=notice.authority,
            kinds=tuple(notice.kinds),
            proceeding=notice.proceeding,
            event=notice.event,
            published=notice.published,
            also=tuple(notice.also),
            outcome=notice.outcome,
            origins=tuple(notice.origins),
            symbols=(notice.number, *item.get("symbols", ())),
            dates=tuple(item.get("dates", ())),
            period=(period["start"], period["end"]) if period else None,
            number=notice.number,
        )

    @property
    def happened(self) -> tuple[str, ...]:
        return (self.event, *self.also)


@dataclass(frozen=True)
class Library:
    """Every ruleset of the deployer's."""

    rulesets: tuple[Ruleset, ...]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The folder, read once per process. Raises RulesError."""
        return cls(load(folder))

    def named(self, name: str) -> Ruleset:
        """KeyError: there is none of that name."""
        return {ruleset.name: ruleset for ruleset in self.rulesets}[name]

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        return {ruleset.authority.id: ruleset.authority for ruleset in self.rulesets}

    def zone(self, jurisdiction: str) -> ZoneInfo | None:
        """Where the jurisdiction's legal days begin and end, if any authority of it is known."""
        found = (a.tz for a in self.authorities.values() if a.jurisdiction == jurisdiction)
        return next(found, None)

    def about(self, said: Said) -> Iterator[tuple[Ruleset, tuple[str, ...]]]:
        """The rulesets of the notice's kinds, with the events whose day it is, if any."""
        for ruleset in self.rulesets:
            near = ruleset.authority.jurisdiction in (said.jurisdiction, WTO)
            if near and not set(ruleset.file.kinds).isdisjoint(said.kinds):
                events = self.dated(ruleset, said)
                if events:
                    yield ruleset, events

    def dated(self, ruleset: Ruleset, said: Said) -> tuple[str, ...]:
        """The events of the ruleset whose day is the notice's."""
        return tuple(
            event.id
            for event in ruleset.file.events
            if event.day == "published" and self.tells(ruleset, event, said)
        )

    def tells(self, ruleset: Ruleset, event: Event, said: Said) -> bool:
        """Whether the notice says that this happened."""
        proceedings = event.proceedings or ruleset.file.proceedings
        return (
            event.notice in said.happened
            and (said.proceeding or NONE) in proceedings
            and (event.outcomes is None or said.outcome in event.outcomes)
            and self._is_by(event.authority or ruleset.authority.id, said)
        )

    def is_own(self, ruleset: Ruleset, said: Said) -> bool:
        """Whether the notice is one of the ruleset's authority and proceeding."""
        return (said.proceeding or NONE) in ruleset.file.proceedings and self._is_by(
            ruleset.authority.id, said
        )

    def _is_by(self, authority: str, said: Said) -> bool:
        found = self.authorities.get(authority)
        return found is not None and issued(found, said)


def issued(authority: Authority, said: Said) -> bool:
    """The WTO circulates what its members notify: its documents are known by their symbols."""
    if authority.jurisdiction == WTO:
        return any(part in symbol for part in authority.names for symbol in said.symbols)
    return authority.jurisdiction == said.jurisdiction and authority.called(said.authority)
