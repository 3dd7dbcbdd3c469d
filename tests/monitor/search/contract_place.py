"""What the contract suite works with: a place of an engine, the corpus in it, what is expected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

import pytest

from monitor.search.document import Analysed
from monitor.search.engine import Engine, Page, Query, ordinal
from monitor.search.meaning import satisfies
from monitor.search.tree import Everything, Node, Tag
from tests.monitor.search.contract_corpus import corpus

NOTICES = corpus()
ALL = Everything()


class Place(Protocol):
    """Where an engine keeps its indices."""

    def open(self) -> Engine:
        """Another engine at the same place, as another process would have."""

    def outdate(self) -> None:
        """From now on what serves here was made by another version."""


NewPlace = Callable[[], Place]


@pytest.fixture
def place(new_place: NewPlace) -> Place:
    """Empty, and of one test alone."""
    return new_place()


@pytest.fixture
def engine(place: Place) -> Engine:
    return place.open()


@pytest.fixture(scope="module")
def full(new_place: NewPlace) -> Engine:
    """Holds the corpus, and is only read."""
    engine = new_place().open()
    engine.write(NOTICES)
    return engine


def expected(tree: Node, notices: Iterable[Analysed] = NOTICES) -> set[int]:
    return {notice.notice_id for notice in notices if satisfies(notice, tree)}


def ids(page: Page) -> list[int]:
    return [hit.notice_id for hit in page.hits]


def found(engine: Engine, tree: Node = ALL, **given: object) -> list[int]:
    return ids(engine.search(Query(tree, limit=1_000, **given)))  # type: ignore[arg-type]


def newest(notices: Iterable[Analysed] = NOTICES) -> list[int]:
    ordered = sorted(notices, key=lambda n: ordinal(n.published, n.notice_id), reverse=True)
    return [notice.notice_id for notice in ordered]


def tagged(notice: Analysed, tag: Tag, *values: str) -> Analysed:
    return replace(notice, tags={**notice.tags, tag: values})


def coded(notice: Analysed, codes: Sequence[str], *, sure: bool) -> Analysed:
    return replace(tagged(notice, Tag.HS, *codes), sure=codes if sure else ())
