"""From what was typed to what the template is filled with."""

import unicodedata
from collections.abc import Iterable, Mapping

from monitor.cases.letters.catalog import Blank, Sort
from monitor.cases.letters.rendering import Values

LONGEST, LONGEST_TEXT = 1000, 20_000
"""Characters of a short field and of a long one."""
_KEPT = frozenset("\n\t")


def values(
    sort: Sort, blanks: Mapping[str, Blank], given: Mapping[str, str], language: str
) -> Values:
    """Of every field of the letter. What is missing is marked so that nobody overlooks it; what
    may stay empty stays empty."""
    return {
        name: _value(blanks[name], given.get(name, ""), language, marked=name in sort.fields)
        for name in sort.all_fields
    }


def missing(sort: Sort, given: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Which of the names the letter will say of that they are to be filled in."""
    return [name for name in names if name in sort.fields and not clean(given.get(name, ""))]


def mark(blank: Blank, language: str) -> str:
    return f"【待填：{blank.zh}】" if language == "zh" else f"[to be filled in: {blank.en}]"


def clean(text: str) -> str:
    """Without what no document keeps, or what turns the line around."""
    kept = (c for c in text if c in _KEPT or not unicodedata.category(c).startswith("C"))
    return "".join(kept).strip()


def _value(blank: Blank, text: str, language: str, *, marked: bool) -> str | list[str]:
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if not lines and marked:
        lines = [mark(blank, language)]
    if blank.long:
        return [_plain(line) for line in lines]
    return _plain(" ".join(lines))


def _plain(line: str) -> str:
    """A tab would become one of Word's."""
    return " ".join(line.split("\t"))
