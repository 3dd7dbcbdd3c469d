"""For which organisation a person acts."""

from monitor.accounts.actor import Actor
from monitor.accounts.models import Membership, User
from monitor.accounts.walls import opened
from monitor.accounts.words import Role


def acting(user: User, organisation: int | None = None) -> Actor:
    """The person, acting for this organisation (a primary key) if they may, else for the one that
    they have belonged to longest, else for none."""
    chosen = next((m for m in memberships(user) if m.organisation_id == organisation), None)
    chosen = chosen or next(iter(memberships(user)), None)
    if chosen is None:
        return Actor(user)
    return Actor(user, chosen.organisation, Role(chosen.role))


def memberships(user: User) -> list[Membership]:
    """Everything that the person may act for, longest first."""
    with opened():  # who the actor is has to be known before there is one
        mine = Membership.objects.filter(user=user, ended_at=None).select_related("organisation")
        return list(mine.order_by("since", "pk"))
