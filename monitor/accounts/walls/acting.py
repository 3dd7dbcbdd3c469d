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


def chosen(user: User, mine: Sequence[Membership], organisation: int | None) -> Actor:
    """The same of memberships that are known, longest first."""
    found = next((m for m in mine if m.organisation_id == organisation), next(iter(mine), None))
    if found is None:
        return Actor(user)
    return Actor(user, found.organisation, Role(found.role))


def memberships(user: User) -> list[Membership]:
    """Everything that the person may act for, longest first."""
    with opened():  # who the actor is has to be known before there is one
        mine = Membership.objects.filter(user=user, ended_at=None).select_related("organisation")
        return list(mine.order_by("since", "pk"))
