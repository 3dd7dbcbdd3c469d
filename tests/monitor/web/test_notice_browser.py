"""A notice's pages in a real browser: versions, a missing copy, statistics, similar measures."""

from itertools import pairwise

import pytest

from monitor.notices.models import NoticeVersion
from monitor.search.room import room
from monitor.web.versions import current
from tests.monitor.web.conftest import Visit
from tests.monitor.web.house import LAST_MONTH, SEEN, House
from tests.monitor.web.test_browser import HOSTILE, _twice, _unnamed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paths(house: House, index: None) -> list[str]:
    """Pages with everything on them, and all their foreign text means harm."""
    for name in (HOSTILE[:80], "Forest"):
        base = house.base(name_zh=name[:80], name_en=name)
        house.flows(base)
    table = f"Firm        Margin\n------------------\n{'x' * 300}     44.60%"
    body = "\n\n".join([HOSTILE, table, *[f"Paragraph {n}, of mouldings." for n in range(200)]])
    capture = house.capture()
    notice = house.notice(title=HOSTILE, abstract=HOSTILE, body=body, capture=capture, version=2)
    house.claim(notice)
    house.entry(notice, house.measure(title=HOSTILE))
    said = current(notice) | {"body": body.replace("Paragraph 90", HOSTILE), "title": HOSTILE[5:]}
    NoticeVersion.objects.create(notice=notice, version=1, item=said, seen_until=SEEN)
    other = house.notice(jurisdiction="BR", title=HOSTILE)
    house.claim(other)
    measure = house.measure(jurisdiction="BR", title=HOSTILE, last_published=LAST_MONTH)
    house.entry(other, measure)
    room().walk(SEEN)
    return [
        f"/notices/{notice.pk}/?q=mouldings",
        f"/notices/{notice.pk}/versions/1/",
        f"/notices/{notice.pk}/versions/1/?whole=1",
        f"/measures/{measure.pk}/",
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_they_fit_are_quiet_and_well_formed(visit: Visit, paths: list[str], width: int) -> None:
    for path in paths:
        page = visit.open(path, width=width)
        for details in page.query_selector_all("details"):
            details.evaluate("e => { e.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert not page.query_selector("main script, main img, main b"), path
        levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
        assert levels[0] == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        assert _unnamed(page) == [], path
        assert _twice(page) == [], path
        page.context.close()
    assert visit.complaints == []


def test_changes_are_told_without_colour(visit: Visit, paths: list[str]) -> None:
    page = visit.open(paths[1])
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.eval_on_selector(".changes del", line) == "line-through"
    assert page.eval_on_selector(".changes ins", line) == "underline"


def test_a_stored_copy_that_is_missing_has_a_page(visit: Visit, house: House) -> None:
    page = visit.open(f"/captures/{house.capture().pk}/", width=390)
    assert page.inner_text("h1") == "存档副本缺失"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert all("404" in complaint for complaint in visit.complaints)
