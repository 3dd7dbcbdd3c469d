"""The pages in a real browser: nothing runs, nothing overflows, everything has a name."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from monitor.impact.models import Impact
from tests.monitor.web.conftest import Visit
from tests.monitor.web.house import House, code, item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egpj.exe\u202c "
    + "Supercalifragilistic" * 12
    + " 超长" * 60
    + ' "quoted" &amp; {{ 7*7 }} {% debug %}'
)


@pytest.fixture
def hostile(house: House) -> Impact:
    """A warning all of whose foreign text means harm."""
    base = house.base("forest")
    house.line(base)
    house.flows(base)
    parts = item(
        case_numbers=[HOSTILE],
        companies=[{"name": HOSTILE, "role": "respondent"}],
        references=["javascript:alert(3)"],
        codes=[code("<b>4409</b>", "440910", "4409", note=HOSTILE, where="abstract:0")],
        dates=[{"kind": "comments_due", "date": "2025-06-20", "printed": HOSTILE}],
    )
    notice = house.notice(
        number="2025-<i>1</i>",
        title=HOSTILE,
        abstract=HOSTILE + " <b>4409</b>",
        url="javascript:alert(4)",
        authority=HOSTILE,
        product=HOSTILE,
        item=parts,
        capture=house.capture(),
    )
    evidence = [{"kind": "printed", "printed": "<b>4409</b>", "where": "abstract:0"}]
    house.claim(notice, evidence=evidence, model="<u>model</u>")
    measure = house.measure("us:<script>alert(5)</script>", title=HOSTILE, authority=HOSTILE)
    return house.impact(base, house.entry(notice, measure))


def _paths(impact: Impact) -> list[str]:
    return [
        "/",
        "/bases/forest/?scope=all",
        f"/impacts/{impact.pk}/",
        f"/measures/{impact.entry.measure_id}/",
        f"/notices/{impact.entry.notice_id}/",
        "/search/?q=%3Cscript%3Ealert(6)%3C/script%3E&hs=%3Cimg%20src=x%3E",
        "/sources/",
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_text_stays_text(visit: Visit, hostile: Impact, index: None, width: int) -> None:
    for path in _paths(hostile):
        page = visit.open(path, width=width)
        assert not page.query_selector("main script, main img, main b, main i, main u"), path
        assert not page.query_selector("a[href^='javascript' i]"), path
        assert "\u202e" not in page.inner_text("body")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide"
        page.context.close()
    assert visit.complaints == []


def test_marks_survive_hostile_text(visit: Visit, hostile: Impact) -> None:
    page = visit.open(f"/impacts/{hostile.pk}/")
    assert page.inner_text("blockquote mark") == "<b>4409</b>"


def test_every_page_is_well_formed_for_assistive_technology(
    visit: Visit, hostile: Impact, index: None
) -> None:
    for path in _paths(hostile):
        page = visit.open(path)
        levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        assert _unnamed(page) == [], path
        assert _twice(page) == [], path
        assert page.get_attribute("html", "lang") == "zh-hans"
        page.context.close()


def _unnamed(page: Page) -> list[str]:
    """Fields, buttons and links without a name that can be read out."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select')]
        .filter(e => !(e.innerText.trim() || e.labels?.length || e.ariaLabel))
        .map(e => e.outerHTML)"""
    )


def _twice(page: Page) -> list[str]:
    """Ids that stand on two elements."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[id]')].map(e => e.id)
        .filter((id, at, all) => all.indexOf(id) !== at)"""
    )


def test_keyboard_skips_to_the_content_and_reaches_the_filters(
    visit: Visit, hostile: Impact
) -> None:
    page = visit.open("/bases/forest/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "level":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bases/forest/?level=red**")
    assert visit.complaints == []


def test_language_button(visit: Visit, hostile: Impact) -> None:
    page = visit.open("/bases/forest/?level=red")
    page.click("text=English")
    page.wait_for_selector("html[lang=en]")
    assert page.url.endswith("/bases/forest/?level=red")
    page.click("text=中文")
    page.wait_for_selector("html[lang=zh-hans]")
    assert visit.complaints == []


def test_a_phone_reads_tables_as_cards(visit: Visit, hostile: Impact) -> None:
    page = visit.open("/bases/forest/", width=390)
    row = page.query_selector(".cards tbody tr")
    assert row is not None
    assert row.evaluate("e => getComputedStyle(e).display") == "grid"
    label = "e => getComputedStyle(e, '::before').content"
    cell = page.query_selector(".cards td[data-label]")
    assert cell is not None
    assert cell.evaluate(label).strip('"')
