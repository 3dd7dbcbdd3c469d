"""Echo chains: who opened on the same goods after whom, and how many months later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.cases.past.library import PastCases
from monitor.cases.past.near import meet, shared
from monitor.cases.past.tables import Echo, PastCase, Step
from monitor.cases.past.when import When
from monitor.deadlines.authority import UNCHECKED
from monitor.impact.matching import Depth


@dataclass(frozen=True)
class Link:
    """One opening of a chain. `months`: after the first; None where only years are known."""

    jurisdiction: str
    origins: tuple[str, ...]
    day: When
    case: PastCase | None
    months: int | None
    address: str
    """Where it was read; empty: 待核实, or in the case."""
    is_sourced: bool


@dataclass(frozen=True)
class Chain:
    echo: Echo
    links: Sequence[Link]

    @property
    def same_market(self) -> bool:
        """One market that went after goods of ever more origins."""
        return len({link.jurisdiction for link in self.links}) == 1


@dataclass(frozen=True)
class Heard:
    """A chain on the goods of a measure. `first`: of the market asked about, else of the chain;
    `then`: those after it, with the months since."""

    chain: Chain
    first: Link
    is_asked: bool
    then: Sequence[tuple[Link, int | None]]


def chain(library: PastCases, echo: Echo) -> Chain:
    days = [_day(library, step) for step in echo.steps]
    links = [
        _link(library, echo, step, days[0].months_to(day))
        for step, day in zip(echo.steps, days, strict=True)
    ]
    return Chain(echo, links)


def chains(library: PastCases) -> list[Chain]:
    return [chain(library, echo) for echo in library.echoes]


def of_case(library: PastCases, case: PastCase) -> list[Chain]:
    """Those that the case stands in."""
    found = (e for e in library.echoes if any(step.case == case.id for step in e.steps))
    return [chain(library, echo) for echo in found]


def heard(library: PastCases, codes: Collection[str], market: str) -> list[Heard]:
    """Of chains on the same heading: who followed when this market opened; if it stands in none,
    who followed the first."""
    found = [_heard(each, market) for each in chains(library) if _is_about(each.echo, codes)]
    return [each for each in found if each.then]


def _is_about(echo: Echo, codes: Collection[str]) -> bool:
    found = shared(echo.hs, codes)
    return found is not None and found[0] != Depth.CHAPTER


def _heard(chain: Chain, market: str) -> Heard:
    at = next((i for i, link in enumerate(chain.links) if meet(link.jurisdiction, market)), None)
    first = chain.links[at or 0]
    later = chain.links[(at or 0) + 1 :]
    return Heard(
        chain, first, at is not None, [(link, first.day.months_to(link.day)) for link in later]
    )


def _day(library: PastCases, step: Step) -> When:
    if step.case is not None:
        return library.by_id[step.case].begun()
    if step.day is None:
        raise ValueError("a step has a case or a day")
    return step.day


def _link(library: PastCases, echo: Echo, step: Step, months: int | None) -> Link:
    case = library.by_id[step.case] if step.case else None
    return Link(
        jurisdiction=case.jurisdiction if case else str(step.jurisdiction),
        origins=case.origins if case else step.origins,
        day=_day(library, step),
        case=case,
        months=months,
        address=echo.sources.get(step.source, ""),
        is_sourced=case is not None or step.source != UNCHECKED,
    )
