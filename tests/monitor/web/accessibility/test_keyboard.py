"""By the keyboard alone: coming in, searching, inviting, sharing. Every key is really pressed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from monitor.accounts.entrance import factors
from monitor.accounts.models import Invitation, Membership, Share, User
from monitor.accounts.words import Role
from tests.monitor.web.accessibility.conftest import PATIENCE, Site
from tests.signing_in import PASSWORD
from tests.walls.conftest import Province

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAR = 120
"""Presses of Tab after which whoever wants to get somewhere has given up."""


def tab_to(target: Locator) -> None:
    for _ in range(FAR):
        target.page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def types(target: Locator, text: str) -> None:
    tab_to(target)
    target.page.keyboard.type(text)


def enters(target: Locator) -> None:
    tab_to(target)
    target.page.keyboard.press("Enter")


def opened(site: Site, province: Province, who: str, path: str) -> Page:
    page = site.visitor("en", province.session(who))
    page.goto(path)
    return page


def test_signing_in_with_a_second_factor(site: Site, full: Province) -> None:
    user = full.people["firm"]
    assert user
    code = factors.fresh_codes(user)[0]
    page = opened(site, full, "anybody", reverse("search"))
    enters(page.get_by_role("link", name="Sign in"))
    page.wait_for_url(re.compile(re.escape(reverse("sign_in")) + r"\?next="))
    types(page.get_by_label("Mail address"), "firm@example.org")
    types(page.get_by_label("Password"), "not this one")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="wrong").wait_for()
    types(page.get_by_label("Password"), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("sign_in_code"))
    expect(page.get_by_label("Code")).to_be_focused(timeout=PATIENCE)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("search"))


def test_searching_narrowing_down_and_reading(site: Site, full: Province) -> None:
    page = opened(site, full, "anybody", "/")
    types(page.get_by_role("searchbox"), "wood")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=wood$"))
    tab_to(page.locator("[name=market]").first)
    page.keyboard.press("Space")
    enters(page.get_by_role("button", name="Apply"))
    page.wait_for_url("**market=US**")
    enters(page.locator(".chips a"))
    page.wait_for_url(lambda url: "market" not in url)
    enters(page.locator(".hits h3 a").first)
    page.wait_for_url("**/notices/**")


def test_taking_a_suggestion(site: Site, full: Province) -> None:
    page = opened(site, full, "anybody", reverse("search"))
    types(page.locator("#q"), "陶瓷砖")
    suggestion = page.locator(".suggestions a").first
    suggestion.wait_for()
    enters(suggestion)
    page.wait_for_url(re.compile(r"/search/\?q=."))


def test_inviting_and_accepting(site: Site, full: Province) -> None:
    page = opened(site, full, "chamber", reverse("members"))
    form = page.locator(f"form[action='{reverse('invite')}']")
    types(form.get_by_label("Mail address"), "new.person@example.org")
    tab_to(form.get_by_label("Role"))
    page.keyboard.press("ArrowDown")
    enters(form.get_by_role("button"))
    expect(page.get_by_role("status")).to_contain_text("mailed", timeout=PATIENCE)
    invitation = Invitation.objects.get(email="new.person@example.org")
    assert invitation.role == Role.OFFICER

    guest = opened(site, full, "anybody", _link(str(mail.outbox[-1].body)))
    types(guest.get_by_label("Your name"), "New Person")
    types(guest.get_by_label("Password"), PASSWORD)
    guest.keyboard.press("Enter")
    guest.wait_for_url("**" + reverse("sign_in"))
    assert Membership.objects.get(user=User.objects.get(username="new.person@example.org"))


def _link(letter: str) -> str:
    found = re.search(r"https?://[^/\s]+(/invitations/\S+)", letter)
    assert found
    return found[1]


def test_sharing_and_taking_back(site: Site, full: Province) -> None:
    Share.objects.all().delete()
    page = opened(site, full, "firm", reverse("sharing"))
    form = page.locator(f"form[action='{reverse('share')}']")
    tab_to(form.get_by_label("Who may see our figures"))
    page.keyboard.press("ArrowDown")
    last = datetime.now(UTC) + timedelta(days=30)
    types(form.get_by_label("Until the end of"), f"{last:%m%d%Y}")
    enters(form.get_by_role("button"))
    expect(page.get_by_role("status")).to_contain_text("from now on", timeout=PATIENCE)
    share = Share.objects.get()
    assert share.until is not None
    enters(page.get_by_role("button", name="Take back"))
    expect(page.locator("main")).to_contain_text("taken back", timeout=PATIENCE)
    share.refresh_from_db()
    assert share.withdrawn_at
