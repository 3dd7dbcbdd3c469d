"""Which Chinese term of the lexicon and which term of another language name the same goods.

    python -m models.products.training.equivalents

writes `models/products/equivalents.csv` anew. Within a chapter, two terms of one heading are a pair
where each is the other's nearest (cosine of the sentence encoder), or where one is the other's
nearest and both mean the same subheading; never where they hold different numbers
(1,2-dichloroethane is not 1,1-). The result is a function of the lexicon and the encoder's weights
alone. Vietnamese and Indonesian are not among the encoder's languages.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.products.encoder import encode
from models.products.references import references

LANGUAGES = ("en", "es", "pt", "fr", "de", "tr", "ru", "ko", "ja")
NEAR = 0.7
"""Cosine. Below it the two are mostly goods of one kind, not the same goods."""

Codes = defaultdict[str, set[str]]
"""Terms, and the HS codes that they mean."""
_NUMBER = re.compile(r"\d+")


def main() -> None:
    rows = sorted(pairs())
    path = Path(__file__).parents[1] / "equivalents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("zh", "language", "term"))
        writer.writerows(rows)
    print(f"{len(rows)} pairs in {path.name}")  # noqa: T201 - a command's answer


def pairs() -> Iterator[tuple[str, str, str]]:
    """(Chinese term, language, term of that language)."""
    for terms in _chapters().values():
        for language in LANGUAGES:
            if terms["zh"] and terms[language]:
                for chinese, other in _nearest(terms["zh"], terms[language]):
                    yield chinese, language, other


def _nearest(chinese: Codes, others: Codes) -> Iterator[tuple[str, str]]:
    ours, theirs = sorted(chinese), sorted(others)
    likeness = encode(ours) @ encode(theirs).T
    there, back = np.argmax(likeness, axis=1), np.argmax(likeness, axis=0)
    candidates = {(n, int(at)) for n, at in enumerate(there)}
    candidates |= {(int(at), n) for n, at in enumerate(back)}
    for n, at in sorted(candidates):
        mutual = bool(there[n] == at and back[at] == n)
        if likeness[n, at] >= NEAR and _same_goods(
            ours[n], chinese[ours[n]], theirs[at], others[theirs[at]], mutual=mutual
        ):
            yield ours[n], theirs[at]


def _same_goods(
    first: str, codes: set[str], second: str, others: set[str], *, mutual: bool
) -> bool:
    if _NUMBER.findall(first) != _NUMBER.findall(second):
        return False
    if mutual:
        return bool({code[:4] for code in codes} & {code[:4] for code in others})
    return bool(codes & others)


def _chapters() -> dict[str, defaultdict[str, Codes]]:
    """The terms of every chapter by language, and what they mean."""
    found: defaultdict[str, defaultdict[str, Codes]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for reference in references():
        if reference.source == "lexicon":
            found[reference.code[:2]][reference.language][reference.text].add(reference.code)
    return dict(found)


if __name__ == "__main__":
    main()
