"""An office with a provider of its own, and people who come by it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.entrance.oidc import journey
from monitor.accounts.models import Membership, Organisation, Provider, User
from monitor.accounts.words import Kind, Role
from tests.provider.running import CLIENT, SECRET, Running, sign_in_there
from tests.signing_in import QUICK, person

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
LIN = "lin@office.example.org"
CODE = "abcdefghjk"


@pytest.fixture(autouse=True)
def _by_loopback(settings: Settings) -> None:
    settings.FENGHUO_OIDC_ALLOW_PRIVATE = True
    settings.PASSWORD_HASHERS = [QUICK]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    made = Running(tmp_path_factory.mktemp("provider"), {}, journey.back())
    for name in ("lin", "wang", "chen"):
        made.people[name] = _said(name)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def there(running: Running) -> Running:
    """As it is in the beginning, whatever another test had it say."""
    for name in running.people:
        running.people[name] = {}
        running.say(name, **_said(name))
    return running


def _said(name: str) -> dict[str, object]:
    mail = f"{name}@office.example.org"
    return {"email": mail, "email_verified": True, "name": f"{name} there"}


@dataclass
class Place:
    """An organisation with a provider."""

    organisation: Organisation
    provider: Provider

    def member(self, address: str = LIN, role: Role = Role.OFFICER, **fields: object) -> User:
        user = User.objects.filter(username=address).first() or person(
            address, **{"language": "en", **fields}
        )
        Membership.objects.create(user=user, organisation=self.organisation, role=role, since=SINCE)
        return user


def place(kind: Kind, issuer: str, code: str = CODE) -> Place:
    organisation = Organisation.objects.create(
        kind=kind, name_zh=f"{kind.value} {code}", created_at=SINCE
    )
    provider = Provider.objects.create(
        organisation=organisation,
        code=code,
        issuer=issuer,
        client_id=CLIENT,
        secret=SECRET,
        domains=["office.example.org"],
        since=SINCE,
    )
    return Place(organisation, provider)


@pytest.fixture
def chamber(db: None, there: Running) -> Place:
    """Whose people need no second factor."""
    return place(Kind.CHAMBER, there.issuer)


@pytest.fixture
def office(db: None, there: Running) -> Place:
    return place(Kind.OFFICE, there.issuer)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"Accept-Language": "en"})


def led(response: HttpResponse) -> str:
    """Where the page leads on by itself."""
    assert response.status_code == 200, response.headers
    found = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', response.content.decode())
    assert found, response.content.decode()
    return html.unescape(found[0])


def sets_out(client: Client, code: str = CODE, then: str = "") -> str:
    return led(client.post(reverse("sign_in_organisation"), {"code": code, "next": then}))


def comes_back(client: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def comes_in(client: Client, name: str = "lin", then: str = "") -> HttpResponse:
    """All the way there and back."""
    return comes_back(client, sign_in_there(sets_out(client, then=then), name))


def told(client: Client, response: HttpResponse) -> str:
    """What the next page says of it."""
    page = client.get(response.headers["Location"]).content.decode()
    (said,) = re.findall(r'<div class="note" role="status">.*?<p>(.*?)</p>', page, re.DOTALL)
    return html.unescape(said)
