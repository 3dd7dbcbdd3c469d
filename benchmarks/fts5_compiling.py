"""From a tree to what SQLite is asked: one full-text expression, and conditions on rows."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.search import analysis, meaning
from monitor.search.engine import hs_level
from monitor.search.tree import (
    And,
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Words,
)

NOTHING = '""'
"""Is found nowhere."""


class Inexpressible(Exception):
    """The question cannot be put to FTS5 as one expression and conditions that all hold."""


class Asked(NamedTuple):
    """`match`: for the full-text table, empty where no words are asked for; `conditions` hold of
    every hit."""

    match: str
    conditions: tuple[Tagged | Dated, ...]


def asked(tree: Node) -> Asked:
    """Raises `Inexpressible`."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    conditions = tuple(part for part in parts if isinstance(part, Tagged | Dated))
    words = [p for p in parts if not isinstance(p, Tagged | Dated | Everything)]
    return Asked(_all(words) if words else "", conditions)


def _all(parts: Sequence[Node]) -> str:
    wanted = [expression(part) for part in parts if not isinstance(part, Not)]
    unwanted = [expression(part.part) for part in parts if isinstance(part, Not)]
    if not wanted:
        raise Inexpressible("FTS5 takes no NOT without something that is wanted")
    found = " AND ".join(wanted)
    return " NOT ".join([f"({found})", *unwanted]) if unwanted else found


def expression(node: Node) -> str:
    """The node in FTS5's language, in brackets where it needs them."""
    match node:
        case Words():
            return f"({_words(node)})"
        case And(parts):
            return f"({_all(parts)})"
        case Or(parts):
            return f"({' OR '.join(map(expression, parts))})"
        case _:
            raise Inexpressible(f"{type(node).__name__} among words")


def _words(words: Words) -> str:
    anywhere = words.within is Text.ANY
    if words.prefix and (start := analysis.prefixes(words.text)):
        columns = "{text surfaces}" if anywhere else f"{{{words.within.value}}}"
        return f"{columns} : {_quoted(start)} *"
    if meaning.lone(words.text):
        raise Inexpressible("FTS5 looks for whole terms; one character stands within them")
    columns = "{title text}" if anywhere else f"{{{words.within.value}}}"
    forms = [f"{columns} : {_quoted(' '.join(form))}" for form in analysis.forms(words.text)]
    if anywhere and (name := analysis.name(words.text)):
        forms.append(f"{{names}} : {_quoted(name)}")
    return " OR ".join(forms) or NOTHING


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def pairs(tagged: Tagged) -> list[tuple[str, str]]:
    """(field, value) of each of its values."""
    levels = tagged.tag is Tag.HS
    return [(hs_level(value) if levels else tagged.tag.value, value) for value in tagged.values]


def dated(node: Dated, row: str) -> str:
    """The condition on the notice whose key is `row`."""
    first, last = meaning.bounds(node)
    if node.dates is Dates.PUBLISHED:
        what = f"notice AS dated WHERE dated.id = {row} AND dated.published"
    else:
        what = f"deadline WHERE notice = {row} AND day"
    return f"EXISTS (SELECT 1 FROM {what} BETWEEN {first} AND {last})"
