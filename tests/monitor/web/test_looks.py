"""Every page over a whole province, in both languages, on desk and phone, in a real browser.

`pytest tests/monitor/web/test_looks.py --screenshots DIR` leaves pictures for human eyes.
"""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from monitor.impact.models import Impact
from monitor.notices.models import Measure
from monitor.search.room import room
from tests.monitor.web import scene
from tests.monitor.web.conftest import Visit
from tests.monitor.web.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_fits_and_is_quiet(
    visit: Visit, request: pytest.FixtureRequest, now: datetime, index: None
) -> None:
    scene.build(House(), now)
    room().walk(now)
    folder = request.config.getoption("--screenshots", default=None)
    for width in (1280, 390):
        for language in ("zh-CN", "en"):
            for name, path in _paths().items():
                page = visit.open(path, language=language, width=width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                _picture(page, folder, f"{name}-{language}-{width}")
                page.context.close()
    for name, path in _paths().items():
        page = visit.open(path, dark=True)
        _picture(page, folder, f"{name}-dark")
        page.emulate_media(media="print")
        _picture(page, folder, f"{name}-print")
        page.context.close()
    assert visit.complaints == []


def _picture(page: Page, folder: str | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _paths() -> dict[str, str]:
    loudest = Impact.objects.order_by("-loudness", "-exposure_usd")[0]
    longest = Measure.objects.get(keys__key="us:A-570-117")
    return {
        "home": "/",
        "base": f"/bases/{loudest.base.code}/",
        "impact": f"/impacts/{loudest.pk}/",
        "measure": f"/measures/{longest.pk}/",
        "notice": f"/notices/{loudest.entry.notice_id}/",
        "search": "/search/?q=products",
        "sources": "/sources/",
        "past-cases": "/past-cases/",
        "past-case": "/past-cases/us-2020-wood-mouldings/",
    }
