"""What records itself: changes in somebody's hand, coming in, leaving, failing to."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.signals import user_login_failed
from django.test import Client, RequestFactory

from monitor.accounts.models import Affiliation, Invitation, Membership, Organisation, Share, User
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import guarded, opened
from monitor.accounts.words import Kind, Role
from monitor.trail.hand import by
from monitor.trail.models import Entry
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.accounts.conftest import SINCE, Town

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, dict, dict]]:
    rows = Entry.objects.order_by("number").values_list("verb", "model", "before", "after")
    return list(rows)


def test_a_row_that_is_made_changed_and_deleted(actor: Actor, town: Town, now: datetime) -> None:
    user = town.person()
    with by(actor, now, "192.0.2.7"):
        made = Membership.objects.create(
            user=user, organisation=actor.organisation, role=Role.READER, since=now
        )
        made.role = Role.OFFICER
        made.save(update_fields=["role"])
        made.save()
        made.delete()
    add, change, remove = Entry.objects.order_by("number")
    who = {"person": str(add.about_id)}
    held = {
        "user": who,
        "organisation": {"organisation": made.organisation_id},
        "since": now.isoformat(),
    }
    assert told() == [
        ("add", "membership", {}, {**held, "role": "reader"}),
        ("change", "membership", {"role": "reader"}, {"role": "officer"}),
        ("remove", "membership", {**held, "role": "officer"}, {}),
    ]
    for line in (add, change, remove):
        assert line.concerned == actor.organisation
        assert line.about
        assert line.about.user == user
        assert str(line.address) == "192.0.2.7"
    assert verify() == checkpoint()


def test_both_sides_of_a_share_are_told(actor: Actor, town: Town, now: datetime) -> None:
    firm = town.firm()
    with by(actor, now):
        share = Share.objects.create(
            owner=firm.organisation, receiver=actor.organisation, what="figures", since=now
        )
        count = Share.objects.filter(pk=share.pk, withdrawn_at=None).update(withdrawn_at=now)
    assert count == 1
    lines = Entry.objects.order_by("number")
    assert [line.concerned for line in lines] == [firm.organisation, actor.organisation] * 2
    assert lines[2].before == {"withdrawn_at": None}
    assert lines[2].after == {"withdrawn_at": now.isoformat()}


def test_an_update_that_finds_nothing_tells_nothing(
    actor: Actor, town: Town, now: datetime
) -> None:
    with by(actor, now):
        assert Share.objects.filter(withdrawn_at=None).update(withdrawn_at=now) == 0
        assert Share.objects.update(since=now) == 0
    assert told() == []


def test_many_at_once(actor: Actor, town: Town, now: datetime) -> None:
    firms = [town.organisation(Kind.ENTERPRISE) for _ in range(3)]
    with by(actor, now):
        Affiliation.objects.bulk_create(
            Affiliation(member=firm, of=actor.organisation, since=now) for firm in firms
        )
        ended = now + timedelta(days=1)
        assert Affiliation.objects.filter(of=actor.organisation).update(ended_at=ended) == 3
    assert [verb for verb, *_ in told()] == ["add"] * 6 + ["change"] * 6
    with pytest.raises(ValueError, match="a recorded row"):
        Affiliation.objects.bulk_create([], ignore_conflicts=True)


def test_an_invitations_secret_is_not_told(actor: Actor, now: datetime) -> None:
    with by(actor, now):
        invitation = Invitation.objects.create(
            organisation=actor.organisation, email="new@example.org", role="reader", created_at=now
        )
        Invitation.objects.filter(pk=invitation.pk).update(digest="d" * 64)
    *_, (_, _, before, after) = told()
    assert (before, after) == ({"digest": ""}, {"digest": {"withheld": True}})


def test_what_falls_with_something_else_is_told(actor: Actor, town: Town, now: datetime) -> None:
    firm = town.organisation(Kind.ENTERPRISE)
    person = town.person(firm)
    with by(actor, now):
        person.delete()
    fell = [(verb, model) for verb, model, *_ in told()]
    assert fell == [("remove", "membership"), ("remove", "user")]


def test_in_nobodys_hand_nothing_is_told(town: Town) -> None:
    town.person(town.organisation(Kind.CHAMBER))
    Membership.objects.update(role=Role.READER)
    assert told() == []


def test_the_walls_stand_while_it_is_told(actor: Actor, town: Town, now: datetime) -> None:
    user = town.person()
    with guarded(), by(actor, now):
        with opened():
            made = Membership.objects.create(
                user=user, organisation=actor.organisation, role=Role.READER, since=now
            )
        Membership.objects.for_actor(actor).filter(pk=made.pk).update(ended_at=now)
    assert [verb for verb, *_ in told()] == ["add", "change"]


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("lin@example.org", password="correct horse battery")
    office = Organisation.objects.create(kind=Kind.OFFICE, name_zh="省商务厅", created_at=SINCE)
    Membership.objects.create(user=user, organisation=office, role=Role.OFFICER, since=SINCE)
    return user


def test_coming_in_and_leaving(person: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.force_login(person)
    client.post("/sign-out/")
    came, left = Entry.objects.order_by("number")
    assert (came.verb, left.verb) == ("sign_in", "sign_out")
    for line in (came, left):
        assert line.person
        assert line.about
        assert line.person.user == line.about.user == person
        assert line.concerned is None
    assert str(left.address) == "192.0.2.7"


@pytest.mark.parametrize(
    ("credentials", "verb", "known"),
    [
        ({"username": "Lin@example.org", "password": "x"}, "sign_in_failed", True),
        ({"username": "lin@example.org", "second_factor": "x"}, "second_factor_failed", True),
        ({"username": "correct horse", "password": "x"}, "sign_in_failed", False),
        ({}, "sign_in_failed", False),
    ],
)
def test_failing_to(person: User, credentials: dict, verb: str, known: bool) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    line = Entry.objects.get()
    assert (line.verb, line.by, str(line.address)) == (verb, "anybody", "192.0.2.7")
    assert bool(line.about) == known
    assert "correct horse" not in str(Entry.objects.values().get())
    mine = Entry.objects.for_actor(Actor(person))
    assert mine.exists() == known
    assert not Entry.objects.for_actor(ANYBODY).exists()
