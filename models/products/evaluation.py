"""Figures on the labelled sets, and the one fit: `python -m models.products.evaluation FOLDER`.

FOLDER holds the labelled sets (`fr_notices_with_hs.jsonl` …). With `--fit` the temperature and the
score of "none of these" are searched on a grid; nothing else is fitted to these files.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from models.products.boilerplate import product_part
from models.products.classify import probabilities
from models.products.retrieval import Ranking, retriever


@dataclass(frozen=True)
class Labelled:
    """(title or product, text) and the headings that are right."""

    name: str
    documents: list[tuple[str, str]]
    headings: list[set[str]]


def _lines(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _notices(folder: Path) -> Labelled:
    rows = _lines(folder / "fr_notices_with_hs.jsonl")
    return Labelled(
        "fr_notices_with_hs (title, abstract)",
        [(product_part(str(row["title"])), str(row["abstract"] or "")) for row in rows],
        [_set(row["hs4"]) for row in rows],
    )


def _chinese(folder: Path) -> Labelled:
    rows = _lines(folder / "zh_trade_remedy_notices.jsonl")
    texts = [str(row["text_masked"]) for row in rows]
    return Labelled(
        "zh_trade_remedy_notices (masked)",
        [(product_part(text), text) for text in texts],
        [_set(row["hs4"]) for row in rows],
    )


def _search_terms(folder: Path) -> Labelled:
    terms: dict[str, str] = json.loads((folder / "uk_search_references.json").read_text("utf-8"))
    return Labelled(
        "uk_search_references",
        [(term, "") for term in terms],
        [{code[:4]} for code in terms.values()],
    )


def _goods(folder: Path) -> Labelled:
    rows = _lines(folder / "hscodecomp.jsonl")
    kept = ("Material", "Item Type", "Type", "Metals Type")
    attributes = [json.loads(str(row["product_attributes"])) for row in rows]
    return Labelled(
        "hscodecomp (name, material, type)",
        [
            (str(row["product_name"]), " ".join(str(a[key]) for key in kept if key in a))
            for row, a in zip(rows, attributes, strict=True)
        ],
        [{f"{row['hs_code']:0>10}"[:4]} for row in rows],
    )


def _set(value: object) -> set[str]:
    return {str(code) for code in value} if isinstance(value, list) else set()


def labelled(folder: Path) -> list[Labelled]:
    return [_chinese(folder), _notices(folder), _search_terms(folder), _goods(folder)]


def hit(rankings: Sequence[Ranking], gold: Sequence[set[str]], depth: int) -> float:
    """Share of documents with a right heading among the first `depth`."""
    right = [bool(set(list(r.headings)[:depth]) & g) for r, g in zip(rankings, gold, strict=True)]
    return sum(right) / len(right)


def calibration_error(rankings: Sequence[Ranking], gold: Sequence[set[str]]) -> float:
    """Expected calibration error of the best heading, ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for ranking, right in zip(rankings, gold, strict=True):
        best = max(probabilities(ranking)[0].items(), key=lambda kv: kv[1], default=("", 0.0))
        bins.setdefault(min(9, int(best[1] * 10)), []).append((best[1], best[0] in right))
    return sum(
        abs(sum(p for p, _ in rows) - sum(ok for _, ok in rows)) for rows in bins.values()
    ) / len(rankings)


def fit(sets: Iterable[tuple[Sequence[Ranking], Sequence[set[str]]]]) -> tuple[float, float]:
    """(temperature, score of "none") of the highest likelihood, each set weighing the same."""
    pairs = [([_scores(r) for r in rankings], gold) for rankings, gold in sets]
    grid = [(t / 100, n / 20) for t in range(4, 21, 2) for n in range(18)]
    return min(grid, key=lambda point: sum(_loss(scores, gold, *point) for scores, gold in pairs))


def _scores(ranking: Ranking) -> dict[str, float]:
    return {code: match.score for code, match in ranking.headings.items()}


def _loss(
    scores: Sequence[dict[str, float]], gold: Sequence[set[str]], temperature: float, none: float
) -> float:
    """Mean negative log-likelihood; "none" is right where no right heading was found."""
    total = 0.0
    for found, right in zip(scores, gold, strict=True):
        weights = {code: exp(score / temperature) for code, score in found.items()}
        empty = exp(none / temperature)
        good = sum(weight for code, weight in weights.items() if code in right) or empty
        total -= log(good / (sum(weights.values()) + empty))
    return total / len(scores)


def report(folder: Path) -> list[str]:
    lines = []
    for entry in labelled(folder):
        rankings = retriever().rank(entry.documents)
        lines.append(
            f"{entry.name}: {len(entry.documents)} documents, "
            f"hit@1 {hit(rankings, entry.headings, 1):.3f}, "
            f"hit@5 {hit(rankings, entry.headings, 5):.3f}, "
            f"calibration error {calibration_error(rankings, entry.headings):.3f}"
        )
    return lines


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    if "--fit" in arguments:
        sets = [(retriever().rank(s.documents), s.headings) for s in labelled(folder)]
        temperature, none = fit(sets)
        sys.stdout.write(f"temperature {temperature}, none {none}\n")
    sys.stdout.write("\n".join(report(folder)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
