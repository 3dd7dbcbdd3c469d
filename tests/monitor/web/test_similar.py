"""The similar measures on the pages: with their reasons, and away where the index is."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from monitor.notices.models import Measure, Notice
from monitor.search.room import room
from tests.monitor.web.house import SEEN, House

CHINESE = {"accept-language": "zh-CN"}
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def notice(house: House, index: None) -> Notice:
    notice = house.notice(item={})
    house.entry(notice)
    for code in ("440910", "440922", "4418"):
        house.claim(notice, code)
    return notice


@pytest.fixture
def other(house: House) -> Measure:
    """Brazil's, of 2024, on one of the same subheadings."""
    measure = house.measure(
        jurisdiction="BR", title="<script>alert(1)</script>\u202eMadeira", origin="CN",
        last_published=date(2024, 3, 1),
    )  # fmt: skip
    notice = house.notice(jurisdiction="BR", language="pt", item={})
    house.entry(notice, measure)
    house.claim(notice, "440910")
    return measure


def _text(client: Client, address: str, language: dict[str, str] = ENGLISH) -> str:
    response = client.get(address, headers=language)
    assert response.status_code == 200
    return response.content.decode()


def test_notice_and_measure_name_similar_measures_and_why(
    client: Client, notice: Notice, other: Measure
) -> None:
    room().walk(SEEN)
    measure = notice.measures.get()
    for address in (f"/notices/{notice.pk}/", f"/measures/{measure.pk}/"):
        text = _text(client, address)
        similar = text[text.index('id="similar"') :]
        assert f'<a href="/measures/{other.pk}/">' in similar
        assert "same subheading 4409.10</span>; Anti-dumping by Brazil" in similar
        assert "goods of China, 2024" in similar
        assert f"/measures/{measure.pk}/" not in similar
        chinese = _text(client, address, CHINESE)
        assert "同一子目 4409.10</span>；巴西反倾销，涉中国产品，2024" in chinese
        assert "巴西对华" in chinese
        assert '<bdi lang="pt">' in chinese


def test_their_titles_stay_text(client: Client, notice: Notice, other: Measure) -> None:
    room().walk(SEEN)
    text = _text(client, f"/notices/{notice.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;Madeira" in text
    assert "<script>alert" not in text


def test_many_shared_codes_are_named_in_short(
    client: Client, house: House, notice: Notice, other: Measure
) -> None:
    for code in ("440921", "440929", "440923"):
        house.claim(notice, code)
        house.claim(other.notices.get(), code)
    room().walk(SEEN)
    text = _text(client, f"/notices/{notice.pk}/")
    assert "same subheadings 4409.10, 4409.21, 4409.23 and 1 more" in text


def test_a_shared_heading_is_called_one(client: Client, house: House, notice: Notice) -> None:
    house_measure = house.measure(jurisdiction="TR", origin=None)
    heading = house.notice(item={})
    house.entry(heading, house_measure)
    house.claim(heading, "4418")
    room().walk(SEEN)
    assert "same heading 4418</span>; Anti-dumping by Türkiye" in _text(
        client, f"/notices/{notice.pk}/"
    )


def test_none_known_is_said(client: Client, notice: Notice) -> None:
    room().walk(SEEN)
    assert "No other measure on these goods is known." in _text(client, f"/notices/{notice.pk}/")


def test_without_an_index_the_page_is_there_and_the_section_says_so(
    client: Client, notice: Notice, other: Measure, settings: Settings, tmp_path: Path
) -> None:
    settings.FENGHUO_INDEX = tmp_path / "no-folder"
    settings.FENGHUO_INDEX.write_text("but a file")
    for address in (f"/notices/{notice.pk}/", f"/measures/{notice.measures.get().pk}/"):
        text = _text(client, address)
        assert "similar measures cannot be named" in text
        assert f"/measures/{other.pk}/" not in text
