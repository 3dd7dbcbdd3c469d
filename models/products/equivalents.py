"""Terms that name the same goods in Chinese and in other languages: what a trader of one country
would say in the language of another.

`equivalents.csv` is made by `models.products.training.equivalents` from the lexicon.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Equivalent(NamedTuple):
    """A term, and its language (ISO 639-1)."""

    language: str
    text: str


@cache
def equivalents() -> Mapping[str, tuple[Equivalent, ...]]:
    """Each term, in lower case, and its equivalents: of a Chinese one in nine languages, of another
    one in Chinese."""
    found: defaultdict[str, list[Equivalent]] = defaultdict(list)
    with files(__package__).joinpath("equivalents.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[row["zh"].lower()].append(Equivalent(row["language"], row["term"]))
            found[row["term"].lower()].append(Equivalent("zh", row["zh"]))
    return {term: tuple(dict.fromkeys(others)) for term, others in found.items()}
