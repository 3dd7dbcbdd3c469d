"""One browser, and the live server by a name, so that passkeys are offered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.monitor.web.accessibility.furnishing import furnish
from tests.signing_in import QUICK
from tests.walls.conftest import Province, build, lying_in

LANGUAGES = {"zh-hans": "zh-CN", "en": "en-US"}
"""As a page says it, and as a browser asks for it."""


PATIENCE = 90_000
"""Milliseconds: a machine that is busy with other things is no failure."""


@dataclass
class Site:
    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    def visitor(self, language: str, session: str = "", width: int = 1280) -> Page:
        """A page of a browser of somebody's own; `session`: of whoever is signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=LANGUAGES[language],
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self._heard(said.type, said.text, page))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        return page

    def _heard(self, kind: str, text: str, page: Page) -> None:
        # A form that was refused is answered with 400, of which the browser tells as of an error.
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.complaints.append(f"{page.url}: {kind}: {text}")


@pytest.fixture
def site(browser: Browser, live_server: LiveServer) -> Iterator[Site]:
    site = Site(browser, live_server.url.replace("127.0.0.1", "localhost"))
    yield site
    for context in browser.contexts:
        context.close()
    assert site.complaints == []


@pytest.fixture
def full(transactional_db: None, settings: Settings, tmp_path: Path) -> Province:
    """Everybody of the walls' province, and everything that its pages can show."""
    for name, value in lying_in(tmp_path).items():
        setattr(settings, name, value)
    settings.PASSWORD_HASHERS = [QUICK]
    settings.FENGHUO_SAMPLE_PEOPLE = True
    province = build()
    furnish(province)
    return province
