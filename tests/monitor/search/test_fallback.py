"""What the records can answer by themselves, on SQLite and PostgreSQL alike."""

from datetime import date

import pytest

from monitor.search.engine import Facet, Order, Query
from monitor.search.fallback import page
from monitor.search.language import parse
from monitor.search.tree import on
from tests.monitor.web.house import TODAY, House


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["wood", "nails"]),
        ("mouldings", ["wood"]),
        ("title:nails", ["nails"]),
        ("kind:anti_dumping", ["wood"]),
        ("origin:CN", ["wood"]),
        ("market:EU", ["nails"]),
        ("hs:4409", ["wood"]),
        ("published:2024", ["nails"]),
        ("year:2025", ["wood"]),
        ("authority:trade", ["wood", "nails"]),
        ("nails OR mouldings", ["wood", "nails"]),
        ("NOT nails", ["wood"]),
        ("us-2025-1", ["wood"]),
        ("A-570-117", ["wood"]),
    ],
)
def test_finds(house: House, query: str, expected: list[str]) -> None:
    wood = house.notice(number="us-2025-1")
    house.claim(wood, code="440910")
    house.entry(wood, house.measure("us:A-570-117"))
    nails = house.notice(
        title="Steel nails",
        abstract="",
        kinds=["recall"],
        event="recalled",
        origins=[],
        item={},
        jurisdiction="EU",
        published=date(2024, 3, 1),
    )
    names = {wood.pk: "wood", nails.pk: "nails"}
    answer = page(Query(tree=on(parse(query), TODAY)))
    assert [names[hit.notice_id] for hit in answer.hits] == expected
    assert answer.total == len(expected)


def test_turns_pages_and_heeds_what_is_chosen(house: House) -> None:
    notices = [house.notice(published=date(2025, 1, day)) for day in (1, 2, 3)]
    house.notice(jurisdiction="EU")
    us = {Facet.MARKET: ("US",)}
    first = page(Query(chosen=us, limit=2))
    assert [hit.notice_id for hit in first.hits] == [notices[2].pk, notices[1].pk]
    assert first.total == 3
    assert [hit.notice_id for hit in page(Query(chosen=us, limit=2, offset=2)).hits] == [
        notices[0].pk
    ]
    assert page(Query(chosen=us, order=Order.OLDEST)).hits[0].notice_id == notices[0].pk
