"""What is marked in a notice's text: the words of the query by which it was found, else the codes
that it prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from monitor.search import highlighting
from monitor.search.asking import Question, understood
from monitor.search.language import QueryError
from monitor.search.tree import Node
from monitor.web.clock import today
from monitor.web.reading import Mark
from monitor.web.text import Span, occurrences

LONGEST = 500
"""Characters of a query that are heeded."""
CODES = 60
"""Printed codes that are looked for: a notice of hundreds would be marked all over."""


@dataclass(frozen=True)
class Sought:
    """A query by which a notice was found."""

    text: str
    tree: Node


def sought(given: QueryDict) -> Sought | None:
    """The query of an address (`q`, `exact`); None where there is none, or a wrong one."""
    text = " ".join(given.get("q", "").replace("\0", " ").split())
    if not text or len(text) > LONGEST:
        return None
    try:
        asked = understood(Question(text, exact=given.get("exact") == "1"), today())
    except QueryError:
        return None
    return Sought(text, asked.searched)


def words(tree: Node, language: str) -> Mark:
    """Marks the words of a query, whatever form the text has them in."""
    return lambda text: highlighting.spans(text, language, tree)


def codes(printed: Sequence[Mapping[str, Any]]) -> Mark:
    """Marks the codes that `Notice.item` says are printed."""
    strings = list(dict.fromkeys(code["printed"] for code in printed))[:CODES]
    return lambda text: list(_occurrences(text, strings))


def _occurrences(text: str, strings: Sequence[str]) -> Iterator[Span]:
    for string in strings:
        yield from occurrences(text, string)
