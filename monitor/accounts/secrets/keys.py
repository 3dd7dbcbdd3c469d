"""Keys for programs: making one, and finding out who holds it."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from monitor.accounts.models import ApiKey
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Role

MARK = "fh_"
"""Begins every key, so that scanners of leaked secrets can know one."""
PREFIX, SECRET_BYTES = 12, 32
"""Characters by which people tell keys apart; random bytes that follow."""
USED_EVERY = timedelta(minutes=1)
"""How often it is written down that a key is in use."""

FOR_PROGRAMS = (
    Action.READ_PUBLIC,
    Action.EXPORT,
    Action.READ_BASES,
    Action.READ_TOTALS,
    Action.READ_FIRM,
    Action.EDIT_FIRM,
    Action.READ_FIGURES,
    Action.EDIT_FIGURES,
    Action.READ_WARNINGS,
    Action.EDIT_WARNINGS,
)
"""What a key may be made for. People, and who sees what, are decided by people."""


class KeyRefused(Exception):
    """`code`: `unknown`, `expired` or `revoked`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Wish:
    """What a key is to be called, may do, and how long."""

    name: str
    scopes: Sequence[Action]
    days: int


def on_offer(actor: Actor) -> list[Action]:
    """What a key made by the actor may be allowed to do."""
    return [action for action in FOR_PROGRAMS if actor.whose(action)]


def make(actor: Actor, wish: Wish, now: datetime) -> tuple[ApiKey, str]:
    """The key as it is kept, and as it is shown this once.

    Raises PermissionError where the actor may not hold keys, or may not do what the key should.
    """
    organisation, role = actor.organisation, actor.role
    if organisation is None or role is None or not actor.may(Action.HOLD_KEYS, Whose.OWN):
        raise PermissionError(f"{actor} may make no keys")
    if not wish.scopes or not set(wish.scopes) <= set(on_offer(actor)):
        raise PermissionError("a key may do something, and no more than its maker")
    prefix = MARK + secrets.token_hex(PREFIX)[: PREFIX - len(MARK)]
    shown = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    with opened():
        key = ApiKey.objects.create(
            organisation=organisation,
            name=wish.name,
            scopes=sorted(wish.scopes),
            role=role,
            prefix=prefix,
            digest=_digest(shown),
            made_by=actor.user,
            created_at=now,
            expires_at=now + timedelta(days=wish.days),
        )
    return key, shown


def revoke(actor: Actor, key: ApiKey, now: datetime) -> None:
    """From now on it lets nobody in; doing it twice changes nothing. `key`: one that the actor
    was given by the door."""
    with opened():
        ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(
            revoked_at=now, revoked_by=actor.user
        )


def holder(shown: str, now: datetime) -> Actor:
    """Whoever holds the key. Raises `KeyRefused`."""
    with opened():  # who the actor is has to be known before there is one
        rows = ApiKey.objects.select_related("organisation")
        key = rows.filter(prefix=shown[:PREFIX]).first()
        # Also where there is none, so that the time taken does not tell which beginnings exist.
        if not constant_time_compare(_digest(shown), key.digest if key else "-" * 64) or not key:
            raise KeyRefused("unknown")
        _refuse_closed(key, now)
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
        if key.last_used_at is None or key.last_used_at <= now - USED_EVERY:
            ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
    scopes = frozenset(action for action in Action if action in key.scopes)
    return Actor(organisation=key.organisation, role=Role(key.role), scopes=scopes, key=key.pk)


def _refuse_closed(key: ApiKey, now: datetime) -> None:
    if key.revoked_at is not None:
        raise KeyRefused("revoked")
    if not key.is_open(now):
        raise KeyRefused("expired")


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()
