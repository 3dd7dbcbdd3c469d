"""Claims, and how those of different evidence for one code become one claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from models.nomenclature import ics
from models.nomenclature.codes import FoundCode
from models.products.constants import constants

Evidence = dict[str, Any]
"""`kind` is `printed`, `ics` or `text`.

printed: `printed`, `digits`, `system`, `where`, and `partial`, `note` where they apply.
ics: `printed`, `where`. text: `words` (what both have), `reference` (what it resembles), `score`.
"""

_ORDER = {"printed": 0, "ics": 1, "text": 2}


@dataclass(frozen=True)
class Claim:
    """A code of HS2022 (two, four or six digits), 0 to 1, and why, strongest first."""

    code: str
    probability: float
    evidence: tuple[Evidence, ...]


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """One claim a code, best first. Independent evidence adds up; the same kind does not."""
    by_code: dict[str, list[Claim]] = {}
    for claim in claims:
        by_code.setdefault(claim.code, []).append(claim)
    found = [_one(code, same) for code, same in by_code.items()]
    return sorted(found, key=lambda c: (-c.probability, c.code))


def _one(code: str, claims: Sequence[Claim]) -> Claim:
    best: dict[str, float] = {}
    for claim in claims:
        kind = claim.evidence[0]["kind"]
        best[kind] = max(best.get(kind, 0.0), claim.probability)
    evidence = [item for claim in claims for item in claim.evidence]
    evidence.sort(key=lambda item: _ORDER[item["kind"]])
    probability = 1 - prod(1 - value for value in best.values())
    return Claim(code, round(probability, 4), tuple(evidence))


def of_code(code: FoundCode) -> list[Claim]:
    """What a printed code claims, at the deepest level that it names and HS2022 has.

    A group of the ICS claims the headings or chapters that its standards are about.
    """
    if code.system == "ICS":
        return _of_ics(code)
    evidence = (_as_printed(code),)
    probability = _printed(code)
    return [Claim(level, probability, evidence) for level in code.hs6 or _levels(code)]


def headings_of(claims: Iterable[Claim]) -> list[Claim]:
    """The headings that claims of subheadings imply."""
    return [
        Claim(claim.code[:4], claim.probability, claim.evidence)
        for claim in claims
        if len(claim.code) == 6
    ]


def _levels(code: FoundCode) -> list[str]:
    """The heading, else the chapter; a chapter that was guessed from a wrong code is none."""
    if code.heading is not None:
        return [code.heading]
    return [code.chapter] if code.chapter is not None and code.exists else []


def _printed(code: FoundCode) -> float:
    printed = constants().printed
    if not code.exists:
        return printed.unknown
    if len(code.hs6) > 1:
        return printed.split
    return printed.partial if code.partial else printed.same


def _as_printed(code: FoundCode) -> Evidence:
    evidence: Evidence = {
        "kind": "printed",
        "printed": code.printed,
        "digits": code.digits,
        "system": code.system,
        "where": code.where,
    }
    if code.partial:
        evidence["partial"] = True
    if code.note:
        evidence["note"] = code.note
    return evidence


def _of_ics(code: FoundCode) -> list[Claim]:
    goods = ics.hs_of(code.digits)
    if not goods:
        return []
    weights = constants().ics
    evidence = ({"kind": "ics", "printed": code.printed, "where": code.where},)
    probability = min(weights.ceiling, weights.shared / len(goods))
    return [Claim(hs, probability, evidence) for hs in goods]
