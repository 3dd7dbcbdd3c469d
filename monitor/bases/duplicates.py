"""Which firms may be the same one: proposed, for a person to decide."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz import fuzz, process

from monitor.bases.imports.values import plain
from monitor.bases.models import Enterprise

Why = Literal["code", "name", "mail"]
ALIKE = 90
"""Of 100, by the share of characters that two names have in common, in order."""
_FORM = re.compile(r"股份有限公司|有限责任公司|有限公司|集团|公司|厂")
_PLACE = re.compile(r"^(?:福建省|福建|中国)")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Pair:
    """Two firms and what speaks for it that they are one, strongest first."""

    first: Enterprise
    second: Enterprise
    why: tuple[Why, ...]


def proposed(firms: Iterable[Enterprise]) -> list[Pair]:
    """Pairs of the firms, those with most evidence first."""
    rows = sorted(firms, key=lambda firm: firm.pk)
    found: dict[tuple[int, int], list[Why]] = {}
    for why, pairs in (("code", _codes(rows)), ("name", _names(rows)), ("mail", _mails(rows))):
        for pair in pairs:
            found.setdefault(pair, []).append(why)  # type: ignore[arg-type]
    made = [Pair(rows[a], rows[b], tuple(why)) for (a, b), why in found.items()]
    return sorted(made, key=lambda pair: (-len(pair.why), pair.first.pk, pair.second.pk))


def core(name: str) -> str:
    """A name without province, legal form, brackets and width: what tells firms apart."""
    bare = _MARKS.sub("", plain(name)).casefold()
    return _FORM.sub("", _PLACE.sub("", bare)) or bare


def _names(rows: list[Enterprise]) -> Iterator[tuple[int, int]]:
    names = [core(row.name_zh) for row in rows]
    if not names:
        return
    # Bytes: a score of 0 where it is below the bound.
    scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype="uint8")
    for first, second in zip(*scores.nonzero(), strict=True):
        if first < second:
            yield int(first), int(second)


def _codes(rows: list[Enterprise]) -> Iterator[tuple[int, int]]:
    """The organisation code (characters 9 to 17) stays when a firm moves or changes its form."""
    return _alike((row.uscc or "")[8:17] for row in rows)


def _mails(rows: list[Enterprise]) -> Iterator[tuple[int, int]]:
    return _alike(row.email.casefold() for row in rows)


def _alike(keys: Iterable[str]) -> Iterator[tuple[int, int]]:
    by_key: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            by_key.setdefault(key, []).append(at)
    for places in by_key.values():
        yield from combinations(places, 2)
