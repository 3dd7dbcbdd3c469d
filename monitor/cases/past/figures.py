"""Durations and outcomes by authority: of the cases of the library, which were chosen for what they
teach. They are no sample of all cases, and say nothing of how often anything happens."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from monitor.cases.past.library import PastCases, lasted, took
from monitor.cases.past.tables import Ending, PastCase, Spoken


@dataclass(frozen=True)
class Span:
    """Of durations in whole months: how many are known, the shortest, the middle, the longest."""

    known: int
    shortest: int
    middle: float
    longest: int


@dataclass(frozen=True)
class Row:
    authority: Spoken
    jurisdiction: str
    cases: int
    endings: Sequence[tuple[Ending, int]]
    took: Span | None
    lasted: Span | None


def figures(library: PastCases) -> list[Row]:
    """The authorities with most cases first."""
    by: defaultdict[tuple[str, str], list[PastCase]] = defaultdict(list)
    for case in library.cases:
        by[case.jurisdiction, library.authority(case).en].append(case)
    rows = [_row(library, cases) for cases in by.values()]
    return sorted(rows, key=lambda row: (-row.cases, row.jurisdiction, row.authority.en))


def _row(library: PastCases, cases: Sequence[PastCase]) -> Row:
    counted = Counter(case.outcome.how for case in cases)
    return Row(
        authority=library.authority(cases[0]),
        jurisdiction=cases[0].jurisdiction,
        cases=len(cases),
        endings=[(how, counted[how]) for how in Ending if counted[how]],
        took=_span([took(case) for case in cases]),
        lasted=_span([lasted(case) for case in cases]),
    )


def _span(durations: Sequence[int | None]) -> Span | None:
    known = sorted(months for months in durations if months is not None)
    return Span(len(known), known[0], median(known), known[-1]) if known else None
