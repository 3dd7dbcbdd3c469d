"""Who acts for an organisation, and as what: changed, handed over, ended. Nothing is deleted, and
an organisation that somebody owns always has an owner."""

from datetime import datetime

from django.db import transaction

from monitor.accounts.models import Membership, Organisation
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Role


class LastOwnerError(Exception):
    """Nobody else owns the organisation: a successor comes first."""


def change_role(membership: Membership, role: Role, now: datetime) -> None:
    """The old membership ends, another begins: what was done under either stays explained.

    Raises `LastOwnerError`.
    """
    with opened(), transaction.atomic():
        _locked(membership)
        if membership.ended_at or membership.role == role:
            return
        _spared(membership)
        _begin_again(membership, role, now)


def let_go(membership: Membership, now: datetime) -> None:
    """They act for it no longer. Raises `LastOwnerError`."""
    with opened(), transaction.atomic():
        _locked(membership)
        _spared(membership)
        _end(membership, now)


def hand_over(
    mine: Membership, to: Membership, now: datetime, *, stays: Role | None = None
) -> None:
    """The other becomes owner; one's own role becomes `stays`, None: one leaves.

    Raises ValueError where these are not two people who act for the same organisation.
    """
    with opened(), transaction.atomic():
        _locked(mine)
        to.refresh_from_db()
        if mine.organisation_id != to.organisation_id or mine.pk == to.pk:
            raise ValueError("ownership is handed to somebody else of the same organisation")
        if mine.ended_at or to.ended_at or mine.role != Role.OWNER:
            raise ValueError("ownership is handed over by an owner, to somebody who is there")
        if to.role != Role.OWNER:
            _begin_again(to, Role.OWNER, now)
        if stays is None:
            _end(mine, now)
        elif stays != mine.role:
            _begin_again(mine, stays, now)


def _locked(membership: Membership) -> None:
    """Two owners who leave at the same moment wait for each other."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db()


def _spared(membership: Membership) -> None:
    owners = Membership.objects.filter(
        organisation=membership.organisation_id, role=Role.OWNER, ended_at=None
    )
    if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwnerError


def _begin_again(membership: Membership, role: Role, now: datetime) -> None:
    _end(membership, now)
    Membership.objects.create(
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        role=role,
        since=now,
    )


def _end(membership: Membership, now: datetime) -> None:
    if membership.ended_at is None:
        membership.ended_at = now
        membership.save(update_fields=["ended_at"])
