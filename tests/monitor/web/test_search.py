"""The search page, over a real index."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from monitor.notices.models import Notice
from monitor.search.room import room
from tests.monitor.web.house import SEEN, House

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def notices(house: House, index: None) -> list[Notice]:
    made = [
        house.notice(title=f"Wood mouldings, {word}", kinds=[kind], event=event)
        for word, kind, event in (
            ("order", "anti_dumping", "order"),
            ("duty", "countervailing", "final"),
            ("<b>recall</b>", "recall", "recalled"),
        )
    ]
    made.append(house.notice(title="Ceramic tableware", abstract="", product="", item={}))
    room().walk(SEEN)
    return made


def _text(client: Client, address: str) -> str:
    response = client.get(address, headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_words_are_found_and_marked(client: Client, notices: list[Notice]) -> None:
    text = _text(client, "/search/?q=mouldings")
    assert "3 notices" in text
    assert "<mark>mouldings</mark>" in text
    assert "<b>recall" not in text
    assert f'href="/notices/{notices[0].pk}/?q=mouldings"' in text
    assert f'href="/notices/{notices[3].pk}/' not in text


def test_filters_narrow_down_and_can_be_taken_away(client: Client, notices: list[Notice]) -> None:
    text = _text(client, "/search/?q=mouldings&kind=recall&kind=countervailing&page=1")
    assert "2 notices" in text
    assert 'href="?q=mouldings&amp;kind=countervailing"' in text
    assert 'value="recall" checked' in text


def test_nothing_found_says_what_to_try(client: Client, notices: list[Notice]) -> None:
    assert "Nothing was found" in _text(client, "/search/?q=zeppelin")


def test_an_empty_index_says_what_to_run(client: Client, db: None, index: None) -> None:
    assert "fenghuo demo" in _text(client, "/search/")


@pytest.mark.parametrize(
    "query",
    ["q=%00", 'q="', "q=AND+OR+(", "q=" + "a" * 5000, "year=soon", "hs=%EE%80%80", "page=-1",
     "page=99999999", "kind=no_such_kind", "q=*&order=sideways", "q=title:x^"],
)  # fmt: skip
def test_nonsense_is_answered(client: Client, notices: list[Notice], query: str) -> None:
    _text(client, f"/search/?{query}")


def test_pages_follow_each_other(client: Client, house: House, index: None) -> None:
    for _ in range(25):
        house.notice()
    room().walk(SEEN)
    first = _text(client, "/search/?q=mouldings")
    following = re.search(r'href="(\?q=mouldings&amp;page=2&amp;at=[^"]+)" rel="next"', first)
    assert following
    house.notice()
    room().walk(SEEN)  # what comes in meanwhile moves nothing
    second = _text(client, f"/search/{unescape(following[1])}")
    assert 'rel="prev"' in second
    assert 'start="21"' in second
    assert second.count("<h3>") == 5
    assert "New notices have come in" not in second
    gone = _text(client, "/search/?q=mouldings&page=2&at=gone")
    assert "New notices have come in" in gone
    assert gone.count("<h3>") == 6


def test_an_index_that_cannot_be_opened_is_said_so(
    client: Client, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.FENGHUO_INDEX = tmp_path / "index"
    settings.FENGHUO_INDEX.write_text("no folder")
    page = client.get("/search/?q=nails", headers=ENGLISH)
    assert page.status_code == 503
    assert "fenghuo check" in page.content.decode()
    report = client.get("/health").json()
    assert report["status"] == "degraded"
    assert "error" in report["index"]


def test_health(client: Client, notices: list[Notice]) -> None:
    report = client.get("/health").json()
    assert report["database"] == {"notices": 4}
    assert report["index"] == {"engine": "tantivy", "notices": 4}
    assert report["clock"] == {"heartbeat": None, "alive": None}
