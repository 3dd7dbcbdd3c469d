"""Figures of answers against what is right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.products.evaluation.matchers import Answer
from models.products.evaluation.sets import Case

TOP = 5
WORST = 20
_DRAWS = 2000
_SEED = 20261126
CONFUSIONS = 15


@dataclass(frozen=True)
class Bin:
    """Answers whose probability lies in one stretch: how many, how sure, how many right."""

    count: int
    sure: float
    right: float


@dataclass(frozen=True)
class Figures:
    """`coverage`: share that is answered; `precision`: of the answered, hit at once.

    `set_recall`: share of all right headings that are among the first five. Calibration errors
    are those of the first heading, over ten and fifteen bins of equal width. `ideal10`: what a
    matcher that is exactly as right as it is sure would show over ten bins, with as many documents
    and the same probabilities, on average; `ideal10_most`: in 95 of 100 cases no more than that.
    """

    documents: int
    hit1: float
    hit5: float
    hs6_hit1: float
    hs6_hit5: float
    set_recall: float
    ece10: float
    ece15: float
    ideal10: float
    ideal10_most: float
    coverage: float
    precision: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def figures(cases: Sequence[Case], answers: Sequence[Answer]) -> Figures:
    """Raises `ZeroDivisionError` where there are no cases."""
    pairs = list(zip(cases, answers, strict=True))
    given = [(case, answer) for case, answer in pairs if not answer.vague]
    sixes = [(case, answer) for case, answer in pairs if case.hs6]
    wanted = sum(len(case.hs4) for case in cases)
    ideal, most = ideal_error(answers, 10)
    return Figures(
        documents=len(cases),
        hit1=_share([_hit(answer.hs4[:1], case.hs4) for case, answer in pairs]),
        hit5=_share([_hit(answer.hs4[:TOP], case.hs4) for case, answer in pairs]),
        hs6_hit1=_share([_hit(answer.hs6[:1], case.hs6) for case, answer in sixes]),
        hs6_hit5=_share([_hit(answer.hs6[:TOP], case.hs6) for case, answer in sixes]),
        set_recall=sum(len(case.hs4 & _codes(a.hs4[:TOP])) for case, a in pairs) / max(1, wanted),
        ece10=calibration_error(cases, answers, 10),
        ece15=calibration_error(cases, answers, 15),
        ideal10=ideal,
        ideal10_most=most,
        coverage=len(given) / len(cases),
        precision=_share([_hit(answer.hs4[:1], case.hs4) for case, answer in given]),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _codes(ranked: Sequence[tuple[str, float]]) -> set[str]:
    return {code for code, _ in ranked}


def _hit(ranked: Sequence[tuple[str, float]], right: frozenset[str]) -> bool:
    return not right.isdisjoint(_codes(ranked))


def bins(cases: Sequence[Case], answers: Sequence[Answer], count: int) -> list[Bin | None]:
    """Of the first heading, `count` of equal width; None where no answer is so sure. A document
    without any answer is as sure as 0 of being about nothing, and counts in the first."""
    found: list[list[tuple[float, bool]]] = [[] for _ in range(count)]
    for case, answer in zip(cases, answers, strict=True):
        sure = _sure(answer)
        found[_bin(sure, count)].append((sure, _hit(answer.hs4[:1], case.hs4)))
    return [
        Bin(len(rows), sum(p for p, _ in rows) / len(rows), sum(ok for _, ok in rows) / len(rows))
        if rows
        else None
        for rows in found
    ]


def _sure(answer: Answer) -> float:
    return answer.hs4[0][1] if answer.hs4 else 0.0


def _bin(sure: float, count: int) -> int:
    return min(count - 1, int(sure * count))


def calibration_error(cases: Sequence[Case], answers: Sequence[Answer], count: int) -> float:
    """Expected calibration error."""
    filled = [each for each in bins(cases, answers, count) if each]
    return sum(each.count * abs(each.sure - each.right) for each in filled) / len(cases)


def ideal_error(answers: Sequence[Answer], count: int) -> tuple[float, float]:
    """The calibration error that chance alone makes: mean and 95th percentile over seeded draws, in
    which every answer is right as often as it is sure. Few documents cannot show less."""
    sure = np.array([_sure(answer) for answer in answers])
    inside = np.eye(count)[[_bin(value, count) for value in sure]]
    drawn = np.random.default_rng(_SEED).random((_DRAWS, len(answers))) < sure
    errors = np.abs((drawn - sure) @ inside).sum(axis=1) / len(answers)
    return float(errors.mean()), float(np.quantile(errors, 0.95))


def confusions(cases: Sequence[Case], answers: Sequence[Answer]) -> list[tuple[str, str, int]]:
    """(right chapter, chapter answered, how often), most often first; a document of several
    chapters counts under its first."""
    counted = Counter(
        (min(case.hs4)[:2], answer.hs4[0][0][:2])
        for case, answer in zip(cases, answers, strict=True)
        if answer.hs4 and case.hs4 and answer.hs4[0][0][:2] not in {c[:2] for c in case.hs4}
    )
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(*pair, count) for pair, count in ordered[:CONFUSIONS]]


def worst(cases: Sequence[Case], answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """The wrong answers that were surest, one a product: numbers and codes, no words."""
    wrong = [
        (answer.hs4[0][1], case, answer)
        for case, answer in zip(cases, answers, strict=True)
        if answer.hs4 and not _hit(answer.hs4[:1], case.hs4)
    ]
    wrong.sort(key=lambda each: (-each[0], each[1].document.id))
    met: dict[str, dict[str, Any]] = {}
    for sure, case, answer in wrong:
        met.setdefault(
            case.product,
            {
                "id": case.document.id,
                "answered": answer.hs4[0][0],
                "probability": round(sure, 3),
                "right": sorted(case.hs4)[:6],
                "among_five": _hit(answer.hs4[:TOP], case.hs4),
            },
        )
    return list(met.values())[:WORST]
