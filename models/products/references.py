"""The texts that a document is compared with: the nomenclature, and the terms of the trade."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.nomenclature import hs


@dataclass(frozen=True)
class Reference:
    """One way to name the goods of a heading or subheading of HS2022."""

    text: str
    code: str
    source: str
    """`lexicon`, `hs` (English description) or `hs-zh` (our Chinese name)."""
    language: str


@cache
def references() -> tuple[Reference, ...]:
    return (*_lexicon(), *_english(), *_chinese())


def _lexicon() -> list[Reference]:
    rows: list[Reference] = []
    for path in sorted(files(__package__).joinpath("lexicon").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            with path.open(encoding="utf-8") as lines:
                rows.extend(
                    Reference(row["term"], row["hs"], "lexicon", row["language"])
                    for row in csv.DictReader(lines)
                )
    return rows


def _english() -> list[Reference]:
    """A subheading's description stands with its heading's, which says what it is a part of."""
    found = [Reference(hs.name(code, "en"), code, "hs", "en") for code in hs.headings()]
    found.extend(Reference(hs.name(code, "en"), code, "hs", "en") for code in hs.subheadings())
    return found


def _chinese() -> list[Reference]:
    """Each part of a Chinese name (`杯、碟`) is a name of its own."""
    return [
        Reference(part, code, "hs-zh", "zh")
        for code in hs.headings()
        for part in hs.name(code, "zh").replace("（", "、").replace("）", "").split("、")
        if part
    ]
