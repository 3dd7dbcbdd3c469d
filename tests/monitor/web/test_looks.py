"""Pictures of every page for human eyes: `pytest tests/monitor/web --screenshots DIR`."""

from datetime import datetime
from pathlib import Path

import pytest

from monitor.impact.models import Impact
from monitor.notices.models import Measure
from monitor.search.room import room
from tests.monitor.web import scene
from tests.monitor.web.conftest import Visit
from tests.monitor.web.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pictures(visit: Visit, request: pytest.FixtureRequest, now: datetime, index: None) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    if folder is None:
        pytest.skip("pictures only with --screenshots DIR")
    Path(folder).mkdir(parents=True, exist_ok=True)
    scene.build(House(), now)
    room().walk(now)
    paths = _paths()
    for width in (1280, 390):
        for language in ("zh-CN", "en"):
            for name, path in paths.items():
                page = visit.open(path, language=language, width=width)
                page.screenshot(path=f"{folder}/{name}-{language}-{width}.png", full_page=True)
                page.context.close()
    for name in ("home", "impact"):
        page = visit.open(paths[name], dark=True)
        page.screenshot(path=f"{folder}/{name}-dark.png", full_page=True)
        page.emulate_media(media="print")
        page.screenshot(path=f"{folder}/{name}-print.png", full_page=True)
    assert not [said for said in visit.complaints if "404" not in said]


def _paths() -> dict[str, str]:
    loudest = Impact.objects.order_by("-loudness", "-exposure_usd")[0]
    longest = Measure.objects.get(keys__key="us:A-570-117")
    return {
        "home": "/",
        "base": f"/bases/{loudest.base.code}/",
        "impact": f"/impacts/{loudest.pk}/",
        "measure": f"/measures/{longest.pk}/",
        "notice": f"/notices/{loudest.entry.notice_id}/",
        "search": "/search/",
        "sources": "/sources/",
        "missing": "/nowhere/",
    }
