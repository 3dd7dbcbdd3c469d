"""Every address of the house, as those to whom it shows a page: axe-core finds nothing serious.

Addresses come from the URL resolver and from the walls' own samples (tests/walls): one that is
added later is walked too, or fails for lack of a sample. `--screenshots DIR` leaves pictures.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.monitor.web.accessibility.conftest import LANGUAGES, Site
from tests.monitor.web.accessibility.looking import DESK, PHONE, Looks
from tests.walls.conftest import Province
from tests.walls.reading import read
from tests.walls.test_matrix import names

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAST = ("anybody", "operator", "office", "chamber", "firm", "counsel")
"""Whose pages differ: nobody, whoever runs the machine, owners of three kinds, one with nothing."""
NO_PAGE = {
    "suggest": "a part of the page of search, looked at there (test_states.py)",
    "sign_in_code": "after a password only (test_states.py)",
    "sign_in_back": "sends on whoever comes from a provider",
    "set_language": "sends back where one came from",
}
"""What answers GET with neither a page nor a file, and why."""


@dataclass
class Found:
    """Names of addresses: `asked` by GET, `shown` as a page, given out as `files`."""

    asked: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def pages(self, province: Province, who: str) -> Iterator[tuple[str, str]]:
        """(name, address) of whatever shows this person a page."""
        client = province.client(who)
        for name, addresses in province.addresses.items():
            for address in addresses:
                answer = client.get(address)
                read(answer)
                if answer.status_code == 405:
                    continue
                self.asked.add(name)
                if answer.status_code != 200:
                    continue
                if not answer.headers["Content-Type"].startswith("text/html"):
                    self.files.add(name)
                elif name not in NO_PAGE:
                    self.shown.add(name)
                    yield name, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_for_those_to_whom_it_is_shown(
    site: Site, full: Province, language: str, request: pytest.FixtureRequest
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    begun, looks, found = time.monotonic(), Looks(), Found()
    for who in CAST:
        pages = list(found.pages(full, who))
        page = site.visitor(language, full.session(who))
        for name, address in pages:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, f"{address} {who}"
            looks.look(page, f"{address} {who}", language)
            _picture(page, folder, f"{name}-{who}-{language}")
        page.context.close()
    print(
        f"\n{len(found.shown)} addresses × {len(CAST)} people in {language} ×"
        f" widths {DESK} and {PHONE}: {looks.pages} looks, {looks.by_axe} of them by axe,"
        f" in {time.monotonic() - begun:.0f} s"
    )
    assert found.asked - found.shown - found.files == set(NO_PAGE)
    assert not looks.where, f"\n{looks}"


def test_every_address_has_a_sample(full: Province) -> None:
    assert set(full.addresses) == set(names())


def _picture(page: Page, folder: str | None, name: str) -> None:
    if folder is None:
        return
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
