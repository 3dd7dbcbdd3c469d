"""An analyst's way in a real browser: she types Chinese, and ends in a Portuguese notice."""

from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.notices import classify
from monitor.notices.models import Notice
from monitor.search.room import room
from tests.monitor.web.conftest import Visit
from tests.monitor.web.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PORTUGUESE = (
    "Torna público que se decidiu iniciar investigação para averiguar a existência de dumping nas"
    " exportações da China para o Brasil de pneus novos de borracha para automóveis de passageiros"
)
"""In the words of Brazil's circulars; the case is invented."""


@pytest.fixture
def notices(house: House, index: None, now: datetime) -> Notice:
    """Read and classified as any: nobody tells the index what the notices are about."""
    wanted = house.notice(
        source="br-gazette",
        number="SECEX-45",
        title=PORTUGUESE,
        abstract="Pneus radiais de construção usual, aros 13 a 18. Sem código no texto.",
        language="pt",
        jurisdiction="BR",
        authority="Secretaria de Comércio Exterior",
        event="initiated",
        proceeding="investigation",
        product="pneus novos de borracha para automóveis de passageiros",
        published=date(2025, 5, 12),
        url="https://www.in.gov.br/",
        item={},
        sample=True,
    )
    for title, market, event in (
        ("Passenger Vehicle and Light Truck Tires From China: Final Results", "US", "final"),
        ("Ceramic Tile From China: Initiation of Sunset Review", "US", "initiated"),
        ("Neumáticos de bicicleta originarios de China: inicio de examen", "AR", "initiated"),
    ):
        house.notice(
            title=title, abstract="", product="", jurisdiction=market, event=event, item={}
        )
    classify.room().walk(now)
    room().walk(now)
    return wanted


def _picture(page: Page, request: pytest.FixtureRequest, name: str) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    if folder is not None:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_chinese_words_lead_to_a_portuguese_notice(
    visit: Visit, notices: Notice, request: pytest.FixtureRequest, width: int
) -> None:
    page = visit.open("/search/", width=width)
    field = page.get_by_role("searchbox")
    field.fill("巴西轮胎反倾销立案")
    field.press("Enter")
    expect(page.locator("#found")).to_contain_text("1")
    expect(page.locator(".also")).to_contain_text("HS 4011")
    expect(page.locator(".hits h3 mark").first).to_have_text("pneus")
    _picture(page, request, f"search-chinese-{width}")
    page.locator(".hits h3 a").click()
    expect(page.locator("main")).to_contain_text("averiguar a existência de dumping")
    expect(page.locator("h1")).to_contain_text("巴西对华")
    _picture(page, request, f"notice-portuguese-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.complaints == []


def test_what_was_added_can_be_taken_away(visit: Visit, notices: Notice) -> None:
    page = visit.open("/search/?q=tyres")
    expect(page.locator(".hits > li")).to_have_count(3)
    page.locator(".also a").click()
    expect(page.locator(".hits")).to_have_count(0)
    expect(page.locator(".also abbr")).to_have_count(0)
    page.locator(".also a").click()
    expect(page.locator(".hits > li")).to_have_count(3)


def test_suggestions_come_while_typing_and_lead_on(visit: Visit, notices: Notice) -> None:
    page = visit.open("/search/")
    page.get_by_role("searchbox").press_sequentially("陶瓷砖")
    suggestion = page.locator(".suggestions a", has_text="陶瓷砖").first
    expect(suggestion).to_be_visible()
    suggestion.click()
    expect(page.locator(".hits h3")).to_contain_text(["Ceramic Tile"])
    assert visit.complaints == []


def test_a_wrong_query_shows_its_place(visit: Visit, notices: Notice) -> None:
    page = visit.open("/search/?q=轮胎 foo:bar", language="en")
    expect(page.locator(".wrong mark")).to_have_text("foo")
    assert page.get_by_role("searchbox").get_attribute("aria-invalid") == "true"
    assert visit.complaints == []
