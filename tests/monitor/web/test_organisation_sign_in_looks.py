"""Signing in by an organisation's account, in a real browser and with a real provider: there and
back under our content policy, in both languages, on desk and phone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from monitor.accounts.entrance.oidc import journey
from monitor.accounts.models import Identity, Membership, Organisation, Provider, User
from monitor.accounts.words import Kind, Role
from tests.monitor.web.conftest import Visit
from tests.provider.running import CLIENT, PASSWORD, SECRET, Running
from tests.signing_in import QUICK, person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = "kq3m8wz7xh"


@pytest.fixture
def there(settings: Settings, live_server: LiveServer, tmp_path: Path) -> Iterator[Running]:
    settings.FENGHUO_SITE_URL = live_server.url
    settings.FENGHUO_OIDC_ALLOW_PRIVATE = True
    settings.PASSWORD_HASHERS = [QUICK]
    said = {"email": "lin@swt.example.org", "email_verified": True}
    made = Running(tmp_path, {"lin": said}, journey.back())
    made.start()
    yield made
    made.stop()


@pytest.fixture
def chamber(visit: Visit, there: Running) -> Organisation:
    now = datetime.now(UTC)
    organisation = Organisation.objects.create(
        kind=Kind.CHAMBER, name_zh="陶瓷工艺品出口商会", created_at=now
    )
    owner = person("owner@swt.example.org", name="陈主任")
    Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER, since=now)
    Provider.objects.create(
        organisation=organisation,
        code=CODE,
        issuer=there.issuer,
        client_id=CLIENT,
        secret=SECRET,
        domains=["swt.example.org"],
        set_by=owner,
        since=now,
    )
    lin = person("lin@swt.example.org")
    Membership.objects.create(user=lin, organisation=organisation, role=Role.OFFICER, since=now)
    return organisation


def test_one_comes_in_by_it(visit: Visit, there: Running, chamber: Organisation) -> None:
    visit.session = ""
    page = visit.open(reverse("sign_in") + "?next=/search/")
    page.get_by_role("button", name="用单位账号登录").click()
    page.get_by_label("单位代码").fill(CODE)
    page.get_by_role("button", name="继续").click()
    page.wait_for_url(f"{there.issuer.removesuffix('/o')}/**")
    page.fill("[name=username]", "lin")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/search/")
    assert page.locator(".who strong").inner_text() == "林小红"
    # The provider has no picture for its tab (404).
    assert [each for each in visit.complaints if "404" not in each] == []


def test_its_pages_fit_and_are_quiet(
    visit: Visit, request: pytest.FixtureRequest, chamber: Organisation
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    provider = Provider.objects.get()
    for name in ("lin@swt.example.org", "owner@swt.example.org"):
        user = User.objects.get(username=name)
        if name.startswith("lin"):
            Identity.objects.create(
                provider=provider, user=user, issuer=provider.issuer, subject="1",
                since=provider.since, used_at=provider.since,
            )  # fmt: skip
    owner = signed_in(User.objects.get(username="owner@swt.example.org"))
    session = owner.cookies["sessionid"].value
    for width in (1280, 390):
        for language in ("zh-CN", "en"):
            for name in ("sign_in", "sign_in_organisation", "provider", "account"):
                visit.session = session if name in ("provider", "account") else ""
                page = visit.open(reverse(name), language=language, width=width)
                _fits(page, width, name)
                _picture(page, folder, f"{name}-{language}-{width}")
                page.context.close()
    assert visit.complaints == []


def test_what_goes_wrong_is_said(
    visit: Visit, request: pytest.FixtureRequest, there: Running, chamber: Organisation
) -> None:
    folder = request.config.getoption("--screenshots", default=None)
    there.stop()
    visit.session = ""
    for language, button, said in (
        ("zh-CN", "继续", "暂时无法连接单位登录服务"),
        ("en", "Go on", "cannot be reached now"),
    ):
        page = visit.open(reverse("sign_in_by_code", args=[CODE]), language=language, width=390)
        page.get_by_role("button", name=button).click()
        page.get_by_text(said).wait_for()
        _fits(page, 390, said)
        _picture(page, folder, f"refused-{language}-390")
        page.context.close()


def _fits(page: Page, width: int, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert page.locator("h1").count() == 1, name


def _picture(page: Page, folder: str | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
