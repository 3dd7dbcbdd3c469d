"""The texts that a document is compared with: the nomenclature, and the terms of the trade."""

import csv
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from models.nomenclature import hs


class Reference(NamedTuple):
    """One way to name the goods of a heading or subheading of HS2022."""

    text: str
    code: str
    source: str
    """`lexicon`, `hs` (English description) or `hs-zh` (our Chinese name)."""
    language: str


@cache
def references() -> tuple[Reference, ...]:
    return (*_lexicon(), *_english(), *_chinese())


def digest(entries: Sequence[Reference]) -> str:
    """SHA-256 of the texts with their codes, languages and sources, in order."""
    lines = "\n".join("\t".join(entry) for entry in entries)
    return hashlib.sha256(lines.encode()).hexdigest()


def _lexicon() -> list[Reference]:
    rows: list[Reference] = []
    for path in sorted(files(__package__).joinpath("lexicon").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            with path.open(encoding="utf-8") as lines:
                terms = csv.reader(lines)
                next(terms)
                rows.extend(
                    Reference(term, code, "lexicon", language) for term, language, code in terms
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
