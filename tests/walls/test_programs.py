"""What a program reaches that holds a key: every address is asked with one."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.utils import timezone

from monitor.accounts.secrets import keys
from monitor.accounts.secrets.keys import Wish
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from tests.walls.conftest import Province
from tests.walls.reading import answered, read

FOR_PROGRAMS = {"export", "base_feed"}
"""Names of addresses; which scope opens which is tested with the keys themselves."""


@pytest.fixture
def owner(province: Province) -> Actor:
    """Of a firm of the base."""
    person = province.people["firm"]
    assert person
    return acting(person)


def bearing(owner: Actor, scopes: Sequence[Action]) -> Client:
    _key, shown = keys.make(owner, Wish("ERP", scopes, 30), timezone.now())
    return Client(headers={"Authorization": f"Bearer {shown}", "Accept-Language": "zh"})


def test_no_other_address_is_for_programs(province: Province, owner: Actor) -> None:
    """Whatever the key may do."""
    program = bearing(owner, keys.on_offer(owner))
    for name, addresses in province.addresses.items():
        for address in addresses:
            answer = program.get(address)
            if name in FOR_PROGRAMS:
                assert answered(answer) == 200, address
            else:
                assert answer.status_code == 403, address
                assert answer.json() == {"error": "not_for_programs"}, address


def test_what_is_taken_away_is_what_the_scopes_let_it_read(
    province: Province, owner: Actor
) -> None:
    base = Base.objects.get(code="ceramics").name_zh
    (csv, _xlsx) = province.addresses["export"]
    alone = read(bearing(owner, [Action.EXPORT]).get(csv))
    beside = read(bearing(owner, [Action.EXPORT, Action.READ_BASES]).get(csv))
    assert len(alone.splitlines()) == len(beside.splitlines()) > 1
    assert base not in alone
    assert base in beside
