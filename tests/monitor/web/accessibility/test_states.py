"""What no address alone leads to: refused forms, answers to forms, empty lists, a full day."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from monitor.impact.models import Impact
from monitor.notices.models import Measure
from monitor.search.room import room
from tests.monitor.web import scene
from tests.monitor.web.accessibility.conftest import LANGUAGES, Site
from tests.monitor.web.accessibility.looking import DESK, PHONE, Looks
from tests.monitor.web.accessibility.states import states
from tests.monitor.web.house import House
from tests.walls.conftest import Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state(
    site: Site, full: Province, language: str, request: pytest.FixtureRequest
) -> None:
    looks, folder = Looks(), request.config.getoption("--screenshots", default=None)
    for state in states():
        page = site.visitor(language, full.session(state.who))
        state.reach(page, full)
        looks.look(page, state.name, language)
        _picture(page, folder, f"{state.name} {language}")
        page.context.close()
    print(f"\n{len(list(states()))} states in {language}: {looks.pages} looks")
    assert not looks.where, f"\n{looks}"


def test_a_full_day(
    site: Site, client: Client, now: datetime, index: None, request: pytest.FixtureRequest
) -> None:
    """Fifteen bases, thirteen notices, warnings of every level."""
    scene.build(House(), now)
    room().walk(now)
    looks, folder = Looks(), request.config.getoption("--screenshots", default=None)
    for language in LANGUAGES:
        page = site.visitor(language, client.cookies["sessionid"].value)
        for path in _full_pages():
            page.goto(path)
            looks.look(page, path, language)
            _picture(page, folder, f"day {path.replace('/', ' ')} {language}")
    assert not looks.where, f"\n{looks}"


def _full_pages() -> list[str]:
    loudest = Impact.objects.order_by("-loudness", "-exposure_usd")[0]
    longest = Measure.objects.get(keys__key="us:A-570-117")
    return [
        "/",
        f"/bases/{loudest.base.code}/?scope=all",
        f"/impacts/{loudest.pk}/",
        f"/measures/{longest.pk}/",
        f"/notices/{loudest.entry.notice_id}/?q=products",
        "/search/?q=products",
        "/sources/",
    ]


def _picture(page: Page, folder: str | None, name: str) -> None:
    if folder is None:
        return
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name} {width}.png", full_page=True)
