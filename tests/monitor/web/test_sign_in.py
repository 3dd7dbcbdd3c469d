"""Coming in by a password, and not coming in."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.models import Brake, Session, User
from tests.signing_in import PASSWORD, QUICK, Quick, person, tries

ADDRESS = "lin@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fewer_rounds(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]


@pytest.fixture
def lin(_fewer_rounds: None) -> User:
    return person(ADDRESS)


@pytest.fixture
def visitor() -> Client:
    return Client()


def test_whoever_knows_the_password_comes_in(visitor: Client, lin: User) -> None:
    response = tries(visitor, ADDRESS, PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert "林小红" in visitor.get("/account/").content.decode()


@pytest.mark.parametrize("typed", ["Lin@Example.ORG", "  lin@example.org ", "ｌｉｎ@example.org"])
def test_the_address_may_be_typed_as_people_type(visitor: Client, lin: User, typed: str) -> None:
    assert tries(visitor, typed, PASSWORD).status_code == 302


def test_nothing_tells_why_somebody_does_not_come_in(visitor: Client, lin: User) -> None:
    gone = User.objects.create(username="gone@example.org", is_active=False)
    gone.set_password(PASSWORD)
    gone.save()
    User.objects.create(username="bare@example.org")
    before = Quick.asked
    said, work = set(), set()
    for address, password in (
        (ADDRESS, "wrong"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
        ("bare@example.org", PASSWORD),
    ):
        response = tries(visitor, address, password)
        said.add(_without_what_was_typed(response, address))
        work.add(Quick.asked - before)
        before = Quick.asked
    for _ in range(6):
        tries(visitor, ADDRESS, "wrong")
    before = Quick.asked
    said.add(_without_what_was_typed(tries(visitor, ADDRESS, PASSWORD), ADDRESS))
    work.add(Quick.asked - before)
    assert len(said) == 1
    assert work == {1}


def _without_what_was_typed(response: HttpResponse, address: str) -> str:
    assert response.status_code == 200
    lines = response.content.decode().replace(address, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_after_five_failures_the_address_waits_for_this_account(visitor: Client, lin: User) -> None:
    for _ in range(5):
        tries(visitor, ADDRESS, "wrong")
    assert tries(visitor, ADDRESS, PASSWORD).status_code == 200
    assert tries(visitor, ADDRESS, PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_device_that_was_signed_in_is_not_slowed(visitor: Client, lin: User) -> None:
    tries(visitor, ADDRESS, PASSWORD)
    visitor.post(reverse("sign_out"))
    stranger = Client()
    for _ in range(8):
        tries(stranger, ADDRESS, "wrong")
    assert tries(stranger, ADDRESS, PASSWORD).status_code == 200
    assert tries(visitor, ADDRESS, PASSWORD).status_code == 302


def test_a_device_is_known_to_no_other_account(visitor: Client, lin: User) -> None:
    tries(visitor, ADDRESS, PASSWORD)
    visitor.post(reverse("sign_out"))
    for _ in range(5):
        tries(visitor, "other@example.org", "wrong")
    assert Brake.objects.filter(key__startswith="pair:", failures=5).exists()


def test_a_forged_device_is_none(visitor: Client, lin: User) -> None:
    visitor.cookies["device"] = "eyJhIjoiYiJ9:1abc:forged"
    tries(visitor, ADDRESS, "wrong")
    assert not Brake.objects.filter(key__startswith="device:").exists()


def test_no_password_and_no_address_is_kept_among_the_failures(visitor: Client) -> None:
    tries(visitor, "my secret@example.org", "wrong")
    tries(visitor, "secret@example.org", "wrong")
    assert all("secret" not in key for key in Brake.objects.values_list("key", flat=True))


@pytest.mark.parametrize(
    ("then", "place"),
    [
        ("/search/?q=a", "/search/?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_goes_on_to_pages_of_ours(visitor: Client, lin: User, then: str, place: str) -> None:
    assert tries(visitor, ADDRESS, PASSWORD, next=then).headers["Location"] == place


def test_a_session_before_and_after_are_not_the_same(visitor: Client, lin: User) -> None:
    visitor.get(reverse("sign_in"))
    session = visitor.session
    session["planted"] = True
    session.save()
    visitor.cookies["sessionid"] = session.session_key
    tries(visitor, ADDRESS, PASSWORD)
    assert visitor.cookies["sessionid"].value != session.session_key
    assert Session.objects.filter(user=lin).count() == 1


def test_cookies_are_for_the_server_alone(visitor: Client, lin: User) -> None:
    cookies = tries(visitor, ADDRESS, PASSWORD).cookies
    for name in ("sessionid", "device"):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"


def test_an_old_password_is_hashed_anew(visitor: Client, settings: Settings, lin: User) -> None:
    pbkdf2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [pbkdf2]
    lin.set_password(PASSWORD)
    lin.save()
    settings.PASSWORD_HASHERS = [QUICK, pbkdf2]
    assert tries(visitor, ADDRESS, PASSWORD).status_code == 302
    lin.refresh_from_db()
    assert lin.password.startswith("argon2$argon2id$")


def test_a_sign_in_needs_its_token(lin: User) -> None:
    assert tries(Client(enforce_csrf_checks=True), ADDRESS, PASSWORD).status_code == 403
