"""By which provider of its own an organisation's people come in: set, changed, taken away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monitor.accounts.models import Identity, Organisation, Provider
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another one."""
_LENGTH = 10
"""Of a code: 49 random bits, at the pace of `braking` more than anybody can try."""


class SecretWanted(Exception):
    """The secret is known to one provider; it is not shown to another one that took its place."""


@dataclass(frozen=True)
class Wish:
    """`secret`: empty, it stays as it is; `domains`: folded."""

    issuer: str
    client_id: str
    secret: str
    domains: Sequence[str]
    second_factor: Sequence[str]


def keep(actor: Actor, organisation: Organisation, wish: Wish, now: datetime) -> Provider:
    """From now on this is the organisation's. Whoever another one, or it under another name of
    ours, knew has to be made known to it anew: its subjects are its own.

    Raises `SecretWanted`.
    """
    with opened(), transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        found = Provider.objects.filter(organisation=organisation).first()
        is_another = found is None or (found.issuer, found.client_id) != (
            wish.issuer,
            wish.client_id,
        )
        if is_another and not wish.secret:
            raise SecretWanted
        provider = found or Provider(organisation=organisation, code=fresh_code())
        if is_another and found:
            Identity.objects.filter(provider=found).delete()
        provider.issuer, provider.client_id = wish.issuer, wish.client_id
        provider.secret = wish.secret or provider.secret
        provider.domains, provider.second_factor = [*wish.domains], [*wish.second_factor]
        provider.set_by, provider.since = actor.user, now
        provider.save()
        return provider


def remove(organisation: Organisation) -> None:
    """Nobody comes in by it any more; whoever did is signed out with it."""
    with opened():
        Provider.objects.filter(organisation=organisation).delete()


def by_code(code: str) -> Provider | None:
    """Of whoever knows the code."""
    rows = Provider.objects.for_bearer(code=code)
    found: Provider | None = rows.select_related("organisation").first()
    return found


def of(organisation: Organisation) -> Provider | None:
    """For whoever the organisation has invited: that it has one, and its code."""
    with opened():
        return Provider.objects.filter(organisation=organisation).first()


def fresh_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
