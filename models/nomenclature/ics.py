"""The International Classification for Standards: its fields and groups, and the goods they mean.

`ics.csv` is our own table from groups to HS2022. The ICS sorts standards by field of technology,
so most of its groups mean a chapter or a few headings, not a subheading.
"""

import csv
from functools import cache
from importlib.resources import files

FIELDS = frozenset(
    "01 03 07 11 13 17 19 21 23 25 27 29 31 33 35 37 39 43 45 47 49 53 55 59 61 65 67 71 73 75 "
    "77 79 81 83 85 87 91 93 95 97".split()
)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    with files(__package__).joinpath("ics.csv").open(encoding="utf-8") as lines:
        return {row["ics"]: tuple(row["hs"].split()) for row in csv.DictReader(lines)}


def exists(code: str) -> bool:
    """Whether the field of this code is one of the forty of the ICS."""
    return code[:2] in FIELDS


def hs_of(code: str) -> tuple[str, ...]:
    """HS chapters and headings that standards of this group speak of; empty if it is none of goods.

    A subgroup that the table lacks is read as its group, a group as its field.
    """
    parts = code.split(".")
    for depth in range(len(parts), 0, -1):
        codes = _table().get(".".join(parts[:depth]))
        if codes is not None:
            return codes
    return ()
