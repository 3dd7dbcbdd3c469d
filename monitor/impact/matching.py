"""Which of a base's goods a notice's product claims touch, and how deep. Pure functions.

A base's goods are the HS6 that it exports and its product lines (two, four or six digits). A claim
and a good agree

- to the subheading, where both are the same HS6;
- to the heading, where one of the two says no more than the heading and both share it;
- to the chapter, where one of the two says no more than the chapter and both share it. Two
  different subheadings of one heading are different goods, not a weak match: an engine of 8407.90
  is no outboard motor of 8407.21. A base whose line is all of 8407 makes it, and may export none.

A claim counts at its deepest agreement only. Exported goods go before lines without exports: a line
of 4409 that exports 4409.10 is touched to the subheading. Each good is counted once, by its best
claim. A subheading of what is left over (other articles of iron) says little where it is printed
beside codes that say more: the goods may also enter there, and the base makes something else of it.

What is only read from the words is weighed more finely, for the words tell how likely each
subheading is: a base is touched as far as its own subheadings are meant. Fans (8414.51) are not
touched by a notice whose words say 8414 surely and compressors (8414.80) most likely; only what
the subheadings that the words name leave of the heading speaks for the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Depth(StrEnum):
    """How deep a claim and a good agree, deepest first."""

    HS6 = "hs6"
    HEADING = "heading"
    CHAPTER = "chapter"


WORDS = "text"
"""The evidence of a claim that nobody stated: the words resemble those of such goods."""

RANK = {depth: rank for rank, depth in enumerate(reversed(Depth), start=1)}


@dataclass(frozen=True)
class Claim:
    """A code that a notice is said to be about. `evidence`: the strongest there is for it."""

    code: str
    probability: float
    evidence: str = "text"
    """`confirmed`, `printed`, `measure`, `ics` or `text`."""
    derived: bool = False
    """Printed only within narrower codes: 4409 where the notice prints 4409.10."""


@dataclass(frozen=True)
class Goods:
    """What a base makes (codes of its product lines) and exports (HS6)."""

    lines: frozenset[str]
    exported: frozenset[str]

    @cached_property
    def by_chapter(self) -> dict[str, list[str]]:
        chapters: dict[str, list[str]] = {}
        for code in self.lines | self.exported:
            chapters.setdefault(code[:2], []).append(code)
        return chapters

    def of_heading(self, heading: str) -> list[str]:
        """The heading itself, where a line is that, and its subheadings."""
        return [code for code in self.by_chapter.get(heading[:2], ()) if code[:4] == heading]


@dataclass(frozen=True)
class Limits:
    """Weights by depth, and the probabilities below which a claim does not match."""

    weights: Mapping[Depth, Decimal]
    floor: float
    chapter_floor: float
    residual: frozenset[str] = frozenset()
    """Subheadings of what is left over."""


@dataclass(frozen=True)
class Match:
    """`good`: the HS6 whose exports count; without exports, the narrower of claim and line."""

    good: str
    claim: Claim
    depth: Depth
    weight: Decimal
    exported: bool
    line: str | None
    """The product line that names the good."""


def match(claims: Iterable[Claim], goods: Goods, limits: Limits) -> list[Match]:
    """The goods touched, each once; best matches first."""
    claims = list(claims)
    mute = _mute(claims, limits)
    stated, worded = _parted(claims)
    telling = [claim for claim in specific(stated, limits) if claim.code not in mute]
    spoken = [_Spoken.of(group, mute) for group in worded]
    found = [
        *(each for claim in telling for each in _deepest(claim, goods, limits)),
        *(each for group in spoken for each in _by_words(group, goods, limits)),
    ]
    best: dict[str, Match] = {}
    for each in found:
        if each.good not in best or _worth(each) > _worth(best[each.good]):
            best[each.good] = each
    return sorted(best.values(), key=_worth, reverse=True)


def _mute(claims: Iterable[Claim], limits: Limits) -> frozenset[str]:
    """The residual subheadings, where there is a likely one that says more."""
    others = (c for c in claims if len(c.code) == 6 and c.code not in limits.residual)
    is_told = any(claim.probability >= limits.floor for claim in others)
    return limits.residual if is_told else frozenset()


def _parted(claims: Iterable[Claim]) -> tuple[list[Claim], list[list[Claim]]]:
    """What somebody stated (and guesses of whole chapters), and what the words say, by heading."""
    stated: list[Claim] = []
    worded = defaultdict[str, list[Claim]](list)
    for claim in claims:
        if claim.evidence == WORDS and len(claim.code) >= 4:
            worded[claim.code[:4]].append(claim)
        else:
            stated.append(claim)
    return stated, list(worded.values())


def specific(claims: Iterable[Claim], limits: Limits) -> list[Claim]:
    """The claims worth matching: probable enough, and no mere shadow of a narrower one.

    A heading that was derived from a printed subheading, or is claimed no more surely than one,
    adds nothing; one that is surer speaks for the subheadings that nobody named.
    """
    probable = [claim for claim in claims if claim.probability >= limits.floor]
    return [
        claim
        for claim in probable
        if not any(_shadows(narrower, claim) for narrower in probable if narrower is not claim)
    ]


def _shadows(narrower: Claim, broader: Claim) -> bool:
    if len(narrower.code) <= len(broader.code) or not narrower.code.startswith(broader.code):
        return False
    printed = narrower.evidence == "printed" and broader.derived
    return printed or narrower.probability >= broader.probability


def depth(one: str, other: str) -> Depth | None:
    """How deep two codes of two, four or six digits agree, or None."""
    if one[:2] != other[:2]:
        return None
    if min(len(one), len(other)) == 2:
        return Depth.CHAPTER
    if one[:4] != other[:4]:
        return None
    if min(len(one), len(other)) == 4:
        return Depth.HEADING
    return Depth.HS6 if one == other else None


def _deepest(claim: Claim, goods: Goods, limits: Limits) -> Iterator[Match]:
    nearby = goods.by_chapter.get(claim.code[:2], ())
    found = [(good, at) for good in nearby if (at := depth(claim.code, good))]
    if not found:
        return
    deepest = max((at for _, at in found), key=RANK.__getitem__)
    if deepest is Depth.CHAPTER and claim.probability < limits.chapter_floor:
        return
    touched = {good for good, at in found if at is deepest}
    exported = touched & goods.exported
    for good in exported or touched:
        yield Match(
            good=good if exported else max(good, claim.code, key=len),
            claim=claim,
            depth=deepest,
            weight=limits.weights[deepest],
            exported=bool(exported),
            line=good if not exported else line_of(good, goods.lines),
        )


def _by_words(spoken: "_Spoken", goods: Goods, limits: Limits) -> Iterator[Match]:
    """The goods of one heading, as far as the words mean them."""
    near = goods.of_heading(spoken.heading)
    chapter = spoken.heading[:2]
    if not near and chapter in goods.lines and spoken.strongest.probability >= limits.chapter_floor:
        yield _worded(chapter, spoken.strongest, Depth.CHAPTER, goods, limits)
    exported = [code for code in near if code in goods.exported]
    chosen = exported if spoken.meant(exported) >= limits.floor else near
    meant = spoken.meant(chosen)
    if meant < limits.floor:
        return
    for good in chosen:
        own = spoken.named.get(good)
        if own and own.probability >= limits.floor:
            yield _worded(good, own, Depth.HS6, goods, limits)
        elif good not in goods.exported or own or spoken.left >= limits.floor:
            claim = replace(spoken.strongest, probability=round(meant, 4))
            yield _worded(good, claim, Depth.HEADING, goods, limits)


def _worded(good: str, claim: Claim, depth: Depth, goods: Goods, limits: Limits) -> Match:
    is_exported = good in goods.exported
    return Match(
        good=good if is_exported else max(good, claim.code, key=len),
        claim=claim,
        depth=depth,
        weight=limits.weights[depth],
        exported=is_exported,
        line=line_of(good, goods.lines) if is_exported else good,
    )


@dataclass(frozen=True)
class _Spoken:
    """What the words say of a heading. `named`: the claims of its subheadings; `left`: how likely
    one is meant that they do not name."""

    heading: str
    strongest: Claim
    named: Mapping[str, Claim]
    left: float

    @classmethod
    def of(cls, group: Sequence[Claim], mute: frozenset[str]) -> "_Spoken":
        """What is mute takes its share of the heading, and touches nothing."""
        fine = [claim for claim in group if len(claim.code) == 6]
        named = {claim.code: claim for claim in fine if claim.code not in mute}
        strongest = max(group, key=lambda claim: (claim.probability, -len(claim.code), claim.code))
        whole = next((claim for claim in group if len(claim.code) == 4), None)
        spent = sum(claim.probability for claim in fine)
        left = max(0.0, whole.probability - spent) if whole else 0.0
        return cls(group[0].code[:4], strongest, named, left)

    def meant(self, codes: Iterable[str]) -> float:
        """How likely any of these goods is meant; the whole heading is, where a line is that."""
        chosen = set(codes)
        if self.heading in chosen:
            return self.strongest.probability
        own = sum(claim.probability for code, claim in self.named.items() if code in chosen)
        return own + (self.left if chosen - set(self.named) else 0.0)


def line_of(good: str, lines: frozenset[str]) -> str | None:
    """The longest product line that fits the code."""
    return next((good[:n] for n in (6, 4, 2) if good[:n] in lines), None)


def _worth(found: Match) -> tuple[float, int, float, str, str]:
    """A total order, so that the order in which claims arrive is irrelevant."""
    expected = float(found.weight) * found.claim.probability
    return (
        expected,
        RANK[found.depth],
        found.claim.probability,
        found.claim.code,
        found.good,
    )
