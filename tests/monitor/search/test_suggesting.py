"""What is offered while somebody types, and what is asked when nothing was found."""

from pathlib import Path

import pytest

from monitor.search.language import parse
from monitor.search.room import room
from monitor.search.spelling import meant_instead
from monitor.search.suggesting import suggestions
from tests.monitor.web.house import SEEN, House


def shown(query: str, language: str = "en") -> list[str]:
    return [each.shown for each in suggestions(query, language)]


@pytest.fixture
def filled(house: House, index: Path) -> House:
    house.notice()
    measure = house.measure("us:A-570-117")
    assert measure.pk
    room().walk(SEEN)
    return house


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("mar", "en", "market:"),
        ("市", "zh-hans", "市场:"),
        ("market:Braz", "en", "market:Brazil"),
        ("市场:巴西", "zh-hans", "市场:巴西"),
        ("kind:anti", "en", "kind:anti_dumping"),
        ("A-570", "en", "A-570-117"),
        ("mould", "en", "mouldings"),
        ("陶瓷砖", "zh-hans", "陶瓷砖"),
        ("steel NOT mould", "en", "mouldings"),
    ],
)
def test_offers(filled: House, query: str, language: str, expected: str) -> None:
    assert expected in shown(query, language)


def test_a_suggestion_is_the_whole_query_completed(filled: House) -> None:
    first = next(s for s in suggestions("steel mark", "en") if s.shown == "market:")
    assert first.query == "steel market:"
    product = next(s for s in suggestions("陶瓷砖", "zh-hans") if s.shown == "陶瓷砖")
    assert "6907" in product.note


@pytest.mark.parametrize("query", ["", "steel ", '"open quo', "market:", "foo:ba"])
def test_offers_nothing_or_nothing_wrong(filled: House, query: str) -> None:
    for each in suggestions(query, "en"):
        parse(each.query)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mouldngs", "mouldings"),
        ("wood mouldngs market:US", "wood mouldings market:US"),
        ("ceramc tablware", "ceramic tableware"),
        ("陶磁餐具", "陶瓷餐具"),
        ("mouldings", None),
        ('"mouldngs"', None),  # quoted: meant as it is
        ("A-570-118", None),
        ("xqzxqzxqz", None),
    ],
)
def test_did_you_mean(filled: House, typed: str, meant: str | None) -> None:
    assert meant_instead(typed, parse(typed)) == meant
