"""Asking people to act for an organisation: by a link that is mailed once a person has said so."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet

from monitor.accounts import letters
from monitor.accounts.addresses import folded
from monitor.accounts.models import Invitation, Membership, Organisation, User
from monitor.accounts.secrets import bearer
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Role

VALID = timedelta(days=14)


class State(StrEnum):
    """How an invitation stands."""

    PENDING = "pending"
    """Nobody has said yet that it may be mailed."""
    UNSENT = "unsent"
    """It was to be mailed, and could not."""
    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class AlreadyThereError(Exception):
    """The address belongs to somebody who acts for the organisation, or was invited already."""


class ActedForError(Exception):
    """Others may invite into an organisation only as long as nobody acts for it: after that it
    would let them in by the back door, to what it shares with nobody."""


def state(invitation: Invitation, now: datetime) -> State:
    if invitation.accepted_at:
        return State.ACCEPTED
    if invitation.withdrawn_at:
        return State.WITHDRAWN
    if invitation.approved_by_id is None:
        return State.PENDING
    if invitation.expires_at and invitation.expires_at <= now:
        return State.EXPIRED
    return State.UNSENT if invitation.mailed_at is None else State.OPEN


def invite(
    actor: Actor, organisation: Organisation, email: str, role: Role, now: datetime
) -> Invitation:
    """Ask somebody, and mail it: the actor is the person who says so.

    Raises `AlreadyThereError`, `ActedForError`; OSError where it was recorded and not mailed.
    """
    address = folded(email)
    with opened(), transaction.atomic():
        _may_ask(actor, organisation)
        if _acts(address, organisation) or _open(organisation).filter(email=address).exists():
            raise AlreadyThereError
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=address,
            role=role,
            invited_by=actor.user,
            created_at=now,
        )
    send(actor, invitation, now)
    return invitation


def send(actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Mail it, for the first time or again: an earlier link ends. What is over stays so.

    Raises `ActedForError`; OSError where it could not be mailed.
    """
    secret = bearer.fresh()
    with opened(), transaction.atomic():
        _may_ask(actor, invitation.organisation)
        mine = _open(invitation.organisation).filter(pk=invitation.pk)
        fresh = mine.update(
            approved_by=actor.user, digest=secret.digest, expires_at=now + VALID, mailed_at=None
        )
    if not fresh:
        return
    # Outside: a slow mail server is not to hold the lock of the records.
    letters.send("invitation", invitation.email, _words(invitation, secret.text, now))
    with opened():
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=now)


def send_all(actor: Actor, invitations: Iterable[Invitation], now: datetime) -> list[Invitation]:
    """Mail each; those that could not be mailed, or not by this actor, are returned."""
    failed = []
    for invitation in invitations:
        try:
            send(actor, invitation, now)
        except (OSError, ActedForError):
            failed.append(invitation)
    return failed


def withdraw(invitation: Invitation, now: datetime) -> None:
    with opened():
        _open(invitation.organisation).filter(pk=invitation.pk).update(withdrawn_at=now, digest="")


def found(secret: str, now: datetime) -> Invitation | None:
    """The invitation that the link is of, while it can be accepted: a mail that the server took
    without telling us came all the same."""
    rows = Invitation.objects.for_bearer(digest=bearer.digest(secret))
    invitation = rows.select_related("organisation", "approved_by").first()
    good = invitation and state(invitation, now) in {State.OPEN, State.UNSENT}
    return invitation if good else None


def account_of(invitation: Invitation) -> User | None:
    """Whoever has the address that was invited."""
    return User.objects.filter(username=invitation.email).first()


def newcomer(invitation: Invitation, name: str, language: str, password: str) -> User:
    """The person whom accepting makes, not saved. Raises ValidationError of the password."""
    user = User(
        username=invitation.email, email=invitation.email, name=name.strip(), language=language
    )
    validate_password(password, user)
    user.set_password(password)
    return user


def accept(invitation: Invitation, user: User, now: datetime) -> bool:
    """Make them act for it; one who does already, keeps the role. False: the link was used in the
    meantime."""
    with opened(), transaction.atomic():
        mine = _open(invitation.organisation).filter(pk=invitation.pk, digest=invitation.digest)
        if not mine.update(accepted_at=now, digest=""):
            return False
        if user.pk is None:
            user.save()
        Membership.objects.get_or_create(
            user=user,
            organisation=invitation.organisation,
            ended_at=None,
            defaults={"role": invitation.role, "since": now},
        )
        return True


def _words(invitation: Invitation, secret: str, now: datetime) -> dict[str, object]:
    return {
        "organisation": invitation.organisation,
        "role": Role(invitation.role),
        "link": bearer.link("invitation", secret),
        "until": now + VALID,
    }


def _may_ask(actor: Actor, organisation: Organisation) -> None:
    own = actor.organisation is not None and actor.organisation.pk == organisation.pk
    if not own and Membership.objects.filter(organisation=organisation, ended_at=None).exists():
        raise ActedForError


def _acts(address: str, organisation: Organisation) -> bool:
    return Membership.objects.filter(
        user__username=address, organisation=organisation, ended_at=None
    ).exists()


def _open(organisation: Organisation) -> "QuerySet[Invitation]":
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        organisation=organisation, accepted_at=None, withdrawn_at=None
    )
    return rows
