"""Where a condition is looked for: features of which every notice that satisfies it has one.

A condition becomes a few branches. A branch is found at its pivots, together with the values of its
sides (market, kind, level), and then its rest is tested. Most branches have no rest: a product, a
kind and a market; a word and a market.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from monitor.search.sentinels import features
from monitor.search.sentinels.conditions import (
    Both,
    Condition,
    Either,
    Has,
    Phrase,
    both,
    either,
)
from monitor.search.sentinels.features import TAGS, Field, Sort
from monitor.search.sentinels.lowering import lowered
from monitor.search.sentinels.shares import Shares
from monitor.search.tree import Node, Tag

SIDES = (TAGS[Tag.MARKET], TAGS[Tag.KIND], TAGS[Tag.LEVEL])
"""Fields of few values, each of which most notices have once or twice."""
MOST = 64
"""Places (pivots times values of sides) at which a branch stands; a side that would make them more
is tested instead."""
START = 6
"""Characters of a word's beginning that are a pivot; the others are tested."""

Sides = tuple[tuple[str, ...], ...]
"""Of each of `SIDES` the values, any of which is wanted; none: it does not matter."""


@dataclass(frozen=True, slots=True)
class Branch:
    """`pivots` is None where a notice may have anything: the rest is tested on every notice."""

    pivots: tuple[Has, ...] | None
    sides: Sides
    rest: Condition


@dataclass(frozen=True, slots=True)
class Plan:
    """A search that any of the branches satisfies; `contrary`: that none of them does."""

    branches: tuple[Branch, ...]
    contrary: bool = False


class _Pivot(NamedTuple):
    """`share`: of the notices that have one. `exact`: having one is the whole condition."""

    features: tuple[Has, ...]
    share: float
    exact: bool = True


def plan(tree: Node, shares: Shares) -> Plan:
    """`NOT x` has no pivot, but x has: where the tree has none, its contrary is watched for."""
    found = Plan(tuple(_branches(lowered(tree), shares)))
    if all(branch.pivots is not None for branch in found.branches):
        return found
    contrary = Plan(tuple(_branches(lowered(tree, wanted=False), shares)), contrary=True)
    has_pivots = all(branch.pivots is not None for branch in contrary.branches)
    return contrary if has_pivots else found


def _branches(condition: Condition, shares: Shares) -> Iterator[Branch]:
    """Features of which any is wanted make one branch, everything else one each."""
    parts = condition.parts if isinstance(condition, Either) else (condition,)
    had = [part for part in parts if isinstance(part, Has)]
    others = [part for part in parts if not isinstance(part, Has)]
    for part in (either(had), *others) if had or not others else others:
        yield _branch(part.parts if isinstance(part, Both) else (part,), shares)


def _branch(parts: Sequence[Condition], shares: Shares) -> Branch:
    sided = [part for part in parts if isinstance(part, Has) and part.field in SIDES]
    others = [part for part in parts if not (isinstance(part, Has) and part.field in SIDES)]
    pivots = _pivots(others, shares) or _pivots(sided, shares)
    if not pivots:
        return Branch(None, (), both(parts))
    chosen, pivot = min(pivots, key=lambda pair: pair[1].share)
    sides = _sides([part for part in sided if part is not chosen], pivot, shares)
    done: list[Condition] = [*sides.values(), chosen] if pivot.exact else [*sides.values()]
    rest = [part for part in parts if part not in done]
    if len(rest) > 1:
        share = {part: pivot.share for part, pivot in pivots}
        rest.sort(key=lambda part: share.get(part, 1.0))
    values = tuple(sides[field].values if field in sides else () for field in SIDES)
    return Branch(pivot.features, values if sides else (), both(rest))


def _pivots(parts: Iterable[Condition], shares: Shares) -> list[tuple[Condition, _Pivot]]:
    return [(part, found) for part in parts if (found := _pivot(part, shares))]


def _sides(sided: list[Has], pivot: _Pivot, shares: Shares) -> dict[Field, Has]:
    """Of each field one, the rarest first, as long as the places are not too many."""
    places = max(1, sum(len(feature.values) for feature in pivot.features))
    if len(sided) > 1:
        sided.sort(key=lambda side: _shared(side, shares))
    found: dict[Field, Has] = {}
    for side in sided:
        if side.field not in found and places * len(side.values) <= MOST:
            places *= len(side.values)
            found[side.field] = side
    return found


def _shared(feature: Has, shares: Shares) -> float:
    return shares.of(feature.field, feature.values)


def _pivot(condition: Condition, shares: Shares) -> _Pivot | None:
    match condition:
        case Has(field, values) if field.sort is Sort.START and len(values[0]) > START:
            beginnings = tuple(sorted({value[:START] for value in values}))
            shorter = Has(features.starts(field.within, START), beginnings)
            return _Pivot((shorter,), _shared(shorter, shares), exact=False)
        case Has():
            return _Pivot((condition,), _shared(condition, shares))
        case Phrase():
            return _rarest(_neighbours(condition), shares)
        case Either(parts):
            return _any([_pivot(part, shares) for part in parts])
        case Both(parts):
            found = [pivot for part in parts if (pivot := _pivot(part, shares))]
            chosen = min(found, key=lambda pivot: pivot.share, default=None)
            return chosen._replace(exact=False) if chosen else None
        case _:
            return None


def _neighbours(phrase: Phrase) -> list[Has]:
    """Its pairs of terms; the term, where it is a single empty one."""
    stand = phrase.passage[1:-1].split(" ")
    values = list(map(" ".join, pairwise(stand))) or stand
    return [Has(features.words(phrase.within), (value,)) for value in values]


def _rarest(parts: Iterable[Has], shares: Shares) -> _Pivot:
    chosen = min(parts, key=lambda part: _shared(part, shares))
    return _Pivot((chosen,), _shared(chosen, shares), exact=False)


def _any(pivots: Sequence[_Pivot | None]) -> _Pivot | None:
    found = [pivot for pivot in pivots if pivot]
    if len(found) < len(pivots):
        return None
    together = either(feature for pivot in found for feature in pivot.features)
    had = together.parts if isinstance(together, Either) else (together,)
    return _Pivot(
        tuple(feature for feature in had if isinstance(feature, Has)),
        sum(pivot.share for pivot in found),
        all(pivot.exact for pivot in found),
    )
