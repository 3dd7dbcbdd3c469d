"""Rows, clocks and a browser for the tests of the pages."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.words import Kind, Role
from tests.monitor.web.house import SEEN, TODAY, House
from tests.signing_in import signed_in

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="Where test_looks.py puts its pictures.")


@pytest.fixture(autouse=True)
def _as_of(settings: Settings) -> None:
    settings.FENGHUO_AS_OF = TODAY


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def client(db: None) -> Client:
    """An officer of the province's office, who sees the bases."""
    office = Organisation.objects.create(kind=Kind.OFFICE, name_zh="省商务厅", created_at=SEEN)
    officer = User.objects.create(username="officer@example.org", name="林经办")
    Membership.objects.create(user=officer, organisation=office, role=Role.OFFICER, since=SEEN)
    return signed_in(officer)


@pytest.fixture
def index(settings: Settings, tmp_path: Path) -> None:
    """An empty search index of the test's own."""
    settings.FENGHUO_INDEX = tmp_path / "index"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Its driver runs an event loop in this thread; the records are used from
    this thread too, never from within the loop, so Django's guard against that may rest."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Visit:
    """Opens pages of the live server, and keeps what the browser complained of."""

    browser: Browser
    site: str
    session: str = ""
    """Of whoever is signed in; empty: nobody."""
    complaints: list[str] = field(default_factory=list)

    def open(
        self, path: str, *, language: str = "zh-CN", width: int = 1280, dark: bool = False
    ) -> Page:
        context = self.browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        if self.session:
            context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.site}])
        page = context.new_page()
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.goto(self.site + path)
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, client: Client) -> Iterator[Visit]:
    visit = Visit(browser, live_server.url, client.cookies["sessionid"].value)
    yield visit
    for context in browser.contexts:
        context.close()
