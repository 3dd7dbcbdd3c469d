"""The names of the product lexicon as the analyser leaves them, found by what stands in them."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from models.products.references import references
from monitor.search import analysis
from monitor.search.analysis import Form


class Name(NamedTuple):
    """`stream`: its terms, with a space at both ends; `code`: the HS code that it means."""

    stream: str
    code: str


def holding(form: Form) -> Iterator[Name]:
    """The names in which these terms stand side by side; one that means two codes comes twice."""
    names, at = _names(), _places()
    sought = stream(form)
    rarest: list[int] = min((at.get(term, []) for term in form), key=len)
    return (names[place] for place in rarest if sought in names[place].stream)


def ending(form: Form) -> Iterator[Name]:
    """Those of them that end so."""
    sought = stream(form)
    return (name for name in holding(form) if name.stream.endswith(sought))


def is_name(form: Form) -> bool:
    return stream(form) in _streams()


def stream(form: Form) -> str:
    return f" {' '.join(form)} "


@cache
def _names() -> list[Name]:
    return [
        Name(analysis.stream(reference.text, language=reference.language), reference.code)
        for reference in references()
        if reference.source != "hs"
    ]


@cache
def _streams() -> frozenset[str]:
    return frozenset(name.stream for name in _names())


@cache
def _places() -> dict[str, list[int]]:
    """Of every term the places of the names that have it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(_names()):
        for term in set(name.stream.split()):
            found[term].append(place)
    return dict(found)
