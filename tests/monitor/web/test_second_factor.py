"""The second factor: setting it up, showing it, and who has to."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.entrance import entering, factors
from monitor.accounts.entrance.sessions import SessionStore
from monitor.accounts.models import (
    Authenticator,
    Brake,
    Membership,
    Organisation,
    RecoveryCode,
    Session,
    User,
)
from monitor.accounts.words import Kind, Role
from tests.signing_in import PASSWORD, QUICK, person, tries

STEP = timedelta(seconds=30)
NOW = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]


@pytest.fixture
def lin(_quick: None) -> User:
    return person()


@pytest.fixture
def phone(lin: User) -> pyotp.TOTP:
    """Their authenticator, set up an hour before any test looks at the clock."""
    secret = factors.fresh_secret()
    then = datetime.now(UTC) - timedelta(hours=1)
    assert factors.keep(lin, secret, pyotp.TOTP(secret).at(then), then)
    return pyotp.TOTP(secret)


def officer() -> User:
    office = Organisation.objects.create(kind=Kind.OFFICE, name_zh="省商务厅", created_at=NOW)
    user = person("officer@example.org")
    Membership.objects.create(user=user, organisation=office, role=Role.READER, since=NOW)
    return user


def came_in(user: User) -> Client:
    client = Client()
    assert tries(client, user.username).status_code == 302
    return client


def shows(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("sign_in_code"), {"code": code})


def set_up(client: Client, password: str = PASSWORD) -> HttpResponse:
    page = client.get(reverse("authenticator")).content.decode()
    secret = re.search(r'fingerprint">([A-Z2-7 ]+)<', page)
    assert secret
    code = pyotp.TOTP(secret.group(1).replace(" ", "")).now()
    return client.post(reverse("authenticator"), {"code": code, "password": password})


def codes_on(page: HttpResponse) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9-]+)</code>", page.content.decode())


# --- Setting it up -------------------------------------------------------------------------------


def test_an_authenticator_is_set_up_by_a_code_that_it_shows(lin: User) -> None:
    desk, elsewhere = came_in(lin), came_in(lin)
    page = desk.get(reverse("authenticator"))
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    codes = codes_on(set_up(desk))
    assert len(set(codes)) == 10
    assert desk.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert codes_on(desk.get(reverse("second_factor"))) == []


def test_setting_it_up_asks_for_the_password_and_a_right_code(lin: User) -> None:
    desk = came_in(lin)
    assert set_up(desk, password="wrong").status_code == 200
    form = {"code": "000000", "password": PASSWORD}
    assert desk.post(reverse("authenticator"), form).status_code == 200
    assert not factors.has_one(lin)


def test_neither_secret_nor_codes_stand_in_the_records_as_they_are(lin: User) -> None:
    desk = came_in(lin)
    page = desk.get(reverse("authenticator")).content.decode()
    secret = re.search(r'fingerprint">([A-Z2-7 ]+)<', page)
    assert secret
    plain = secret.group(1).replace(" ", "")
    assert plain not in str(desk.session.items())
    codes = codes_on(set_up(desk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_authenticator")
        (stored,) = cursor.fetchone()
    assert plain not in stored
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in kept for code in codes)


# --- Showing it ----------------------------------------------------------------------------------


def test_the_password_alone_lets_nobody_in(lin: User, phone: pyotp.TOTP) -> None:
    desk = Client()
    assert tries(desk, lin.username).headers["Location"] == reverse("sign_in_code")
    assert desk.get(reverse("account")).status_code == 302
    assert not Session.objects.filter(user=lin).exists()


def test_password_and_code_let_one_in_where_one_wanted_to_go(lin: User, phone: pyotp.TOTP) -> None:
    desk = Client()
    tries(desk, lin.username, next="/search/?q=a")
    assert shows(desk, phone.now()).headers["Location"] == "/search/?q=a"
    assert desk.get(reverse("account")).status_code == 200


def test_a_code_is_accepted_once(lin: User, phone: pyotp.TOTP) -> None:
    code = phone.now()
    first, second = Client(), Client()
    for client in (first, second):
        tries(client, lin.username)
    assert shows(first, code).status_code == 302
    assert shows(second, code).status_code == 200
    assert not factors.accept(lin, code, datetime.now(UTC))


@pytest.mark.parametrize(
    ("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_the_clock_of_the_phone_may_be_a_step_off(lin: User, steps: int, right: bool) -> None:
    secret = factors.fresh_secret()
    totp = pyotp.TOTP(secret)
    factors.keep(lin, secret, totp.at(NOW), NOW)
    later = NOW + timedelta(minutes=10)
    assert factors.accept(lin, totp.at(later + steps * STEP), later) is right


def test_none_from_before_the_last_one_is_accepted(lin: User) -> None:
    secret = factors.fresh_secret()
    totp = pyotp.TOTP(secret)
    factors.keep(lin, secret, totp.at(NOW), NOW)
    assert factors.accept(lin, totp.at(NOW + STEP), NOW)
    assert not factors.accept(lin, totp.at(NOW), NOW)
    assert not factors.accept(lin, totp.at(NOW + STEP), NOW + timedelta(seconds=30))


def test_codes_are_not_guessed(lin: User, phone: pyotp.TOTP) -> None:
    for address in range(12):
        desk = Client(REMOTE_ADDR=f"203.0.113.{address}")
        tries(desk, lin.username)
        shows(desk, "000000")
    assert shows(desk, phone.now()).status_code == 200
    assert Brake.objects.get(key__startswith="code:").failures == 10


def test_a_recovery_code_lets_one_in_once(lin: User, phone: pyotp.TOTP) -> None:
    code = factors.fresh_codes(lin)[3]
    for typed, status in ((code.upper().replace("-", " "), 302), (code, 200)):
        desk = Client()
        tries(desk, lin.username)
        assert shows(desk, typed).status_code == status
    assert factors.codes_left(lin) == 9


def test_others_codes_are_of_no_use(lin: User, phone: pyotp.TOTP) -> None:
    code = factors.fresh_codes(person("wu@example.org"))[0]
    assert not factors.recover(lin, code, NOW)


def test_ten_others_take_the_place_of_those_before(lin: User, phone: pyotp.TOTP) -> None:
    desk = Client()
    tries(desk, lin.username)
    shows(desk, phone.now())
    before = factors.fresh_codes(lin)
    assert codes_on(desk.post(reverse("recovery_codes"), {"password": "wrong"})) == []
    after = codes_on(desk.post(reverse("recovery_codes"), {"password": PASSWORD}))
    assert len(after) == 10
    assert not factors.recover(lin, before[0], NOW)
    assert factors.recover(lin, after[0], NOW)


def test_there_are_ten_minutes_between_password_and_code(lin: User) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    entering.wait_for_second(request, lin, "", NOW)
    almost = NOW + entering.PATIENCE
    assert entering.half_in(request, almost) == entering.HalfIn(lin, "")
    assert entering.half_in(request, almost + timedelta(seconds=1)) is None


def test_nobody_shows_a_code_without_a_password_before(phone: pyotp.TOTP) -> None:
    assert shows(Client(), phone.now()).headers["Location"] == reverse("sign_in")


# --- Who has to ----------------------------------------------------------------------------------


def _operator() -> User:
    return person("operator@example.org", is_operator=True)


@pytest.mark.parametrize("who", [officer, _operator])
def test_an_offices_people_and_operators_set_it_up_before_anything_else(who) -> None:  # type: ignore[no-untyped-def]
    desk = came_in(who())
    for path in ("/", "/search/", reverse("account"), reverse("sessions"), "/no/such/page/"):
        response = desk.get(path)
        if path != "/no/such/page/":
            assert response.headers["Location"] == reverse("second_factor"), path
    assert desk.get(reverse("second_factor")).status_code == 200
    assert codes_on(set_up(desk))
    assert desk.get("/search/").status_code == 200


def test_others_may_do_without(lin: User) -> None:
    assert came_in(lin).get("/search/").status_code == 200


def test_whoever_becomes_an_operator_is_led_there_at_the_next_page(lin: User) -> None:
    desk = came_in(lin)
    User.objects.filter(pk=lin.pk).update(is_operator=True)
    assert desk.get("/").headers["Location"] == reverse("second_factor")


def test_whoever_has_to_have_it_cannot_drop_it() -> None:
    user = officer()
    desk = came_in(user)
    set_up(desk)
    desk.post(reverse("drop_authenticator"), {"password": PASSWORD})
    assert factors.has_one(user)


def test_others_drop_it_with_their_password(lin: User) -> None:
    desk = came_in(lin)
    set_up(desk)
    desk.post(reverse("drop_authenticator"), {"password": "wrong"})
    assert factors.has_one(lin)
    desk.post(reverse("drop_authenticator"), {"password": PASSWORD})
    assert not factors.has_one(lin)
    assert factors.codes_left(lin) == 0


def test_the_secret_is_found_by_nobody_else(lin: User, phone: pyotp.TOTP) -> None:
    other = came_in(person("wu@example.org"))
    page = other.get(reverse("second_factor"))
    assert page.context["authenticator"] is None
    assert Authenticator.objects.count() == 1
