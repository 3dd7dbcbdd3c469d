"""Sentinels find exactly the saved searches that a notice satisfies, whatever happened before."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.document import Analysed, Document, analysed
from monitor.search.meaning import satisfies
from monitor.search.sentinels import pivots
from monitor.search.sentinels.conditions import ALWAYS
from monitor.search.sentinels.presearcher import Presearcher
from monitor.search.sentinels.shares import Shares
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
    Words,
    on,
)
from tests.monitor.search.sentinels import samples
from tests.monitor.search.sentinels.samples import TODAY

Saved = dict[int, Node]

steps = st.lists(st.tuples(st.integers(0, 12), st.none() | samples.trees), max_size=25)
"""(key, tree to add or replace; None: to remove)."""
frequencies = st.one_of(
    st.none(),
    st.dictionaries(st.sampled_from(["ceram", "tile", "陶瓷", "a", "570"]), st.floats(0, 1)),
    st.just(lambda term: 1 / len(term)),
)


def followed(presearcher: Presearcher, saved: Saved, key: int, tree: Node | None) -> None:
    if tree is None:
        presearcher.remove(key)
        saved.pop(key, None)
    else:
        presearcher.add(key, tree)
        saved[key] = tree


def satisfied(saved: Saved, notice: Analysed, today: date) -> set[int]:
    return {key for key, tree in saved.items() if satisfies(notice, on(tree, today))}


@settings(max_examples=400)
@given(frequencies, steps, st.lists(samples.notices(), min_size=1, max_size=4), st.integers(0, 3))
def test_a_notice_finds_exactly_what_it_satisfies(
    shares: Mapping[str, float] | Callable[[str], float] | None,
    taken: list[tuple[int, Node | None]],
    notices: list[Analysed],
    later: int,
) -> None:
    presearcher = Presearcher(shares)
    saved: Saved = {}
    for number, (key, tree) in enumerate(taken):
        followed(presearcher, saved, key, tree)
        if number % 5 == 0:
            assert presearcher.match(notices[0], TODAY) == satisfied(saved, notices[0], TODAY)
    assert len(presearcher) == len(saved)
    assert all((key in presearcher) == (key in saved) for key in range(13))
    for notice in notices:
        for today in (TODAY, TODAY + timedelta(later)):
            assert presearcher.match(notice, today) == satisfied(saved, notice, today)


@settings(max_examples=100)
@given(st.lists(samples.trees, max_size=20))
def test_nothing_is_left_of_what_was_removed(trees: list[Node]) -> None:
    presearcher = Presearcher()
    for key, tree in enumerate(trees):
        presearcher.add(key, tree)
    for key in range(len(trees)):
        presearcher.remove(key)
    assert len(presearcher) == 0
    assert presearcher.places == 0


def notice(text: str = "", **tags: list[str]) -> Analysed:
    held = {Tag(name): values for name, values in tags.items()}
    return analysed(Document(1, "", TODAY, text=text, tags=held), TODAY)


def hs(*codes: str) -> Tagged:
    return Tagged(Tag.HS, codes)


def market(*codes: str) -> Tagged:
    return Tagged(Tag.MARKET, codes)


@pytest.mark.parametrize(
    "tree",
    [
        And((hs("6907", "6908"), market("US", "EU"), Tagged(Tag.LEVEL, ("red", "orange")))),
        And((Words("ceramics"), market("US"))),
        Words("陶瓷餐"),
        Words("A-570"),
        Or((Words("ceramic tile"), hs("6907"))),
        Not(And((hs("6907"), market("US")))),
        Not(Not(hs("6907"))),
    ],
)
def test_common_searches_are_found_without_testing_anything(tree: Node) -> None:
    planned = pivots.plan(tree, Shares())
    assert all(branch.pivots and branch.rest == ALWAYS for branch in planned.branches)


@pytest.mark.parametrize(
    "tree",
    [
        And((Or((And((Words("steel"), Words("nails"))), hs("6907"))), market("US"))),
        And((Or((Words("steel wire nails"), hs("6907"))), market("US"))),
        And((Words("galvanized", prefix=True), market("US"))),
        And((Words("steel"), market("US"), Not(Words("wire")))),
        And((Words("steel"), market("US"), market("EU"))),
        And((Words("steel"), Dated(Dates.PUBLISHED, Ahead(-9), Ahead(-1)))),
    ],
)
def test_what_shares_a_pivot_and_no_more_is_not_found(tree: Node) -> None:
    presearcher = Presearcher()
    presearcher.add(1, tree)
    near = notice("steel wire, steel nails of wire: galvanic", market=["US"])
    far = notice("steel wire", market=["US"])
    for one in (near, far):
        found = {1} if satisfies(one, on(tree, TODAY)) else set()
        assert presearcher.match(one, TODAY) == found
    assert presearcher.match(far, TODAY) == set()


def test_a_single_character_is_found_wherever_it_stands() -> None:
    presearcher = Presearcher()
    presearcher.add(1, Words("餐"))
    assert presearcher.match(notice("ceramic tableware, 陶瓷餐具"), TODAY) == {1}
    assert presearcher.match(notice("ceramic tableware, 陶瓷"), TODAY) == set()


def test_what_many_ask_for_is_tested_once() -> None:
    presearcher = Presearcher()
    tree = And((Words("steel"), Not(Words("pipe"))))
    for key in range(1000):
        presearcher.add(key, tree)
    assert presearcher.places < 10
    assert presearcher.match(notice("steel nails"), TODAY) == set(range(1000))
    presearcher.remove(7)
    assert presearcher.match(notice("steel nails"), TODAY) == set(range(1000)) - {7}
    assert presearcher.match(notice("steel pipe"), TODAY) == set()


def test_a_search_of_very_many_places_is_still_found() -> None:
    codes = tuple(f"{number:06}" for number in range(500))
    markets = tuple(f"M{number}" for number in range(100))
    presearcher = Presearcher()
    presearcher.add(1, And((hs(*codes), market(*markets))))
    assert presearcher.places == 500
    assert presearcher.match(notice(hs=["000007"], market=["M99"]), TODAY) == {1}
    assert presearcher.match(notice(hs=["000007"], market=["N1"]), TODAY) == set()


def test_relative_days_are_counted_from_each_match() -> None:
    presearcher = Presearcher()
    presearcher.add(1, Dated(Dates.PUBLISHED, Ahead(-7), Ahead(0)))
    assert presearcher.match(notice(), TODAY) == {1}
    assert presearcher.match(notice(), TODAY + timedelta(7)) == {1}
    assert presearcher.match(notice(), TODAY + timedelta(8)) == set()


def test_a_day_beyond_the_calendar_keeps_no_notice_from_the_others() -> None:
    presearcher = Presearcher()
    presearcher.add(1, Dated(Dates.PUBLISHED, Ahead(-(10**6) * 3), Ahead(10**6 * 4)))
    presearcher.add(2, Everything())
    assert presearcher.match(notice(), TODAY) == {1, 2}


def test_an_unknown_key_is_removed_silently() -> None:
    presearcher = Presearcher()
    presearcher.remove(5)
    assert 5 not in presearcher
