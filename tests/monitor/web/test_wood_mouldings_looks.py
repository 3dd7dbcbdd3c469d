"""The wood mouldings case on screen: when all five firms are told and asked again, when the orders
are out, and after the third review's preliminary results; by the chamber that leads it, in the end
also by a firm that answered and by the one that kept silent.

`--screenshots DIR` leaves pictures for human eyes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator
from pytest_django import Settings

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.words import Role
from monitor.cases.models import Case
from monitor.cases.work.chasing import chase
from monitor.cases.work.keeping import keep_up
from tests.monitor.cases.conftest import Publish
from tests.monitor.cases.conftest import forest as forest  # noqa: PLC0414 - a fixture
from tests.monitor.cases.conftest import publish as publish  # noqa: PLC0414 - a fixture
from tests.monitor.cases.forest import FIRMS, SINCE, Forest
from tests.monitor.cases.test_wood_mouldings import GINKGO, PINE, walked
from tests.monitor.cases.walking import noon
from tests.monitor.web.conftest import Visit
from tests.signing_in import signed_in

Ways = tuple[tuple[str, int], ...]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHAMBER = "chamber"
TOLD, ORDERED, AS_OF = date(2020, 3, 18), date(2021, 2, 17), date(2025, 7, 1)
"""All five are told and asked again; orders and injury; the third review's preliminary results."""
WAYS = (("zh-CN", 1280), ("zh-CN", 390), ("en-US", 1280), ("en-US", 390))
"""How the case and its outcome are looked at in the end; all else in two of these ways."""
PASSED = {
    "initiated": "2020-02-05",
    "countervailing, preliminary": "2020-06-12",
    "anti-dumping, preliminary": "2020-08-12",
    "orders": "2021-02-16",
    "injury": "2021-02-17",
    "first reviews": "2023-09-11 2023-09-12",
    "second reviews": "2024-08-28 2024-09-18",
    "third reviews": "2025-06-12 2025-06-16",
}
"""Days of the stages that the page of the case shows in the end."""


@dataclass(frozen=True)
class Eyes:
    """What looks at pages, and where it leaves its pictures."""

    visit: Visit
    folder: Path | None

    def see(self, when: date, who: str, pages: Mapping[str, str], ways: Ways = WAYS) -> None:
        for language, width in ways:
            for name, path in pages.items():
                page = self.visit.open(path, language=language, width=width)
                page.locator("details.over").evaluate_all("all => all.map(x => x.open = true)")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                _look(page.locator("main"), when, name, who)
                if self.folder is not None:
                    picture = self.folder / f"wood-{when}-{name}-{who}-{language}-{width}.png"
                    page.screenshot(path=picture, full_page=True)
                page.context.close()


def test_the_case_on_screen(
    forest: Forest,
    publish: Publish,
    settings: Settings,
    visit: Visit,
    request: pytest.FixtureRequest,
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    eyes = Eyes(visit, Path(folder) if folder else None)
    visit.session = _session(forest.chamber)
    for line in walked(forest, publish):
        if line.startswith("  -- four answer"):
            chase(noon(TOLD + timedelta(days=1)))
        for when in (TOLD, ORDERED):
            if line.startswith(f"{when} "):
                settings.FENGHUO_AS_OF = when
                for days in (30, 0):
                    chase(noon(when - timedelta(days=days)))
                eyes.see(when, CHAMBER, _pages("case", "outcome"), WAYS[::3])
    keep_up(noon(AS_OF))
    settings.FENGHUO_AS_OF = AS_OF
    eyes.see(AS_OF, CHAMBER, _pages("case", "outcome"))
    eyes.see(AS_OF, CHAMBER, _pages("calendar", "tasks", "month"), WAYS[::3])
    for firm in (PINE, GINKGO):
        visit.session = _session(forest.organisation(firm))
        eyes.see(AS_OF, firm, _pages("case", "outcome"), WAYS[1:3])
    assert visit.complaints == []


def _pages(*names: str) -> dict[str, str]:
    case = [Case.objects.get().pk]
    every = {
        "case": reverse("case", args=case),
        "calendar": reverse("case_calendar", args=case),
        "outcome": reverse("case_outcome", args=case),
        "tasks": reverse("tasks") + "?whose=ours",
        "month": reverse("month") + f"?month={AS_OF:%Y-%m}&all=1",
    }
    return {name: every[name] for name in names}


def _look(main: Locator, when: date, name: str, who: str) -> None:
    said, kept = main.inner_text(), main.text_content() or ""
    named = {firm for firm, (english, _usd) in FIRMS.items() if firm in said or english in said}
    assert named <= (set(FIRMS) if who == CHAMBER else {who}), (name, who)
    if when == TOLD and name == "case":
        # The page says of every one that it is silent, and what the chamber does about it.
        assert main.locator("tr.silent").count() == len(FIRMS)
        assert all(kept.count(firm) > 2 for firm in FIRMS)
    if when == ORDERED and name == "outcome":
        assert all(rate in said for rate in ("20.56", "231.60", "44.60", "252.29"))
    if when == AS_OF:
        _look_back(said, kept, name, who)


def _look_back(said: str, kept: str, name: str, who: str) -> None:
    if name == "case":
        assert who != CHAMBER or all(firm in said for firm in FIRMS)
        passed = {day for days in PASSED.values() for day in days.split()}
        assert {day for day in passed if day not in said} == set()
        assert (who == PINE) != ("asked again" in kept or "一再询问" in kept)
    if name == "calendar":
        assert "2020-01-08" in kept  # the petition, as a person entered it
        assert "2025-12-22" in said  # final results of the third review, after the postponement
        assert "2026" in said  # the sunset review that nobody has told of
    if name == "outcome":
        assert ("5.62" in said) == ("101.70" in said) == (who != GINKGO)
        assert ("252.29" in said) == (who != PINE)
    if name == "month":
        assert "2025-07-16" in said  # case briefs


def _session(own: Organisation) -> str:
    person = User.objects.create(username=f"{own.pk}@example.org", name="林小红")
    Membership.objects.create(user=person, organisation=own, role=Role.OWNER, since=SINCE)
    client: Client = signed_in(person)
    return client.cookies["sessionid"].value
