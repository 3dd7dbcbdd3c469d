"""Trees become queries of Elasticsearch: what the contract suite cannot see from outside."""

from datetime import date
from typing import Any

import pytest

from monitor.search.elastic.compiling import DEEPEST, asked, chosen
from monitor.search.engine import Facet, QueryTooLarge
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
    Widened,
    Words,
)
from tests.monitor.search.contract_trees import nested


def depth(query: Any) -> int:
    """Queries within queries, as Elasticsearch counts them."""
    if isinstance(query, list):
        return max(map(depth, query), default=0)
    if not isinstance(query, dict):
        return 0
    own = any(name in query for name in ("bool", "dis_max", "constant_score"))
    return own + max(map(depth, query.values()), default=0)


def test_every_form_of_a_word_is_an_alternative() -> None:
    found = asked(Words("plates", Text.TITLE), ranked=False)
    phrases = [one["match_phrase"]["title"] for one in found["dis_max"]["queries"]]
    assert {"plates", "plate"} <= set(phrases)
    assert len(phrases) == len(set(phrases))


def test_a_filter_looks_in_the_title_no_second_time() -> None:
    filtering = str(asked(Words("plates"), ranked=False))
    assert "title" not in filtering
    assert "title" in str(asked(Words("plates"), ranked=True))
    assert "names" in filtering


def test_a_passage_is_a_phrase() -> None:
    assert asked(Words("陶瓷餐具", Text.TITLE), ranked=False) == {
        "match_phrase": {"title": "陶瓷 瓷餐 餐具"}
    }


def test_a_single_chinese_character_is_looked_up_not_gone_through_for() -> None:
    assert asked(Words("瓷", Text.COMPANY), ranked=False) == {"term": {"company_characters": "瓷"}}


def test_a_beginning_is_looked_for_among_unstemmed_words_too() -> None:
    found = asked(Words("Anodiz", prefix=True), ranked=False)
    assert found["dis_max"]["queries"] == [
        {"prefix": {"text": "anodiz"}},
        {"prefix": {"surfaces": "anodiz"}},
    ]
    assert asked(Words("Anodiz", Text.TITLE, prefix=True), ranked=False) == {
        "prefix": {"title": "anodiz"}
    }


def test_codes_are_looked_for_at_their_level() -> None:
    assert asked(Tagged(Tag.HS, ("6911", "6912")), ranked=False) == {
        "terms": {"hs4": ["6911", "6912"]}
    }
    assert asked(Tagged(Tag.HS, ("691", "69111000")), ranked=False) == {"match_none": {}}


def test_days_and_properties_are_filters() -> None:
    tree = And((Words("plates"), Tagged(Tag.KIND, ("recall",)), Dated(Dates.PUBLISHED)))
    found = asked(tree, ranked=True)["bool"]
    assert [list(one) for one in found["filter"]] == [["terms"], ["range"]]
    assert len(found["must"]) == 1


def test_what_is_excluded_scores_nothing() -> None:
    found = asked(And((Words("plates"), Not(Widened(Words("tea"), ())))), ranked=True)
    assert "boost" not in str(found["bool"]["must_not"])


def test_both_ends_of_a_span_of_days_are_in_it() -> None:
    days = Dated(Dates.DEADLINE, date(2025, 6, 2), date(2025, 6, 30))
    assert asked(days, ranked=False) == {"range": {"deadlines": {"gte": 20250602, "lte": 20250630}}}


def test_two_nots_are_none() -> None:
    assert asked(Not(Not(Everything())), ranked=False) == {"match_all": {}}


def test_a_facet_without_a_choice_is_no_filter() -> None:
    picked = {Facet.KIND: ("recall",), Facet.YEAR: (), Facet.CHAPTER: ("69",)}
    assert chosen(picked) == [{"terms": {"kind": ["recall"]}}, {"terms": {"hs2": ["69"]}}]
    assert chosen(picked, without=Facet.KIND) == [{"terms": {"hs2": ["69"]}}]


def test_the_deepest_tree_allowed_stays_below_the_limit_of_the_server() -> None:
    leaf: Node = Widened(Words("plates"), (Tagged(Tag.HS, ("6911",)), Words("陶瓷")))
    tree = leaf
    for level in range(DEEPEST - 2):
        tree = And((tree, leaf)) if level % 2 else Or((tree, leaf))
    assert depth(asked(tree, ranked=True)) < 29


@pytest.mark.parametrize("levels", [DEEPEST + 1, 5_000])
def test_a_deeper_one_is_refused(levels: int) -> None:
    with pytest.raises(QueryTooLarge, match="levels"):
        asked(nested(levels), ranked=True)
