"""The door to the search index: what is asked of an engine, whichever it is.

`monitor.search.meaning` says which notices satisfy a query, and `tests/monitor/search/contract.py`
holds every engine to it. An engine keeps one index that serves and, while it is rebuilt, a second
one beside it; each is of one `fingerprint`, and an index of another fingerprint is never read.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search import analysis
from monitor.search.document import Analysed
from monitor.search.tree import Everything, Node, Tag


class Facet(StrEnum):
    """What results are counted by. The harmonised system is counted at two of its levels."""

    KIND = "kind"
    EVENT = "event"
    MARKET = "market"
    CHAPTER = "chapter"
    HEADING = "heading"
    BODY = "body"
    YEAR = "year"
    SOURCE = "source"
    LEVEL = "level"
    BASE = "base"

    @property
    def tag(self) -> Tag:
        """The property behind it."""
        return Tag.HS if self in (Facet.CHAPTER, Facet.HEADING) else Tag(self.value)


FACET_VALUES = 40
"""The commonest values of a facet that are counted; a year or a chapter beyond them is rare."""

WINDOW = 100_000
"""How deep pages go; everything beyond is reached by `scan`."""


class Order(StrEnum):
    """`SOONEST`: the next day by which somebody must act, as of when the notice was indexed."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    SOONEST = "soonest"


@dataclass(frozen=True)
class Query:
    """A question. The tree has no relative days left (`tree.on`).

    `chosen`: values of facets, any of which a hit must have; the counts of a facet are those that
    it would have if none of its own values were chosen. `snapshot`: as a page gave it, so that
    the next page is one of the same result even where notices are written meanwhile.
    """

    tree: Node = field(default_factory=Everything)
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    facets: Sequence[Facet] = ()
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 20
    snapshot: str | None = None


@dataclass(frozen=True)
class Hit:
    notice_id: int
    score: float = 0.0


@dataclass(frozen=True)
class Page:
    """`facets`: commonest value first, equal ones by value. `snapshot_lost`: the snapshot asked for
    is gone, and this page is of the index as it is now."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[Facet, Sequence[tuple[str, int]]]
    snapshot: str | None = None
    snapshot_lost: bool = False


@dataclass(frozen=True)
class Standing:
    """How an engine stands. `serving`: the fingerprint of the index that is read, None where there
    is none; `is_current`: it is that of this version; `building`: another one is being filled."""

    engine: str
    where: str
    serving: str | None
    is_current: bool
    building: bool
    notices: int


class IndexOutdated(OutsideUnavailable):
    """The index is of another version's schema: it has to be built anew (`fenghuo reindex`)."""


class IndexBroken(OutsideUnavailable):
    """The index cannot be read. The records are safe: `fenghuo reindex` builds it anew."""


class QueryTooLarge(ValueError):
    """The query has more levels or words than an engine can be asked at once. It is to blame, and
    no waiting helps."""


class Engine(Protocol):
    """Raises `monitor.jobs.rooms.OutsideUnavailable` where it cannot be reached, read or written,
    with a message that says where and what to do. Where there never was an index nothing is found.

    Queries raise `QueryTooLarge` where they ask too much at once, and ValueError where a day is
    still relative or a page ends beyond `WINDOW`."""

    def write(self, notices: Collection[Analysed]) -> None:
        """Add or replace in the serving index and in the one that is being built. Durable: what is
        written survives the death of the process. The first write makes the index. Raises
        `IndexOutdated` where one of another version serves."""

    def remove(self, notice_ids: Sequence[int]) -> None:
        """Take out of both; unknown ones are passed over."""

    def search(self, query: Query) -> Page: ...

    def scan(self, query: Query) -> Iterator[int]:
        """Every hit, newest first unless `query.order` is `OLDEST`, of one state of the index;
        offset, limit and facets are not heeded."""

    def spoken(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Words of titles that begin so and the number of notices, commonest first, then by word.
        An empty beginning gives the whole vocabulary."""

    def standing(self) -> Standing:
        """Never raises `IndexOutdated` or `IndexBroken`: it is how these are found out."""

    def begin(self) -> None:
        """Start an empty index beside the serving one; one that was being built is dropped."""

    def add(self, notices: Collection[Analysed]) -> None:
        """Add to the one being built. A notice that it has already is left as it is: `write` has
        put a later state there meanwhile."""

    def swap(self) -> None:
        """Make the built index the serving one, at once for every reader; the old one is dropped.
        OutsideUnavailable where none is being built."""


def fingerprint(schema: object) -> str:
    """Names a schema together with the analyser: what changes either changes it."""
    described = json.dumps([analysis.VERSION, schema], sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()[:12]


def ordinal(day: int, notice_id: int) -> int:
    """Orders by day (yyyymmdd), then by notice: no two are equal, so pages cannot shift."""
    return day * 10_000_000_000 + notice_id


def hs_level(code: str) -> str:
    """The name of the index field that holds HS codes of this length: `hs2`, `hs4`, `hs6`."""
    return f"hs{len(code)}"
