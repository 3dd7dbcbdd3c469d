"""Past cases like a measure: on the same goods, in the same market, of the same kind.

What shares a subheading is nearest, then a heading; a shared chapter counts only together with
market and kind, for a chapter holds goods that have nothing to do with each other. Among those as
near, the same market goes first, then the same kind, then the newest.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bundles.places import members
from monitor.cases.past.tables import PastCase
from monitor.impact.matching import Depth

SHOWN = 5
_RANK = {depth: rank for rank, depth in enumerate(Depth)}


@dataclass(frozen=True)
class Near:
    """A past case and why it is near. `shared`: the codes of that depth that both have. `itself`:
    it is the measure that was asked about."""

    case: PastCase
    depth: Depth
    shared: tuple[str, ...]
    same_market: bool
    same_kinds: tuple[str, ...]
    itself: bool = False


@dataclass(frozen=True)
class Asked:
    """A measure or a case: HS codes of two, four or six digits, kinds, market, and the numbers
    under which it is filed."""

    codes: frozenset[str]
    kinds: frozenset[str]
    market: str
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        codes: Iterable[str],
        kinds: Collection[str],
        market: str,
        numbers: Iterable[str] = (),
    ) -> "Asked":
        return cls(frozenset(codes), frozenset(kinds), market, frozenset(numbers))


def near(cases: Iterable[PastCase], asked: Asked, limit: int = SHOWN) -> list[Near]:
    """Nearest first; the measure itself before all."""
    found = (_compared(case, asked) for case in cases)
    return sorted((each for each in found if each), key=_nearness)[:limit]


def _compared(case: PastCase, asked: Asked) -> Near | None:
    itself = any(reference.text in asked.numbers for reference in case.references)
    deepest = shared(case.goods.hs, asked.codes)
    market = meet(case.jurisdiction, asked.market)
    kinds = tuple(kind for kind in case.kinds if kind in asked.kinds)
    if deepest is None and not itself:
        return None
    depth, codes = deepest or (Depth.HEADING, case.goods.hs)
    if depth == Depth.CHAPTER and not itself and not (market and kinds):
        return None
    return Near(case, depth, codes, market, kinds, itself)


def shared(one: Sequence[str], other: Collection[str]) -> tuple[Depth, tuple[str, ...]] | None:
    """How deep two lists of codes agree, and the codes that they share there."""
    for depth, digits in ((Depth.HS6, 6), (Depth.HEADING, 4), (Depth.CHAPTER, 2)):
        both = {code[:digits] for code in one if len(code) >= digits} & {
            code[:digits] for code in other if len(code) >= digits
        }
        if both:
            return depth, tuple(sorted(both))
    return None


def meet(one: str, other: str) -> bool:
    """Whether two markets have a state in common: a union is its members."""
    return not set(members(one)).isdisjoint(members(other))


def _nearness(each: Near) -> tuple[bool, int, bool, bool, int, str]:
    return (
        not each.itself,
        _RANK[each.depth],
        not each.same_market,
        not each.same_kinds,
        -each.case.begun().first.toordinal(),
        each.case.id,
    )
