"""The questions, and that the peer answers them as the embedded engine does."""

from collections import Counter
from datetime import date

import pytest

from benchmarks import search_mix
from benchmarks.fts5 import Fts5
from benchmarks.fts5_compiling import Inexpressible
from benchmarks.search_mix import Asking, Sort
from monitor.search.document import Analysed, Document, analysed
from monitor.search.embedded.engine import EmbeddedEngine
from monitor.search.engine import Facet, Order, Query
from monitor.search.meaning import satisfies
from monitor.search.tree import (
    Ahead,
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
    Widened,
    Words,
)


@pytest.fixture(scope="module")
def askings(documents: list[Document]) -> list[Asking]:
    return search_mix.questions(documents)


@pytest.fixture(scope="module")
def notices(documents: list[Document]) -> list[Analysed]:
    return [analysed(document, search_mix.TODAY) for document in documents]


@pytest.fixture(scope="module")
def peer(notices: list[Analysed], tmp_path_factory: pytest.TempPathFactory) -> Fts5:
    found = Fts5(tmp_path_factory.mktemp("fts5") / "index.sqlite3")
    found.write(notices[:1200])
    found.write(notices[1200:])
    return found


@pytest.fixture(scope="module")
def embedded(notices: list[Analysed], tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    found = EmbeddedEngine(tmp_path_factory.mktemp("embedded"))
    found.write(notices)
    return found


def test_every_sort_has_its_share(askings: list[Asking]) -> None:
    assert Counter(asking.sort for asking in askings) == search_mix.SHARES
    assert len(askings) == 200


def test_a_seed_gives_the_same_questions(documents: list[Document]) -> None:
    assert search_mix.questions(documents, 30) == search_mix.questions(documents, 30)
    assert search_mix.questions(documents, 30) != search_mix.questions(documents, 30, seed=1)


def test_every_question_has_filters_and_five_facets(askings: list[Asking]) -> None:
    for asking in askings:
        assert 1 <= len(asking.query.chosen) <= 3
        assert len(asking.query.facets) == 5
        assert set(asking.query.chosen) <= set(asking.query.facets)


def test_questions_of_a_notice_find_it_at_least(
    askings: list[Asking], embedded: EmbeddedEngine
) -> None:
    totals = [(asking.sort, embedded.search(asking.query).total) for asking in askings]
    assert all(total for sort, total in totals if sort is not Sort.GOODS)
    assert len({total for _, total in totals}) > 30, "some match much and some little"


def test_the_peer_finds_what_the_embedded_engine_finds(
    askings: list[Asking], embedded: EmbeddedEngine, peer: Fts5
) -> None:
    compared = [asking for asking in askings if asking.sort is not Sort.GOODS]
    for asking in compared:
        ours, theirs = embedded.search(asking.query), peer.search(asking.query)
        assert (theirs.total, theirs.facets) == (ours.total, ours.facets), asking
        if asking.query.order is Order.NEWEST:
            assert [hit.notice_id for hit in theirs.hits] == [hit.notice_id for hit in ours.hits]
    assert len(compared) == 180


TREES: list[Node] = [
    Words("notice"),
    Words("钢钉", within=Text.TITLE),
    Words("steel nails", quoted=True),
    Words("commi", prefix=True),
    Words("co", within=Text.COMPANY, prefix=True),
    Words("commerce", within=Text.AUTHORITY),
    And((Words("review"), Not(Words("nails")), Not(Words("garlic")))),
    And((Or((Words("tuna"), Words("figs"))), Tagged(Tag.KIND, ("recall", "border_refusal")))),
    And((Words("AD0001"), Tagged(Tag.HS, ("73", "7317", "0703")))),
    And((Words("review"), Dated(Dates.PUBLISHED, date(2020, 1, 1), date(2023, 12, 31)))),
    Dated(Dates.DEADLINE, first=date(2025, 1, 1)),
    Words("¶"),
    Tagged(Tag.MARKET, ("XX",)),
    Everything(),
]


@pytest.mark.parametrize("tree", TREES, ids=str)
def test_the_peer_finds_what_the_tree_means(
    tree: Node, peer: Fts5, notices: list[Analysed]
) -> None:
    page = peer.search(Query(tree, facets=(Facet.KIND,), limit=len(notices)))
    meant = [notice for notice in notices if satisfies(notice, tree)]
    assert {hit.notice_id for hit in page.hits} == {notice.notice_id for notice in meant}
    assert page.total == len(meant)
    kinds = Counter(kind for notice in meant for kind in notice.tags[Tag.KIND])
    assert dict(page.facets[Facet.KIND]) == kinds


@pytest.mark.parametrize(
    "tree",
    [
        Words("钉"),
        Not(Words("nails")),
        Or((Words("nails"), Tagged(Tag.HS, ("7317",)))),
        Widened(Words("nails"), (Tagged(Tag.MAYBE, ("7317",)),)),
    ],
    ids=str,
)
def test_what_the_peer_cannot_be_asked_is_refused(tree: Node, peer: Fts5) -> None:
    with pytest.raises(Inexpressible):
        peer.search(Query(tree))


def test_a_relative_day_is_refused(peer: Fts5) -> None:
    with pytest.raises(ValueError, match="relative"):
        peer.search(Query(Dated(Dates.DEADLINE, Ahead(0))))
