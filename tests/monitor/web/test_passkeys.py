"""Passkeys, made and used by a real browser with a virtual authenticator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from monitor.accounts.entrance import factors, passkeys
from monitor.accounts.entrance.passkeys import Site
from monitor.accounts.entrance.sessions import SessionStore
from monitor.accounts.models import Membership, Organisation, Passkey, Session, User
from monitor.accounts.words import Kind, Role
from tests.monitor.web.conftest import Visit
from tests.signing_in import PASSWORD, QUICK, person, signed_in

NOW = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
SITE = Site("fenghuo.example", "https://fenghuo.example")


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]


# --- In a browser --------------------------------------------------------------------------------


@pytest.fixture
def lin(transactional_db: None, _quick: None) -> User:
    office = Organisation.objects.create(kind=Kind.OFFICE, name_zh="市商务局", created_at=NOW)
    user = person(language="en")
    Membership.objects.create(user=user, organisation=office, role=Role.OFFICER, since=NOW)
    return user


def with_authenticator(visit: Visit, path: str) -> Page:
    """A page of a browser that has a platform authenticator whose owner always says yes."""
    visit.session, visit.site = "", visit.site.replace("127.0.0.1", "localhost")
    page = visit.open(path, language="en")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def by_password(page: Page) -> None:
    page.get_by_label("Mail address").fill("lin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sets_up(page: Page, password: str = PASSWORD) -> None:
    form = page.locator("form[data-passkey=make]")
    form.get_by_label("What you call it").fill("My laptop")
    form.get_by_label("Your password").fill(password)
    form.get_by_role("button").click()


def signs_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()


@pytest.mark.browser
def test_an_officer_sets_up_a_passkey_and_signs_in_by_it(visit: Visit, lin: User) -> None:
    page = with_authenticator(visit, reverse("sign_in"))
    by_password(page)
    page.wait_for_url("**" + reverse("second_factor"))
    sets_up(page, "wrong")
    page.get_by_text("This is not your password").wait_for()
    sets_up(page)
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    passkey = Passkey.objects.get()
    assert (passkey.user, passkey.name) == (lin, "My laptop")
    page.goto(visit.site + "/search/")
    signs_out(page)
    page.goto(visit.site + reverse("sign_in") + "?next=/sources/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(visit.site + "/sources/")
    assert page.locator(".who").get_by_text("林小红").is_visible()
    passkey.refresh_from_db()
    assert passkey.used_at
    complaints = [said for said in visit.complaints if "400" not in said]
    assert complaints == []


@pytest.mark.browser
def test_after_a_password_the_passkey_is_the_second_factor(visit: Visit, lin: User) -> None:
    page = with_authenticator(visit, reverse("sign_in"))
    by_password(page)
    sets_up(page)
    page.get_by_role("heading", name="Recovery codes").wait_for()
    signs_out(page)
    page.goto(visit.site + reverse("sign_in"))
    by_password(page)
    page.wait_for_url("**" + reverse("sign_in_code"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(visit.site + "/")
    assert page.locator(".who").get_by_text("林小红").is_visible()


# --- Without one ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "secure", "origin"),
    [
        ("fenghuo.example", True, "https://fenghuo.example"),
        ("fenghuo.example:8443", True, "https://fenghuo.example:8443"),
        ("localhost:8000", False, "http://localhost:8000"),
        ("fenghuo.example", False, None),
        ("127.0.0.1:8000", False, None),
        ("[::1]:8000", True, None),
    ],
)
def test_a_passkey_is_bound_to_a_name(
    settings: Settings, host: str, secure: bool, origin: str | None
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    site = passkeys.site_of(RequestFactory().get("/", secure=secure, headers={"Host": host}))
    assert (site.origin if site else None) == origin


@pytest.mark.django_db
@pytest.mark.parametrize(
    "signed", ["", "{}", "null", '{"id": "x"}', "[1]", '{"id": 1, "rawId": 2}']
)
def test_what_no_browser_sends_lets_nobody_in(signed: str) -> None:
    client = Client(headers={"Host": "localhost"})
    assert client.post(reverse("passkey_request")).status_code == 200
    response = client.post(reverse("sign_in_passkey"), {"credential": signed})
    assert response.headers["Location"] == reverse("sign_in")
    assert not Session.objects.filter(user__isnull=False).exists()


@pytest.mark.django_db
def test_a_challenge_is_answered_once_and_soon() -> None:
    session = SessionStore()
    passkeys.request_of(SITE, session, NOW)
    late = NOW + passkeys.PATIENCE + timedelta(seconds=1)
    assert passkeys._challenge(session, "use", late) is None
    passkeys.request_of(SITE, session, NOW)
    assert passkeys._challenge(session, "use", NOW)
    assert passkeys._challenge(session, "use", NOW) is None
    passkeys.request_of(SITE, session, NOW)
    assert passkeys._challenge(session, "make 1", NOW) is None


@pytest.mark.django_db
def test_making_one_asks_for_the_password() -> None:
    desk = signed_in(person(), headers={"Host": "localhost"})
    wrong = desk.post(reverse("passkey_creation"), {"password": "wrong"})
    assert wrong.status_code == 400
    right = desk.post(reverse("passkey_creation"), {"password": PASSWORD})
    assert right.json()["rp"] == {"name": "Fenghuo", "id": "localhost"}
    assert right.json()["authenticatorSelection"]["userVerification"] == "required"
    assert "lin" not in right.json()["user"]["id"]


@pytest.mark.django_db
def test_one_takes_off_ones_own_and_not_the_last_one_that_one_has_to_have() -> None:
    lin, wu = person(), person("wu@example.org", is_operator=True)
    mine, theirs = (
        Passkey.objects.create(
            user=user, credential=user.username, public_key=b"k", sign_count=0, since=NOW
        )
        for user in (lin, wu)
    )
    factors.fresh_codes(lin)
    drop = {"password": PASSWORD}
    assert signed_in(lin).post(reverse("drop_passkey", args=[theirs.pk]), drop).status_code == 404
    signed_in(wu).post(reverse("drop_passkey", args=[theirs.pk]), drop)
    assert set(Passkey.objects.all()) == {mine, theirs}
    signed_in(lin).post(reverse("drop_passkey", args=[mine.pk]), drop)
    assert set(Passkey.objects.all()) == {theirs}
    assert factors.codes_left(lin) == 0
