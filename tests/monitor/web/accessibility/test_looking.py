"""Flaws planted on purpose: the look at a page tells of each."""

import pytest
from playwright.sync_api import Browser, Page

from tests.monitor.web.accessibility.looking import Looks

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<style>:focus-visible {{ outline: 3px solid }} {style}</style></head>
<body><header><a class="skip" href="#main">Skip</a></header>
<main id="main" tabindex="-1"><h1>A page</h1>{main}</main></body></html>"""
SOUND = "<p>Words. <a href='#main'>A link</a></p>"


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_context().new_page()


def told(page: Page, main: str, style: str = "") -> str:
    looks = Looks()
    page.set_content(PAGE.format(main=main, style=style))
    looks.look(page, "here", "en")
    return str(looks)


def test_of_a_sound_page_nothing_is_told(page: Page) -> None:
    assert told(page, SOUND) == ""


@pytest.mark.parametrize(
    ("main", "style", "said"),
    [
        ("<input type='text'>", "", "label (critical)"),
        ("<button><i></i></button>", "", "button-name (critical)"),
        ("<p class='pale'>Words</p>", ".pale { color: #aaa }", "color-contrast (serious)"),
        (SOUND, "@media (prefers-color-scheme: dark) { p { color: #222 } * { background: #000 } }",
         "dark: color-contrast"),
        ("<button>a</button><button>b</button>", "button { padding: 0; font-size: 8px }",
         "target-size (serious)"),
        ("<h3>A level too deep</h3>", "", "a level of headings is left out: 1,3"),
        ("<h1>Another</h1>", "", "2 headings of the first level"),
        ("<p id='main'></p>", "", "the identifier main stands twice"),
        ("<p class='wide'>.</p>", ".wide { width: 500px }", "wider than the window"),
        (SOUND, "a:focus { outline: none }", "does not show the focus"),
        ("<details><summary>More</summary><input></details>", "", "label (critical)"),
    ],
)  # fmt: skip
def test_a_flaw_is_told(page: Page, main: str, style: str, said: str) -> None:
    assert said in told(page, main, style)


def test_a_page_in_another_language_than_asked_for_is_told(page: Page) -> None:
    looks = Looks()
    page.set_content(PAGE.format(main=SOUND, style=""))
    looks.look(page, "here", "zh-hans")
    assert "the page says that it is in en" in str(looks)


def test_a_skip_link_that_leads_nowhere_is_told(page: Page) -> None:
    looks = Looks()
    page.set_content(PAGE.format(main=SOUND, style="").replace("#main", "#elsewhere"))
    looks.look(page, "here", "en")
    assert "does not lead there" in str(looks)


def test_what_was_seen_is_not_asked_of_axe_again(page: Page) -> None:
    looks = Looks()
    for words in ("Some words.", "Other words."):
        page.set_content(PAGE.format(main=f"<p>{words}</p>", style=""))
        looks.look(page, "here", "en")
    assert (looks.pages, looks.by_axe) == (4, 2)
    page.set_content(PAGE.format(main="<p class='pale'>Words</p>", style=""))
    looks.look(page, "here", "en")
    assert looks.by_axe == 4
