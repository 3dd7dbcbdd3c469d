"""For which organisation a person acts."""

from collections.abc import Sequence

from monitor.accounts.models import Membership, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Role


def acting(user: User, organisation: int | None = None) -> Actor:
    """The person, acting for this organisation (a primary key) if they may, else for the one that
    they have belonged to longest, else for none."""
    return chosen(user, memberships(user), organisation)


def chosen(
    user: User, mine: Sequence[Membership], organisation: int | None, *, vouched: bool = False
) -> Actor:
    """The same of memberships that are known, longest first."""
    found = next((m for m in mine if m.organisation_id == organisation), next(iter(mine), None))
    if found is None:
        return Actor(user, vouched=vouched)
    return Actor(user, found.organisation, Role(found.role), vouched=vouched)


def memberships(user: User) -> list[Membership]:
    """Everything that the person may act for, longest first."""
    with opened():  # who the actor is has to be known before there is one
        mine = Membership.objects.filter(user=user, ended_at=None).select_related("organisation")
        return list(mine.order_by("since", "pk"))


def vouched_for(user: User, identity: int) -> list[Membership]:
    """What the person may act for by the word of the provider that knows them by this identity (a
    primary key): its own organisation. Empty: it knows them no longer, or they have left."""
    with opened():  # as above
        mine = Membership.objects.filter(
            user=user,
            ended_at=None,
            organisation__provider__identities=identity,
            organisation__provider__identities__user=user,
        )
        return list(mine.select_related("organisation"))
