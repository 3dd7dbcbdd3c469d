"""Invitations: mailed by a person's word, accepted once, by whom they were meant for."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import Settings

from monitor.accounts.models import Invitation, Membership, Organisation, User
from monitor.accounts.organisations import invitations
from monitor.accounts.organisations.invitations import ActedForError, AlreadyThereError, State
from monitor.accounts.words import Kind, Role
from tests.monitor.accounts.conftest import SINCE, Town

NOW = datetime(2025, 6, 2, tzinfo=UTC)
PASSWORD = "an old tea house by the river"


def secret_of(message: mail.EmailMessage) -> str:
    found = re.search(r"/invitations/([\w-]+)/", str(message.body))
    assert found
    return found[1]


def imported(firm: Organisation, email: str = "boss@example.com") -> Invitation:
    return Invitation.objects.create(
        organisation=firm, email=email, role=Role.OWNER, created_at=SINCE
    )


def test_an_invitation_is_mailed_with_a_secret_that_is_not_kept(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)

    made = invitations.invite(town.actor(chamber), chamber, "New@Example.org", Role.OFFICER, NOW)

    (message,) = mail.outbox
    secret = secret_of(message)
    made.refresh_from_db()
    assert message.to == ["new@example.org"]
    assert made.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(Invitation.objects.values())
    assert made.expires_at == NOW + timedelta(days=14)
    assert invitations.state(made, NOW) is State.OPEN
    assert chamber.name_zh in message.subject


def test_what_an_import_made_is_mailed_by_nobodys_doing_but_a_persons(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    actor, firm = town.actor(chamber, Role.OFFICER), town.firm(chamber)
    assert firm.organisation
    pending = imported(firm.organisation)
    assert invitations.state(pending, NOW) is State.PENDING
    assert mail.outbox == []

    invitations.send(actor, pending, NOW)

    pending.refresh_from_db()
    assert pending.approved_by == actor.user
    assert len(mail.outbox) == 1


def test_whoever_accepts_acts_for_the_organisation(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    invitations.invite(town.actor(chamber), chamber, "new@example.org", Role.READER, NOW)
    found = invitations.found(secret_of(mail.outbox[0]), NOW)
    assert found

    newcomer = invitations.newcomer(found, " 林新 ", "zh-hans", PASSWORD)

    assert invitations.accept(found, newcomer, NOW)
    person = User.objects.get(username="new@example.org")
    membership = Membership.objects.get(user=person)
    assert (person.name, person.check_password(PASSWORD)) == ("林新", True)
    assert (membership.organisation, membership.role) == (chamber, Role.READER)


def test_a_link_is_good_once(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    invitations.invite(town.actor(chamber), chamber, "new@example.org", Role.READER, NOW)
    secret = secret_of(mail.outbox[0])
    first, second = invitations.found(secret, NOW), invitations.found(secret, NOW)
    assert first
    assert second

    assert invitations.accept(first, town.person(), NOW)
    assert not invitations.accept(second, town.person(), NOW)
    assert invitations.found(secret, NOW) is None


def test_a_link_ends_after_a_fortnight_and_with_the_next_one(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    actor = town.actor(chamber)
    made = invitations.invite(actor, chamber, "new@example.org", Role.READER, NOW)
    first = secret_of(mail.outbox[0])

    assert invitations.found(first, NOW + timedelta(days=14, seconds=-1))
    assert invitations.found(first, NOW + timedelta(days=14)) is None

    invitations.send(actor, made, NOW + timedelta(days=20))

    assert invitations.found(first, NOW + timedelta(days=20)) is None
    assert invitations.found(secret_of(mail.outbox[1]), NOW + timedelta(days=33))


def test_what_was_withdrawn_is_over(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    actor = town.actor(chamber)
    made = invitations.invite(actor, chamber, "new@example.org", Role.READER, NOW)

    invitations.withdraw(made, NOW)
    invitations.send(actor, made, NOW)

    assert len(mail.outbox) == 1
    assert invitations.found(secret_of(mail.outbox[0]), NOW) is None


def test_nobody_is_invited_twice_or_where_they_are(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    actor = town.actor(chamber)
    invitations.invite(actor, chamber, "new@example.org", Role.READER, NOW)
    assert actor.user

    for address in ("NEW@example.org", actor.user.username):
        with pytest.raises(AlreadyThereError):
            invitations.invite(actor, chamber, address, Role.READER, NOW)


def test_a_chamber_brings_in_the_first_person_of_a_firm_and_no_second(town: Town) -> None:
    """Else it would let a friend in, to what the firm shows to nobody."""
    chamber = town.organisation(Kind.CHAMBER)
    actor, firm = town.actor(chamber, Role.OFFICER), town.firm(chamber)
    assert firm.organisation
    pending = imported(firm.organisation)
    town.person(firm.organisation)

    with pytest.raises(ActedForError):
        invitations.send(actor, pending, NOW)
    with pytest.raises(ActedForError):
        invitations.invite(actor, firm.organisation, "friend@example.org", Role.OWNER, NOW)
    assert mail.outbox == []


def test_one_that_cannot_be_mailed_stays_to_be_sent_again(town: Town, settings: Settings) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    actor = town.actor(chamber)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(OSError, match="refused"):
        invitations.invite(actor, chamber, "new@example.org", Role.READER, NOW)

    assert invitations.state(Invitation.objects.get(), NOW) is State.UNSENT


@pytest.mark.parametrize("password", ["short", "password12345", "new@example.org"])
def test_a_password_that_is_easily_guessed_is_refused(town: Town, password: str) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    made = imported(chamber, "new@example.org")
    with pytest.raises(ValidationError):
        invitations.newcomer(made, "新", "en", password)
