"""From what a reader types and ticks to a page of hits: the one way for pages and commands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.search.engine import Facet, Order, Page, Query
from monitor.search.language import parse
from monitor.search.serving import engine
from monitor.search.tree import Node, Tag, on, wanted
from monitor.search.widening import Addition, widened


@dataclass(frozen=True)
class Question:
    """`text` in the query language; `exact`: nothing is searched beside the words; `closed`: what
    whoever asks may not ask by."""

    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] | None = None
    order: Order | None = None
    exact: bool = False
    facets: Sequence[Facet] = ()
    offset: int = 0
    limit: int = 20
    snapshot: str | None = None
    closed: Collection[Tag] = ()


@dataclass(frozen=True)
class Asked:
    """A question as it was understood: the tree as typed and as searched, what was added."""

    question: Question
    typed: Node
    searched: Node
    additions: tuple[Addition, ...]
    query: Query


def understood(question: Question, today: date) -> Asked:
    """Raises `monitor.search.language.QueryError`."""
    typed = parse(question.text, question.closed)
    searched, additions = (typed, ()) if question.exact else widened(typed)
    searched = on(searched, today)
    ranked = next(wanted(searched), None) is not None
    query = Query(
        tree=searched,
        chosen=question.chosen or {},
        facets=question.facets,
        # Without words nothing is more relevant than another: then the newest is.
        order=question.order or (Order.RELEVANCE if ranked else Order.NEWEST),
        offset=question.offset,
        limit=question.limit,
        snapshot=question.snapshot,
    )
    return Asked(question, typed, searched, additions, query)


def ask(question: Question, today: date) -> tuple[Asked, Page]:
    """Raises `QueryError`, and what an engine raises."""
    asked = understood(question, today)
    return asked, engine().search(asked.query)
