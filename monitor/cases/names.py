"""Whether the firm that a notice names is one of ours: names without form, place and spelling."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from monitor.bases.duplicates import core

ALIKE = 95
"""Of 100, by the share of characters that two names have in common, in order."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z0-9]+")
_FORMS = frozenset({
    "co", "ltd", "limited", "company", "corp", "corporation", "inc", "incorporated", "llc", "and",
    "the", "of",
})  # fmt: skip
_PLACES = frozenset({"fujian", "china", "prc", "province", "city", "county"})
"""Left out of one spelling and written in the next."""
_SHORT = {
    "imp": "import", "exp": "export", "intl": "international", "ind": "industry",
    "industrial": "industry", "industries": "industry", "mfg": "manufacturing",
    "manufacture": "manufacturing", "tech": "technology", "trade": "trading",
    "mouldings": "moulding",
}  # fmt: skip

T = TypeVar("T")


def normal(name: str) -> str:
    """What tells a firm from others; empty where the name says nothing else."""
    if _CHINESE.search(name):
        return core(name)
    bare = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("’", "")
    words = (_SHORT.get(word, word) for word in _WORD.findall(bare))
    return " ".join(word for word in words if word not in _FORMS and word not in _PLACES)


class Register(Generic[T]):
    """Rows by their names, of which each may have several."""

    def __init__(self, rows: Iterable[tuple[Iterable[str], T]]) -> None:
        self._by_name: dict[str, list[T]] = {}
        for names, row in rows:
            for name in {normal(name) for name in names} - {""}:
                self._by_name.setdefault(name, []).append(row)

    def find(self, name: str) -> T | None:
        """The one row of that name, or the one whose name is all but it; None where there is none,
        or several could be meant."""
        wanted = normal(name)
        if not wanted:
            return None
        if wanted in self._by_name:
            return _only(self._by_name[wanted])
        alike = process.extract(
            wanted, list(self._by_name), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2
        )
        return _only([row for found, *_ in alike for row in self._by_name[found]])


def _only(rows: list[T]) -> T | None:
    return rows[0] if len(rows) == 1 else None
