"""What a line says: who, what, which row, before and after; and what was read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monitor.accounts.models import Invitation, Membership
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import guarded
from monitor.accounts.walls.policy import Action
from monitor.accounts.words import Kind, Role
from monitor.trail.chain import START, Link
from monitor.trail.models import Address, Entry, Head, Person
from monitor.trail.recording import AGAIN, read, record
from monitor.trail.verifying import verify
from tests.monitor.accounts.conftest import Town
from tests.monitor.trail.conftest import Write

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_which_row(actor: Actor, now: datetime) -> None:
    membership = Membership.objects.get(user=actor.user)
    entry = record(
        actor,
        "change",
        membership,
        concerned=actor.organisation,
        before={"role": Role.READER, "ended_at": None},
        after={"role": Role.OFFICER, "ended_at": None},
        now=now,
        address="192.0.2.7",
    )
    entry.refresh_from_db()
    assert (entry.number, entry.at, entry.by) == (1, now, Entry.By.PERSON)
    assert (entry.app, entry.model, entry.row) == ("accounts", "membership", str(membership.pk))
    assert (entry.before, entry.after) == ({"role": "reader"}, {"role": "officer"})
    assert entry.acting_for == entry.concerned == actor.organisation
    assert str(entry.address) == "192.0.2.7"
    assert entry.person
    assert entry.person.user == actor.user


def test_lines_are_chained(write: Write) -> None:
    first, second, third = write(3)
    assert first.previous == START.hash
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert verify() == Link(3, third.hash)


def test_whoever_it_is(town: Town, now: datetime) -> None:
    firm = town.organisation(Kind.ENTERPRISE)
    actors = [None, ANYBODY, Actor(organisation=firm, role=Role.READER, key=5)]
    lines = [record(actor, "x", None, concerned=None, now=now) for actor in actors]
    assert [line.by for line in lines] == ["house", "anybody", "key"]
    assert (lines[2].key, lines[2].acting_for) == (5, firm)


def test_names_and_addresses_of_people_stand_in_no_line(actor: Actor, now: datetime) -> None:
    assert actor.organisation
    invitation = Invitation.objects.create(
        organisation=actor.organisation,
        email="new@example.org",
        role=Role.READER,
        digest="d" * 64,
        invited_by=actor.user,
        created_at=now,
    )
    entry = record(
        actor,
        "add",
        invitation,
        concerned=actor.organisation,
        after={
            "email": invitation.email,
            "invited_by": actor.user,
            "approved_by": invitation.invited_by_id,
            "organisation": actor.organisation,
            "digest": invitation.digest,
            "mailed_at": None,
        },
        now=now,
        address="192.0.2.7",
        about=invitation.email,
    )
    invited = Person.objects.get(mail="new@example.org")
    assert entry.about == invited
    assert entry.after == {
        "email": {"person": str(invited.pk)},
        "invited_by": {"person": str(entry.person_id)},
        "approved_by": {"person": str(entry.person_id)},
        "organisation": {"organisation": actor.organisation.pk},
        "digest": {"withheld": True},
    }
    row = str(Entry.objects.values().get())
    assert actor.user
    for said in ("new@example.org", actor.user.username, "192.0.2.7", "d" * 64):
        assert said not in row


def test_whoever_was_invited_is_the_same_once_they_have_an_account(
    town: Town, now: datetime
) -> None:
    before = record(None, "x", None, concerned=None, now=now, about="person1@example.org")
    user = town.person()
    assert user.username == "person1@example.org"
    after = record(Actor(user), "x", None, concerned=None, now=now)
    assert before.about_id == after.person_id
    assert Person.objects.get().user == user


def test_a_person_is_called_as_they_are_called_now(actor: Actor, now: datetime) -> None:
    assert actor.user
    record(actor, "x", None, concerned=None, now=now)
    actor.user.name = "林"
    record(actor, "x", None, concerned=None, now=now)
    assert str(Person.objects.get()) == "林"


def test_values_are_plain(actor: Actor, now: datetime) -> None:
    entry = record(
        actor,
        "x",
        None,
        concerned=None,
        after={
            "money": Decimal("1.10"),
            "day": date(2025, 6, 2),
            "at": datetime(2025, 6, 2, 9, tzinfo=UTC),
            "share": 0.5,
            "words": ("a", {"b": {3}}),
        },
        now=now,
    )
    entry.refresh_from_db()
    assert entry.after == {
        "money": "1.10",
        "day": "2025-06-02",
        "at": "2025-06-02T09:00:00+00:00",
        "share": "0.5",
        "words": ["a", {"b": [3]}],
    }
    with pytest.raises(TypeError, match="cannot be recorded"):
        record(actor, "x", None, concerned=None, after={"x": object()}, now=now)


def test_it_is_written_with_what_it_records_or_not_at_all(actor: Actor, now: datetime) -> None:
    def fails() -> None:
        with transaction.atomic():
            record(actor, "x", None, concerned=None, now=now)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - that one
        fails()
    assert not Entry.objects.exists()
    assert record(actor, "x", None, concerned=None, now=now).number == 1


def test_it_goes_through_the_walls(actor: Actor, town: Town, now: datetime) -> None:
    firm = town.organisation(Kind.ENTERPRISE)
    with guarded():
        record(actor, "x", None, concerned=firm, now=now, address="192.0.2.7", about="a@b.cn")
        read(actor, "/impacts/1/", [firm], now)
    assert Entry.objects.count() == 2


def test_reading_is_one_line_an_organisation_a_page_and_an_hour(
    actor: Actor, town: Town, now: datetime
) -> None:
    firms = [town.organisation(Kind.ENTERPRISE) for _ in range(2)]

    def reads(page: str, later: timedelta, firms: list = firms, who: Actor = actor) -> int:
        return len(read(who, page, firms, now + later, "192.0.2.7"))

    soon = AGAIN - timedelta(seconds=1)
    assert reads("/impacts/1/", timedelta(0)) == 2
    assert reads("/impacts/1/", soon) == 0
    assert reads("/impacts/2/", soon) == 2
    assert reads("/impacts/1/", soon, [*firms, town.organisation(Kind.ENTERPRISE)]) == 1
    assert reads("/impacts/1/", soon, who=town.actor(actor.organisation)) == 2  # type: ignore[arg-type]
    assert len(read(actor, "/impacts/1/", firms, now + soon, verb="export_figures")) == 2
    assert reads("/impacts/1/", AGAIN) == 2
    assert verify() == Link(*Head.objects.values_list("number", "hash").get())


def test_reading_is_by_the_organisation_that_one_acts_for(
    actor: Actor, town: Town, now: datetime
) -> None:
    firm, other = town.organisation(Kind.ENTERPRISE), town.organisation(Kind.OFFICE)
    (first,) = read(actor, "/impacts/1/", [firm], now)
    (second,) = read(Actor(actor.user, other, Role.READER), "/impacts/1/", [firm], now)
    assert (first.acting_for, second.acting_for) == (actor.organisation, other)
    assert (first.verb, first.page, first.concerned) == (Action.READ_FIGURES, "/impacts/1/", firm)


def test_two_programs_are_two_readers(town: Town, now: datetime) -> None:
    firm, chamber = town.organisation(Kind.ENTERPRISE), town.organisation(Kind.CHAMBER)
    keys = [Actor(organisation=chamber, role=Role.READER, key=key) for key in (1, 2)]
    assert [len(read(key, "/x/", [firm], now)) for key in (*keys, *keys)] == [1, 1, 0, 0]


def test_a_line_is_seen_by_whom_it_concerns_and_by_whose_it_is(
    actor: Actor, town: Town, now: datetime
) -> None:
    firm = town.organisation(Kind.ENTERPRISE)
    owner, reader, rival = (
        town.actor(firm),
        town.actor(firm, Role.READER),
        town.actor(town.organisation(Kind.ENTERPRISE)),
    )
    (entry,) = read(actor, "/impacts/1/", [firm], now, "192.0.2.7")
    about = record(None, "x", None, concerned=None, now=now, about=reader.user)

    def seen(who: Actor) -> set[int]:
        return set(Entry.objects.for_actor(who).values_list("number", flat=True))

    assert seen(owner) == seen(actor) == {entry.number}
    assert seen(reader) == {about.number}
    assert seen(rival) == seen(ANYBODY) == set()
    assert list(Person.objects.for_actor(owner)) == []
    assert [p.user for p in Person.objects.for_actor(actor)] == [actor.user]
    assert [a.text for a in Address.objects.for_actor(actor)] == ["192.0.2.7"]


def test_a_merged_firms_trail_is_its_successors(actor: Actor, town: Town, now: datetime) -> None:
    kept, stub = town.organisation(Kind.ENTERPRISE), town.organisation(Kind.ENTERPRISE)
    stub.merged_into = kept
    stub.save()
    read(actor, "/impacts/1/", [stub], now)
    assert Entry.objects.for_actor(town.actor(kept)).count() == 1


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


class WhateverIsRecorded(TestCase):
    """What the database gives back is what was hashed."""

    @settings(max_examples=50)
    @given(
        after=st.dictionaries(TEXT, JSON, max_size=3),
        page=TEXT,
        at=st.datetimes(
            datetime(2000, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
            datetime(2100, 1, 1),  # noqa: DTZ001
            timezones=st.just(UTC),
        ),
    )
    def test_it_verifies(self, after: dict, page: str, at: datetime) -> None:
        entry = record(None, "x", None, concerned=None, after=after, now=at)
        last = [entry, *read(ANYBODY, page, [], at)][-1]
        assert verify() == Link(last.number, last.hash)
