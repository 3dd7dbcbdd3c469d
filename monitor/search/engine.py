"""The door to the search index: what is asked of an engine, whichever it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from django.conf import settings

Filters = Mapping[str, Sequence[str]]
FACETS = ("kind", "event", "jurisdiction", "hs", "source", "year")

MARK_START, MARK_END = "\ue000", "\ue001"
"""Stand around the found words of a highlight. From a private-use area: pages turn them into
markup after they have escaped the text."""


@dataclass(frozen=True)
class Document:
    """A notice as the index knows it. `hs` holds chapters, headings and subheadings alike."""

    notice_id: int
    title: str
    text: str
    gloss: str
    """Chinese names of what the notice is about, so that it is found in Chinese."""
    names: Sequence[str]
    """Numbers, symbols and codes that are found only whole."""
    published: int
    """yyyymmdd."""
    facets: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Query:
    """`filters`: facet name → allowed values (any of them); `after` and `before` are yyyymmdd."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    after: int | None = None
    before: int | None = None
    order: Literal["relevance", "date"] = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hit:
    notice_id: int
    score: float
    highlights: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]


class Engine(Protocol):
    """Raises `monitor.jobs.rooms.OutsideUnavailable` where it cannot be reached or written."""

    def write(self, documents: Sequence[Document]) -> None:
        """Add or replace, durably: what is written survives the death of the process."""

    def search(self, query: Query) -> Page: ...

    def size(self) -> int:
        """How many notices it holds."""

    def clear(self) -> None: ...


def engine() -> Engine:
    """The engine that the settings ask for."""
    return _embedded(settings.FENGHUO_INDEX)


@cache
def _embedded(folder: Path) -> Engine:
    from monitor.search.embedded import EmbeddedEngine  # noqa: PLC0415 - only the one in use

    return EmbeddedEngine(folder)
