"""Fits the two constants of retrieval's probabilities: `python -m … DATA` prints the grid's best.

By likelihood over notices and measures of the United States, the search terms of the United
Kingdom that nothing is measured on, and our own titles that name no product, each set weighing
the same. The Chinese notices and HSCodeComp are not read: they stay for measuring.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from math import exp, log
from pathlib import Path

from models.products.boilerplate import product_part
from models.products.classify import Document
from models.products.evaluation.sets import SETS, VAGUE, Case
from models.products.evaluation.splits import HELD_OUT, fold, product_key
from models.products.query import Query
from models.products.retrieval import retriever

TEMPERATURES = (0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12)
NONES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
FITTED_ON = ("fr_notices_with_hs", "us_ad_measures_itip")

Scored = tuple[dict[str, float], frozenset[str]]
"""Best score by heading, and the headings that are right (none: it names no product)."""


def best(sets: Sequence[Sequence[Scored]]) -> tuple[float, float, float]:
    """(temperature, score of "none of these", mean log-likelihood) of the grid's best point."""
    grid = ((t, n, _likelihood(sets, t, n)) for t, n in product(TEMPERATURES, NONES))
    return max(grid, key=lambda point: point[2])


def _likelihood(sets: Sequence[Sequence[Scored]], value: float, none: float) -> float:
    means = [sum(_log(scored, value, none) for scored in each) / len(each) for each in sets]
    return sum(means) / len(means)


def _log(scored: Scored, value: float, none: float) -> float:
    scores, right = scored
    odds = {code: exp(score / value) for code, score in scores.items()}
    nothing = exp(none / value)
    hit = sum(odds.get(code, 0.0) for code in right) if right else nothing
    return log(max(hit / (sum(odds.values()) + nothing), 1e-4))


def scored(cases: Sequence[Case]) -> list[Scored]:
    texts = [
        Query(
            product_part(case.document.title or case.document.text),
            case.document.text,
            case.document.language,
        )
        for case in cases
    ]
    return [
        ({code: match.score for code, match in ranking.headings.items()}, case.hs4)
        for start in range(0, len(texts), 200)
        for ranking, case in zip(
            retriever().rank(texts[start : start + 200]), cases[start : start + 200], strict=True
        )
    ]


def _search_terms(folder: Path) -> Iterator[Case]:
    """The four fifths that `sets` does not measure."""
    terms: dict[str, str] = json.loads(
        (folder / "labelled" / "uk_search_references.json").read_text("utf-8")
    )
    for term, code in terms.items():
        key = product_key(term)
        if fold(key) != HELD_OUT:
            document = Document(term, term, codes=())
            yield Case(document, frozenset({code[:4]}), frozenset(), key)


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    cases = [each.cases(folder) for each in SETS if each.name in FITTED_ON]
    cases += [list(_search_terms(folder)), VAGUE[0].cases(folder)]
    value, none, likelihood = best([scored(each) for each in cases])
    sys.stdout.write(f"value = {value}\nnone = {none}\n# mean log-likelihood {likelihood:.4f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
