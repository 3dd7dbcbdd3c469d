"""The page on which an owner sets the provider."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.models import Identity, Provider, User
from monitor.accounts.words import Kind, Role
from monitor.bases import merging
from monitor.trail.models import Entry
from tests.monitor.accounts.entrance.oidc.conftest import Place, comes_in, place
from tests.provider.running import CLIENT, SECRET, Running
from tests.signing_in import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/provider/"


@pytest.fixture
def owner(office: Place) -> User:
    return office.member("owner@office.example.org", Role.OWNER)


@pytest.fixture
def client(owner: User) -> Client:
    return signed_in(owner, headers={"Accept-Language": "en"})


def form(there: Running, **changed: str) -> dict[str, str]:
    return {
        "issuer": there.issuer,
        "client_id": CLIENT,
        "secret": SECRET,
        "domains": "office.example.org",
        "second_factor": "",
        "password": PASSWORD,
    } | changed


def test_what_is_said_is_kept(client: Client, owner: User, office: Place, there: Running) -> None:
    Provider.objects.all().delete()
    given = form(
        there,
        issuer=f"{there.issuer}/.well-known/openid-configuration",
        domains="@Office.Example.org，fj.example.org",
        second_factor="mfa  urn:mfa",
    )
    assert client.post(PAGE, given).status_code == 302
    kept = Provider.objects.get()
    assert (kept.organisation, kept.issuer) == (office.organisation, there.issuer)
    assert kept.domains == ["office.example.org", "fj.example.org"]
    assert kept.second_factor == ["mfa", "urn:mfa"]
    assert (kept.secret, kept.set_by) == (SECRET, owner)
    page = client.get(PAGE).content.decode()
    assert f"/sign-in/organisation/{kept.code}/" in page
    assert "http://127.0.0.1:8000/sign-in/organisation/back/" in page
    assert SECRET not in page
    assert len(kept.code) == 10


def test_the_trail_says_so_without_the_secret(client: Client, there: Running) -> None:
    client.post(PAGE, form(there, secret="another secret", domains="fj.example.org"))
    (entry,) = Entry.objects.filter(model="provider", verb="change")
    assert entry.after["domains"] == ["fj.example.org"]
    assert "another secret" not in str(list(Entry.objects.values()))
    assert "subject" not in client.get(reverse("trail")).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": "ftp://127.0.0.1/o"}, "no https address"),
        ({"issuer": "https://user:secret@id.example.org"}, "no https address"),
        ({"issuer": "https://id.example.org/#x"}, "no https address"),
        ({"issuer": "https://id.example.org:x/"}, "no https address"),
        ({"issuer": "https:///o"}, "no https address"),
        ({"issuer": "javascript:alert(1)"}, "no https address"),
        ({"issuer": "http://127.0.0.1:9/o"}, "Nobody answers there"),
        ({"domains": "not a domain!"}, "is no domain"),
        ({"domains": "*.example.org"}, "is no domain"),
        ({"domains": " ".join(f"d{n}.example.org" for n in range(21))}, "too many"),
        ({"domains": ""}, "required"),
        ({"client_id": ""}, "required"),
        ({"password": "wrong"}, "not your password"),
    ],
)
def test_what_cannot_be_is_refused(
    client: Client, there: Running, changed: dict[str, str], said: str
) -> None:
    response = client.post(PAGE, form(there, **changed))
    assert response.status_code == 400
    assert said in response.content.decode()


def test_whoever_answers_has_to_be_the_one_that_was_named(client: Client, there: Running) -> None:
    response = client.post(PAGE, form(there, issuer=there.issuer.replace("/o", "/login")))
    assert "is no provider of this address" in response.content.decode()


def test_private_addresses_are_not_asked(
    client: Client, there: Running, settings: Settings
) -> None:
    settings.FENGHUO_OIDC_ALLOW_PRIVATE = False
    port = there.port
    for issuer in (f"https://127.0.0.1:{port}/o", f"https://localhost:{port}", "https://[::1]/"):
        response = client.post(PAGE, form(there, issuer=issuer))
        assert "private networks are not asked" in response.content.decode()
    assert "no https address" in client.post(PAGE, form(there)).content.decode()


def test_nobody_is_asked_before_the_password_was_right(client: Client, there: Running) -> None:
    response = client.post(PAGE, form(there, issuer="http://127.0.0.1:9/o", password="wrong"))
    assert "Nobody answers there" not in response.content.decode()


def test_the_secret_is_not_shown_to_another_provider(client: Client, there: Running) -> None:
    assert client.post(PAGE, form(there, secret="")).status_code == 302
    for changed in ({"client_id": "another"}, {"issuer": f"{there.issuer}"}):
        Provider.objects.update(issuer="https://id.example.org")
        response = client.post(PAGE, form(there, secret="", **changed))
        assert "give its secret as well" in response.content.decode()


def test_another_provider_knows_nobody_yet(client: Client, office: Place, there: Running) -> None:
    office.member()
    comes_in(Client())
    assert Identity.objects.count() == 1
    client.post(PAGE, form(there, domains="fj.example.org"))
    assert Identity.objects.count() == 1
    client.post(PAGE, form(there, client_id="another"))
    assert Identity.objects.count() == 0


def test_an_owner_sees_who_comes_in_and_takes_that_off(
    client: Client, office: Place, there: Running
) -> None:
    office.member()
    visitor = Client()
    comes_in(visitor)
    known = Identity.objects.get()
    assert known.user.name in client.get(PAGE).content.decode()
    other = place(Kind.CHAMBER, there.issuer, "zyxwvutsrq")
    rival = signed_in(other.member("rival@example.org", Role.OWNER))
    at = reverse("disconnect_person", args=[known.pk])
    assert rival.post(at).status_code == 404
    assert client.post(at).status_code == 302
    assert visitor.get("/account/").status_code == 302


def test_it_is_taken_away_with_the_password(client: Client, office: Place) -> None:
    at = reverse("remove_provider")
    client.post(at, {"password": "wrong"})
    assert Provider.objects.exists()
    client.post(at, {"password": PASSWORD})
    assert not Provider.objects.exists()


def test_it_is_closed_to_whoever_came_in_by_it(office: Place, there: Running) -> None:
    """Whoever runs the provider could else have it say that it asks for a second factor."""
    office.member(role=Role.OWNER)
    office.provider.second_factor = ["mfa"]
    office.provider.save()
    there.say("lin", amr=["mfa"])
    visitor = Client()
    comes_in(visitor)
    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(PAGE, form(there)).status_code == 403
    assert visitor.post(reverse("remove_provider")).status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER])
def test_only_owners_set_it(office: Place, there: Running, role: Role) -> None:
    client = signed_in(office.member("x@office.example.org", role))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, form(there)).status_code == 404


def test_it_does_not_go_over_to_whom_a_firm_is_merged_into() -> None:
    assert "accounts.provider" in merging.LEFT_ALONE


def test_the_secret_is_sealed(office: Place) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_provider")
        (kept,) = cursor.fetchone()
    assert SECRET not in kept
    assert Provider.objects.get().secret == SECRET
