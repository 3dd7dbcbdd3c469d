"""How often one party may ask for what costs much."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.secrets import keys
from monitor.accounts.secrets.keys import Wish
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.policy import Action
from monitor.accounts.words import Kind, Role
from monitor.web import paces

pytestmark = pytest.mark.django_db

SUGGEST = "/search/suggest/?q=x"


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings) -> None:
    paces._limiter.cache_clear()
    settings.FENGHUO_PACES = {"export": "3/minute", "suggest": "3/minute"}


def person(name: str) -> User:
    user = User.objects.create(username=name)
    office = Organisation.objects.create(kind=Kind.CHAMBER, name_zh=name, created_at=timezone.now())
    Membership.objects.create(user=user, organisation=office, role=Role.OWNER, since=timezone.now())
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def statuses(client: Client, times: int, address: str = SUGGEST, **extra: str) -> list[int]:
    return [client.get(address, **extra).status_code for _ in range(times)]


def test_whoever_asks_too_often_is_told_when_to_ask_again() -> None:
    client = signed_in(person("a@example.org"))
    assert statuses(client, 4) == [200, 200, 200, 429]
    answer = client.get(SUGGEST)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_one_person_is_counted_wherever_they_come_from() -> None:
    user = person("a@example.org")
    first, second = signed_in(user), signed_in(user)
    assert statuses(first, 2, REMOTE_ADDR="192.0.2.1") == [200, 200]
    assert statuses(second, 2, REMOTE_ADDR="192.0.2.2") == [200, 429]


def test_others_at_the_same_address_are_not_held_up() -> None:
    assert statuses(signed_in(person("a@example.org")), 4)[-1] == 429
    assert statuses(signed_in(person("b@example.org")), 3) == [200, 200, 200]
    assert statuses(Client(), 3) == [200, 200, 200]


def test_strangers_are_counted_by_network() -> None:
    assert statuses(Client(), 3, REMOTE_ADDR="2001:db8::1") == [200, 200, 200]
    assert statuses(Client(), 1, REMOTE_ADDR="2001:db8::ffff") == [429]
    assert statuses(Client(), 1, REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_every_key_has_a_pace_of_its_own() -> None:
    actor = acting(person("a@example.org"))
    clients = []
    for name in ("one", "two"):
        wish = Wish(name, [Action.READ_PUBLIC, Action.EXPORT], 30)
        _key, shown = keys.make(actor, wish, timezone.now())
        clients.append(Client(headers={"Authorization": f"Bearer {shown}"}))
    address = reverse("export", args=["csv"])
    assert statuses(clients[0], 4, address)[-1] == 429
    assert 429 not in statuses(clients[1], 3, address)


def test_what_costs_little_is_not_counted() -> None:
    assert 429 not in statuses(Client(), 10, reverse("sources"))
