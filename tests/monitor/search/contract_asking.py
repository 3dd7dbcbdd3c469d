"""The contract of reading: what is found, in which order, and how it is counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.document import Analysed
from monitor.search.engine import FACET_VALUES, WINDOW, Engine, Facet, Order, Query, ordinal
from monitor.search.tree import Ahead, Dated, Dates, Node, Not, Tag, Tagged, Widened, Words
from tests.monitor.search.contract_corpus import written
from tests.monitor.search.contract_place import (
    ALL,
    NOTICES,
    coded,
    expected,
    found,
    ids,
    newest,
    tagged,
)
from tests.monitor.search.contract_trees import ODD, TABLEWARE, TREES, nested, trees

Chosen = Mapping[Facet, tuple[str, ...]]

BY_ID = {notice.notice_id: notice for notice in NOTICES}
SPOKEN = Counter(word for notice in NOTICES for word in notice.spoken)
DIGITS = {Facet.CHAPTER: 2, Facet.HEADING: 4}
CHOSEN: list[Chosen] = [
    {},
    {Facet.KIND: ("recall",)},
    {Facet.KIND: ("recall", "sps"), Facet.MARKET: ("US", "JP", "KR")},
    {Facet.CHAPTER: ("69",)},
    {Facet.HEADING: ("6911", "9503"), Facet.CHAPTER: ("69",)},
    {Facet.YEAR: ("2024",), Facet.LEVEL: ("red", "orange"), Facet.BASE: ("base-1",)},
    {Facet.BODY: ("中华人民共和国商务部",)},
    {Facet.SOURCE: ("nonsense",)},
    {Facet.KIND: ()},
]


def label(tree: object) -> str:
    return ascii(tree)[:80]


# What is found


@pytest.mark.parametrize("tree", [*TREES, *ODD], ids=label)
def test_finds_what_satisfies_the_tree_and_nothing_else(full: Engine, tree: Node) -> None:
    page = full.search(Query(tree, limit=100))
    assert sorted(ids(page)) == sorted(expected(tree))
    assert page.total == len(expected(tree))


def test_the_trees_tell_notices_apart() -> None:
    sizes = [len(expected(tree)) for tree in TREES]
    assert sum(0 < size < len(NOTICES) for size in sizes) > 150


@settings(max_examples=300)
@given(tree=trees(NOTICES), order=st.sampled_from(Order))
def test_finds_the_same_for_any_tree_in_any_order(full: Engine, tree: Node, order: Order) -> None:
    assert set(found(full, tree, order=order)) == expected(tree)


@settings(max_examples=60)
@given(tree=trees(NOTICES))
def test_scans_what_it_finds_newest_first(full: Engine, tree: Node) -> None:
    assert list(full.scan(Query(tree))) == [i for i in newest() if i in expected(tree)]


def test_a_tree_of_too_many_levels_is_answered_or_is_the_askers_fault(full: Engine) -> None:
    for levels in (40, 300):
        tree = nested(levels)
        try:
            answered = found(full, tree)
        except ValueError as refused:
            assert "levels" in str(refused)  # noqa: PT017 - either is right
        else:
            assert set(answered) == expected(tree)


def test_a_relative_day_is_refused(full: Engine) -> None:
    with pytest.raises(ValueError, match="relative"):
        full.search(Query(Dated(Dates.DEADLINE, first=Ahead(0))))


def test_a_word_without_an_end_keeps_no_notice_out(engine: Engine) -> None:
    printed = "x" * 70_000
    endless = replace(written(1, "A picture"), text=f" ceramic {printed} plate ", names={printed})
    engine.write([endless, written(2, "Another")])
    assert found(engine, Words("ceramic")) == [1]
    assert found(engine, Words("plate")) == [1]


# Order and pages


@pytest.mark.parametrize("tree", [ALL, TABLEWARE, Tagged(Tag.KIND, ("recall",))], ids=label)
def test_orders_by_day_and_within_it_by_notice(full: Engine, tree: Node) -> None:
    satisfying = [BY_ID[i] for i in expected(tree)]
    by_day = newest(satisfying)
    assert found(full, tree, order=Order.NEWEST) == by_day
    assert found(full, tree, order=Order.OLDEST) == by_day[::-1]
    by_deadline = sorted(satisfying, key=lambda n: ordinal(n.soonest, n.notice_id))
    assert found(full, tree, order=Order.SOONEST) == [n.notice_id for n in by_deadline]


def test_equal_relevance_is_ordered_newest_first(full: Engine) -> None:
    for tree in (ALL, Tagged(Tag.KIND, ("recall", "sps")), Dated(Dates.DEADLINE)):
        assert found(full, tree) == [i for i in newest() if i in expected(tree)]


def test_scores_fall_from_hit_to_hit(full: Engine) -> None:
    scores = [hit.score for hit in full.search(Query(Words("ceramic"), limit=50)).hits]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_the_title_ranks_above_the_text(engine: Engine) -> None:
    titled = written(1, "Porcelain plates for the table")
    said = replace(
        written(2, "Plates for the table", date(2025, 5, 1)),
        text=" plate for the tabl ¶ porcelain ",
    )
    engine.write([titled, said, *(written(n, f"Something else {n}") for n in range(3, 9))])
    assert found(engine, Words("porcelain")) == [1, 2]


def test_a_name_ranks_above_a_mention(engine: Engine) -> None:
    named = replace(written(1, "Final results"), names=frozenset({"a570999"}))
    mentioned = written(2, "A-570-999 and A-570-999 again", date(2025, 5, 1))
    engine.write([named, mentioned, *(written(n, f"Something {n}") for n in range(3, 9))])
    assert found(engine, Words("A-570-999")) == [1, 2]


def test_words_rank_above_what_stands_for_them_and_sure_codes_above_others(engine: Engine) -> None:
    said = written(1, "Ceramic tableware from somewhere")
    sure = coded(written(2, "Goods of some heading"), ["69", "6911"], sure=True)
    likely = coded(written(3, "Goods of some heading", date(2025, 1, 1)), ["6911"], sure=False)
    engine.write([said, sure, likely, *(written(n, f"Something else {n}") for n in range(4, 30))])
    widened = Widened(Words("ceramic tableware"), (Tagged(Tag.HS, ("6911",)),))
    assert found(engine, widened) == [1, 2, 3]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [1, 7, 59, 60, 61])
def test_pages_together_are_the_whole(full: Engine, order: Order, limit: int) -> None:
    pages = [
        full.search(Query(TABLEWARE, order=order, offset=offset, limit=limit))
        for offset in range(0, len(NOTICES), limit)
    ]
    assert [i for page in pages for i in ids(page)] == found(full, TABLEWARE, order=order)
    assert {page.total for page in pages} == {len(expected(TABLEWARE))}


def test_a_page_beyond_the_end_is_empty_and_knows_the_total(full: Engine) -> None:
    for offset in (len(NOTICES), 5_000, WINDOW - 20):
        page = full.search(Query(offset=offset))
        assert (ids(page), page.total) == ([], len(NOTICES))


def test_counts_without_hits(full: Engine) -> None:
    page = full.search(Query(TABLEWARE, limit=0, facets=[Facet.KIND]))
    assert (ids(page), page.total) == ([], len(expected(TABLEWARE)))
    assert list(page.facets[Facet.KIND]) == counted(Facet.KIND, expected(TABLEWARE))


def test_a_scan_heeds_what_is_chosen_but_no_page(full: Engine) -> None:
    chosen: Chosen = {Facet.KIND: ("recall", "sps"), Facet.YEAR: ("2024",)}
    query = Query(chosen=chosen, facets=[Facet.KIND], offset=3, limit=2)
    assert list(full.scan(query)) == [i for i in newest() if i in holding(chosen)]


def test_a_scan_is_oldest_first_where_that_is_asked_and_else_newest(full: Engine) -> None:
    assert list(full.scan(Query(order=Order.OLDEST))) == newest()[::-1]
    for order in (Order.SOONEST, Order.RELEVANCE, Order.NEWEST):
        assert list(full.scan(Query(TABLEWARE, order=order))) == newest(
            BY_ID[i] for i in expected(TABLEWARE)
        )


def test_a_scan_goes_deeper_than_any_batch(engine: Engine) -> None:
    count = 11_000
    plain = written(0, "Plates")
    engine.write([replace(plain, notice_id=n) for n in range(1, count + 1)])
    assert list(engine.scan(Query())) == list(range(count, 0, -1))
    assert list(islice(engine.scan(Query(Words("plates"))), 3)) == [count, count - 1, count - 2]
    assert ids(engine.search(Query(order=Order.OLDEST, offset=count - 2))) == [count - 1, count]


# Facets


def values(facet: Facet, notice: Analysed) -> set[str]:
    digits = DIGITS.get(facet)
    said = notice.tags.get(facet.tag, ())
    return {value for value in said if digits is None or len(value) == digits}


def counted(facet: Facet, notice_ids: set[int]) -> list[tuple[str, int]]:
    counts = Counter(value for i in notice_ids for value in values(facet, BY_ID[i]))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FACET_VALUES]


def holding(chosen: Chosen, without: Facet | None = None) -> set[int]:
    """The notices that have one of the chosen values of each facet."""
    asked = {f: wanted for f, wanted in chosen.items() if wanted and f is not without}
    return {
        notice.notice_id
        for notice in NOTICES
        if all(set(wanted) & set(notice.tags.get(f.tag, ())) for f, wanted in asked.items())
    }


@pytest.mark.parametrize("chosen", CHOSEN, ids=label)
@pytest.mark.parametrize("tree", [ALL, Words("ceramic"), Not(TABLEWARE)], ids=label)
def test_a_facet_is_counted_without_its_own_choice(
    full: Engine, tree: Node, chosen: Chosen
) -> None:
    page = full.search(Query(tree, chosen=chosen, facets=list(Facet), limit=100))
    assert set(ids(page)) == expected(tree) & holding(chosen)
    assert page.total == len(page.hits)
    assert {facet: list(counts) for facet, counts in page.facets.items()} == {
        facet: counted(facet, expected(tree) & holding(chosen, without=facet)) for facet in Facet
    }


@settings(max_examples=60)
@given(tree=trees(NOTICES), chosen=st.sampled_from(CHOSEN))
def test_facets_are_counted_alike_for_any_tree(full: Engine, tree: Node, chosen: Chosen) -> None:
    facets = [Facet.KIND, Facet.HEADING]
    page = full.search(Query(tree, chosen=chosen, facets=facets, limit=0))
    for facet in facets:
        matching = expected(tree) & holding(chosen, without=facet)
        assert list(page.facets[facet]) == counted(facet, matching)


def test_only_the_facets_asked_for_are_counted(full: Engine) -> None:
    assert full.search(Query()).facets == {}
    asked = [Facet.BODY, Facet.YEAR]
    assert list(full.search(Query(facets=asked)).facets) == asked


def test_the_commonest_values_are_counted_and_equal_ones_by_value(engine: Engine) -> None:
    names = [f"body {n:03}" for n in range(3 * FACET_VALUES)]
    borne = {n: names[n % 50 :: 1 + n % 7] for n in range(1, 60)}
    engine.write([tagged(written(n, "Notice"), Tag.BODY, *b) for n, b in borne.items()])
    counts = Counter(name for bodies in borne.values() for name in bodies)
    every = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    assert (
        list(engine.search(Query(facets=[Facet.BODY])).facets[Facet.BODY]) == every[:FACET_VALUES]
    )


# Words for suggestions


@pytest.mark.parametrize("limit", [1, 3, 1_000])
@pytest.mark.parametrize(
    "beginning", ["cer", "ceramic", "anti", "a", "игр", "đo", "kera", "1⁄4", "zzz", "c.", ".*", "("]
)
def test_words_of_titles_by_their_beginning(full: Engine, beginning: str, limit: int) -> None:
    begun = [(word, n) for word, n in SPOKEN.items() if word.startswith(beginning)]
    assert full.spoken(beginning, limit) == sorted(begun, key=lambda p: (-p[1], p[0]))[:limit]


def test_an_empty_beginning_gives_the_whole_vocabulary(full: Engine) -> None:
    every = sorted(SPOKEN.items(), key=lambda pair: (-pair[1], pair[0]))
    assert full.spoken("", 100_000) == every
    assert full.spoken("", 5) == every[:5]


def test_words_of_removed_notices_are_counted_no_more(engine: Engine) -> None:
    engine.write([written(1, "Ceramic plates"), written(2, "Ceramic tiles")])
    engine.remove([2])
    assert engine.spoken("", 10) == [("ceramic", 1), ("plates", 1)]
    assert engine.spoken("cer", 10) == [("ceramic", 1)]
