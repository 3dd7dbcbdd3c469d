"""Half-typed work survives a dropped line, in a real browser."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from monitor.cases.models import Draft, Task
from tests.monitor.cases.work.office import Office
from tests.signing_in import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTE = "#id_note"
STATUS = ".draft > [role=status]"
LOCAL = "[data-local]"
THERE = "[data-key]"


@pytest.fixture
def office(transactional_db: None) -> Office:
    return Office()


@pytest.fixture
def task(office: Office) -> Task:
    return office.task()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, office: Office, task: Task) -> Iterator[Page]:
    """The task's, as its chamber's officer sees it."""
    site = live_server.url
    context = browser.new_context(base_url=site, locale="en-US", reduced_motion="reduce")
    session = signed_in(office.officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.goto(reverse("task", args=[task.pk]))
    yield page
    context.close()


def died(page: Page) -> Page:
    """Another page of the same browser. One that is left would send what it has once more, whatever
    the browser was told of the line."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()
    return page.context.new_page()


def typed(page: Page, text: str) -> None:
    """And on to the next field."""
    page.fill(NOTE, text)
    page.press(NOTE, "Tab")


def told(page: Page, word: str) -> None:
    page.locator(STATUS, has_text=word).wait_for(timeout=20_000)


def test_what_is_typed_while_the_line_is_down_is_there_afterwards(page: Page, task: Task) -> None:
    here = page.url
    page.fill(NOTE, "half a")
    told(page, "Kept as a draft at")
    page.context.set_offline(True)
    typed(page, "half a sentence")
    told(page, "cannot be reached")
    page.context.set_offline(False)
    told(page, "Kept as a draft at")
    assert Draft.objects.get().fields["note"] == ["half a sentence"]

    page.context.set_offline(True)
    typed(page, "half a sentence and its end")
    told(page, "cannot be reached")
    page = died(page)
    page.context.set_offline(False)
    page.goto(here)
    page.locator(THERE, has_text="half a sentence").wait_for()
    page.locator(LOCAL, has_text="and its end").wait_for()
    page.locator(LOCAL).get_by_role("button", name="Take it").click()
    assert page.input_value(NOTE) == "half a sentence and its end"
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    task.refresh_from_db()
    assert task.note == "half a sentence and its end"
    assert not Draft.objects.exists()
    assert page.evaluate("localStorage.length") == 0


def test_what_the_server_has_is_not_offered_a_second_time_by_the_browser(page: Page) -> None:
    """The page was left before it heard that what it sent had come."""
    here = page.url
    page.context.set_offline(True)
    typed(page, "half a sentence,\nof two lines")
    told(page, "cannot be reached")
    unheard = page.evaluate("JSON.stringify(localStorage)")
    page.context.set_offline(False)
    told(page, "Kept as a draft at")
    page.evaluate(f"Object.assign(localStorage, {unheard})")

    page.goto("about:blank")
    page.goto(here)
    page.locator(THERE, has_text="half a sentence").wait_for()
    assert page.locator(f"{LOCAL}:visible").count() == 0
    assert page.evaluate("localStorage.length") == 0

    page.evaluate(f"Object.assign(localStorage, {unheard.replace('two lines', 'three')})")
    page.reload()
    page.locator(LOCAL, has_text="of three").wait_for()
