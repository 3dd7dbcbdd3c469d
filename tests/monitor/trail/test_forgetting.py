"""A person can be taken out of the trail; the lines stay, and the chain with them."""

from datetime import datetime

import pytest

from monitor.accounts.models import Invitation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.trail.forgetting import forget
from monitor.trail.models import Address, Entry, Person
from monitor.trail.recording import record
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.accounts.conftest import Town
from tests.monitor.trail.conftest import Write

pytestmark = pytest.mark.django_db


def everything() -> str:
    return "".join(str(list(m.objects.values())) for m in (Person, Address, Entry))


def test_nothing_of_them_is_left(write: Write, actor: Actor, now: datetime) -> None:
    assert actor.user
    actor.user.name = "林经办"
    kept = [line.hash for line in write(3)]
    (person,) = forget(actor.user.username.upper(), now)
    said = everything()
    for text in (actor.user.username, "林经办", "192.0.2.7"):
        assert text not in said
    assert list(Entry.objects.order_by("number").values_list("hash", flat=True))[:3] == kept
    assert verify() == checkpoint()
    person.refresh_from_db()
    assert (str(person), person.user, person.forgotten_at) == ("", None, now)


def test_that_it_was_done_is_a_line(write: Write, actor: Actor, now: datetime) -> None:
    write(1)
    assert actor.user
    (person,) = forget(actor.user.username, now)
    line = Entry.objects.get(number=2)
    assert (line.verb, line.by, line.row) == ("forget", Entry.By.HOUSE, str(person.pk))


def test_others_are_not_forgotten(town: Town, write: Write, now: datetime) -> None:
    write(1)
    other = Actor(town.person())
    record(other, "x", None, concerned=None, now=now, address="192.0.2.8")
    assert other.user
    forget(other.user.username, now)
    assert Person.objects.exclude(mail="").count() == 1
    assert list(Address.objects.exclude(text="").values_list("text", flat=True)) == ["192.0.2.7"]


def test_who_was_only_invited_can_be_forgotten(actor: Actor, town: Town, now: datetime) -> None:
    invitation = Invitation(
        organisation=town.organisation(Kind.CHAMBER), email="new@example.org", role=Role.READER
    )
    record(
        actor,
        "add",
        invitation,
        concerned=None,
        after={"email": invitation.email},
        now=now,
        about=invitation.email,
    )
    forget("new@example.org", now)
    assert "new@example.org" not in everything()
    assert verify() == checkpoint()


def test_what_they_do_afterwards_is_somebody_elses(
    write: Write, actor: Actor, now: datetime
) -> None:
    write(1)
    assert actor.user
    forget(actor.user.username, now)
    write(1)
    first, _, last = Entry.objects.order_by("number")
    assert first.person_id != last.person_id


def test_whose_account_is_deleted_stays_known_until_they_ask(
    write: Write, actor: Actor, now: datetime
) -> None:
    write(1)
    assert actor.user
    mail = actor.user.username
    User.objects.filter(pk=actor.user.pk).delete()
    assert Person.objects.get().mail == mail
    assert verify() == checkpoint()
    assert len(forget(mail, now)) == 1


def test_nobody_is_nobody(now: datetime) -> None:
    assert forget("nobody@example.org", now) == []
    assert not Entry.objects.exists()
