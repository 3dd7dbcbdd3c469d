"""Secret links of feeds: made, used, revoked."""

from datetime import datetime, timedelta

from django.db.models import Q

from monitor.accounts.models import Link, User
from monitor.accounts.secrets.bearer import digest, fresh
from monitor.accounts.walls.acting import memberships
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Role

USED_EVERY = timedelta(minutes=10)
"""How often it is written down that a link is in use: feed readers ask all day."""


def make(actor: Actor, name: str, now: datetime) -> str:
    """The secret of a link by which feeds are read as the actor reads them, shown this once.

    Raises PermissionError where the actor is no person: what a program may do, a key says.
    """
    if actor.user is None:
        raise PermissionError(f"{actor} is no person, and makes no links")
    secret = fresh()
    with opened():
        Link.objects.create(
            user=actor.user,
            organisation=actor.organisation,
            name=name,
            digest=secret.digest,
            created_at=now,
        )
    return secret.text


def revoke(actor: Actor, pk: int, now: datetime) -> bool:
    """From now on it lets nobody in; doing it twice changes nothing. False: the actor has none of
    this primary key."""
    own = Link.objects.for_actor(actor).filter(pk=pk)
    own.filter(revoked_at=None).update(revoked_at=now)
    return own.exists()


def bearer(secret: str, now: datetime) -> Actor | None:
    """Whom the link lets in. None: there is no such link, or it was revoked, or its person has been
    let go, or acts for its organisation no more."""
    links = Link.objects.for_bearer(digest=digest(secret)).filter(revoked_at=None)
    link = links.select_related("user").first()
    actor = _acting(link.user, link.organisation_id) if link else None
    if link and actor:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
        links.filter(stale).update(last_used_at=now)
    return actor


def _acting(user: User, organisation: int | None) -> Actor | None:
    """For this organisation and no other."""
    if not user.is_active:
        return None
    if organisation is None:
        return Actor(user)
    found = next((m for m in memberships(user) if m.organisation_id == organisation), None)
    return Actor(user, found.organisation, Role(found.role)) if found else None
