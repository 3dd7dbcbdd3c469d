"""From earlier editions of the HS to HS2022.

`revisions.csv` is our own correlation: every subheading of HS2012 and HS2017 that HS2022 no longer
has, and those of earlier editions that trade-remedy orders still print. A row says in which
edition the code stood last, and where its goods are now; where we are sure of the heading only,
it names that. A code whose number was given to other goods later (8524 was records, and is flat
panel display modules) is read by the year of the text.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.nomenclature import hs

EDITIONS = (1988, 1996, 2002, 2007, 2012, 2017, 2022)


@dataclass(frozen=True)
class Moved:
    """Where the goods of a code are in HS2022.

    `hs6` is empty where only the heading is known; `last` is the last edition that had the code.
    """

    code: str
    last: int
    hs6: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def note(self) -> str:
        now = ", ".join(_dotted(code) for code in (self.hs6 or self.headings))
        return f"{_dotted(self.code)} is of HS{self.last}; its goods are in {now} of HS{hs.EDITION}"


@cache
def _moved() -> dict[str, Moved]:
    with files(__package__).joinpath("revisions.csv").open(encoding="utf-8") as lines:
        rows = [_row(row) for row in csv.DictReader(lines)]
    return {row.code: row for row in rows}


def _row(row: dict[str, str]) -> Moved:
    targets = row["to"].split()
    hs6 = tuple(target for target in targets if len(target) == 6)
    headings = tuple(dict.fromkeys(target[:4] for target in targets))
    return Moved(row["code"], int(row["last"]), hs6, headings)


def moved(code: str, year: int | None = None) -> Moved | None:
    """What became of a code of an earlier edition; None if it stands or is unknown.

    `year` is that of the text. It matters only for numbers that were given away twice: without it
    the code is taken as one of HS2022.
    """
    found = _moved().get(code)
    if found is None or not hs.exists(code):
        return found
    return found if year is not None and year < _successor(found.last) else None


def _successor(edition: int) -> int:
    """The year in which the edition after this one came into force."""
    return EDITIONS[EDITIONS.index(edition) + 1]


def _dotted(code: str) -> str:
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code
