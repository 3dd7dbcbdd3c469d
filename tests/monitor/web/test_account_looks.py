"""The pages of coming in and of one's account, in both languages, on desk and phone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from monitor.accounts.entrance import factors, mail_changes
from monitor.accounts.models import Membership, Organisation, Passkey, User
from monitor.accounts.sample import load_people
from monitor.accounts.words import Kind, Role
from tests.monitor.web.conftest import Visit
from tests.signing_in import QUICK, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUT = ("sign_in", "forgotten", "forgotten_sent")
IN = ("account", "password", "mail", "sessions", "second_factor", "authenticator")


@pytest.fixture
def officer(settings: Settings, visit: Visit) -> User:
    """With everything that a page can show, and acting for a second organisation."""
    settings.PASSWORD_HASHERS = [QUICK]
    settings.FENGHUO_SAMPLE_PEOPLE = True
    now = datetime.now(UTC)
    user = User.objects.get(username="officer@example.org")
    user.set_password("harbour lantern ochre 47")
    user.save()
    chamber = Organisation.objects.create(
        kind=Kind.CHAMBER, name_zh="陶瓷工艺品出口商会", created_at=now
    )
    Membership.objects.create(user=user, organisation=chamber, role=Role.READER, since=now)
    secret = factors.fresh_secret()
    factors.keep(user, secret, pyotp.TOTP(secret).at(now), now)
    factors.fresh_codes(user)
    Passkey.objects.create(
        user=user, name="办公室电脑", credential="x", public_key=b"k", sign_count=0, since=now
    )
    mail_changes.ask(user, "officer.with-a-rather-long-name@fujian.example.org", now)
    load_people(now - timedelta(days=30))
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/142.0"}
    visit.session = signed_in(user, headers=agent).cookies["sessionid"].value
    return user


def test_every_page_fits_and_is_quiet(
    visit: Visit, request: pytest.FixtureRequest, officer: User
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    session = visit.session
    for width in (1280, 390):
        for language in ("zh-CN", "en"):
            for name in OUT + IN:
                visit.session = session if name in IN else ""
                page = visit.open(reverse(name), language=language, width=width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                assert page.locator("h1").count() == 1, name
                assert _unnamed(page) == [], name
                _picture(page, folder, f"{name}-{language}-{width}")
                page.context.close()
    assert visit.complaints == []


def _unnamed(page: Page) -> list[str]:
    """Fields and buttons that a screen reader could not name, and identifiers that stand twice."""
    found: list[str] = page.evaluate(
        """() => [
          ...[...document.querySelectorAll('input:not([type=hidden]), select, button')]
            .filter(e => !(e.labels && e.labels.length) && !e.textContent.trim())
            .map(e => e.outerHTML),
          ...[...document.querySelectorAll('[id]')].map(e => e.id)
            .filter((id, n, all) => all.indexOf(id) !== n)]"""
    )
    return found


def _picture(page: Page, folder: str | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
