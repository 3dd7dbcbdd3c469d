"""The past cases together: by id, by the file they stand in, with what can be reckoned of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from django.conf import settings

from monitor.cases.past.reading import Authorities, read
from monitor.cases.past.tables import Echo, Group, PastCase, Rate, Spoken, Stage, What, Whom
from monitor.deadlines.library import Library

ANSWERED = (Whom.LOWEST, Whom.NAMED, Whom.ANSWERING)
NOT_ANSWERED = (Whom.ADVERSE, Whom.ALL_OTHERS)
COMPARED = (Stage.DEFINITIVE, Stage.REVIEW, Stage.PROVISIONAL)
"""The stage that says most first."""


@dataclass(frozen=True)
class Brought:
    """What answering brought: the lowest rate of those that answered beside that of the rest."""

    answered: Rate
    rest: Rate

    @property
    def is_sourced(self) -> bool:
        return self.answered.is_sourced and self.rest.is_sourced


@dataclass(frozen=True)
class PastCases:
    groups: Mapping[str, Group]
    names: Mapping[str, Spoken]
    """Of the authorities that have legal calendars."""

    @classmethod
    def load(cls) -> Self:
        """The files of the settings, read once per process. Raises RulesError."""
        calendars = Library.load(Path(settings.FENGHUO_DEADLINES)).authorities
        known: Authorities = {key: each.jurisdiction for key, each in calendars.items()}
        names = {key: Spoken(zh=each.zh, en=each.en) for key, each in calendars.items()}
        return cls(read(Path(settings.FENGHUO_PAST_CASES), known), names)

    @cached_property
    def cases(self) -> tuple[PastCase, ...]:
        return tuple(case for group in self.groups.values() for case in group.cases)

    @cached_property
    def by_id(self) -> dict[str, PastCase]:
        return {case.id: case for case in self.cases}

    @cached_property
    def echoes(self) -> tuple[Echo, ...]:
        return tuple(echo for group in self.groups.values() for echo in group.echoes)

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Case → file."""
        return {case.id: key for key, group in self.groups.items() for case in group.cases}

    def authority(self, case: PastCase) -> Spoken:
        if isinstance(case.authority, str):
            return self.names[case.authority]
        return case.authority

    def tally(self) -> tuple[int, int]:
        """Facts that are sourced, and those that are 待核实."""
        return tally(self.cases)


def tally(cases: Sequence[PastCase]) -> tuple[int, int]:
    sourced = [fact.is_sourced for case in cases for fact in case.facts()]
    return sum(sourced), len(sourced) - sum(sourced)


def took(case: PastCase) -> int | None:
    """Months from the opening to the measure, or to the end without one; None where unknown."""
    done = case.first(What.MEASURE) or case.first(What.ENDED)
    return case.begun().months_to(done.day) if done and _opened(case) else None


def lasted(case: PastCase) -> int | None:
    """Months from the measure to its end; None where it has not ended, or one is not known."""
    begun, ended = case.first(What.MEASURE), case.last(What.ENDED)
    return begun.day.months_to(ended.day) if begun and ended else None


def _opened(case: PastCase) -> bool:
    """Whether the day of its opening is known, or of the complaint where no other is."""
    return bool(case.first(What.INITIATION) or case.first(What.PETITION))


def brought(case: PastCase) -> list[Brought]:
    """Of each kind of the case, what answering brought; of the stage that says most."""
    found = (_brought(case, kind) for kind in case.kinds)
    return [each for each in found if each is not None]


def _brought(case: PastCase, kind: str) -> Brought | None:
    of_kind = [rate for rate in case.rates if rate.kind == kind]
    for stage in COMPARED:
        for rest in _ranked(of_kind, stage, NOT_ANSWERED):
            same = [
                rate for rate in _ranked(of_kind, stage, ANSWERED) if rate.measured == rest.measured
            ]
            lowest = min(same, key=lambda rate: rate.figure, default=None)
            if lowest is not None and lowest.figure < rest.figure:
                return Brought(lowest, rest)
    return None


def _ranked(rates: Sequence[Rate], stage: Stage, whose: Sequence[Whom]) -> Iterator[Rate]:
    for whom in whose:
        yield from (rate for rate in rates if rate.stage == stage and rate.whom == whom)
