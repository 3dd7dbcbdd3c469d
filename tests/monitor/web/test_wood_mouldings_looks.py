"""The wood mouldings case on screen, as it stands after its third review's preliminary results: by
the chamber that leads it, a firm that answered, and the firm that kept silent.

`--screenshots DIR` leaves pictures for human eyes.
"""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.words import Role
from monitor.cases.models import Case
from monitor.cases.work.keeping import keep_up
from tests.monitor.cases.conftest import Publish
from tests.monitor.cases.conftest import forest as forest  # noqa: PLC0414 - a fixture
from tests.monitor.cases.conftest import publish as publish  # noqa: PLC0414 - a fixture
from tests.monitor.cases.forest import FIRMS, SINCE, Forest
from tests.monitor.cases.test_wood_mouldings import GINKGO, PINE, walked
from tests.monitor.cases.walking import noon
from tests.monitor.web.conftest import Visit
from tests.signing_in import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AS_OF = date(2025, 7, 1)
CHAMBER = "chamber"
WAYS = (("zh-CN", 1280), ("zh-CN", 390), ("en-US", 1280), ("en-US", 390))
"""Language and width in which the chamber's pages are looked at; those of firms in two of them."""


def test_the_case_on_screen(
    forest: Forest,
    publish: Publish,
    settings: Settings,
    visit: Visit,
    request: pytest.FixtureRequest,
) -> None:
    assert list(walked(forest, publish))
    keep_up(noon(AS_OF))
    settings.FENGHUO_AS_OF = AS_OF
    folder = request.config.getoption("--screenshots", default=None)
    for who, own in _readers(forest).items():
        visit.session = _session(own)
        for language, width in WAYS if who == CHAMBER else WAYS[1:3]:
            for name, path in _pages().items():
                page = visit.open(path, language=language, width=width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                _look(page, name, who)
                if folder is not None:
                    picture = Path(folder) / f"wood-{name}-{who}-{language}-{width}.png"
                    page.screenshot(path=picture, full_page=True)
                page.context.close()
    assert visit.complaints == []


def _readers(forest: Forest) -> dict[str, Organisation]:
    return {CHAMBER: forest.chamber, **{firm: forest.organisation(firm) for firm in (PINE, GINKGO)}}


def _pages() -> dict[str, str]:
    case = [Case.objects.get().pk]
    return {
        "case": reverse("case", args=case),
        "calendar": reverse("case_calendar", args=case),
        "outcome": reverse("case_outcome", args=case),
        "tasks": reverse("tasks") + "?whose=ours",
        "month": reverse("month") + "?month=2025-07&all=1",
    }


def _look(page: Page, name: str, who: str) -> None:
    said = page.locator("main").inner_text()
    named = {firm for firm, (english, _usd) in FIRMS.items() if firm in said or english in said}
    if name == "case":
        assert named == (set(FIRMS) if who == CHAMBER else {who})
    if who != CHAMBER:
        assert named <= {who}, (name, who)
    if name == "calendar":
        assert "2025-12-22" in said  # final results of the third review, after the postponement
        assert "2026" in said  # the sunset review that nobody has told of
    if name == "outcome":
        assert ("5.62" in said) == (who != GINKGO)
        assert ("252.29" in said) == (who != PINE)
    if name == "month":
        assert "2025-07-16" in said  # case briefs


def _session(own: Organisation) -> str:
    person = User.objects.create(username=f"{own.pk}@example.org", name="林小红")
    Membership.objects.create(user=person, organisation=own, role=Role.OWNER, since=SINCE)
    client: Client = signed_in(person)
    return client.cookies["sessionid"].value
