"""Who asks: a person, acting for one organisation at a time, or nobody in particular."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.accounts.walls.policy import Action, Standing, Whose, whose
from monitor.accounts.words import Kind, Role

if TYPE_CHECKING:
    # The models have walls, and walls are made for an actor.
    from monitor.accounts.models import Organisation, User


@dataclass(frozen=True)
class Actor:
    """Whoever a page, a feed or an export is made for. All fields empty: anybody.

    `organisation`: the one that they act for, `role` their role in it. A program that holds a key
    has no `user` but `key`, its primary key, and does nothing that is not in `scopes`.
    """

    user: "User | None" = None
    organisation: "Organisation | None" = None
    role: Role | None = None
    scopes: frozenset[Action] | None = None
    """None: whatever the role may."""
    key: int | None = None
    vouched: bool = False
    """They came in by the word of the organisation's provider, which counts for that organisation:
    nothing that is theirs beside it is reached, neither their standings nor what is their own."""

    @property
    def themselves(self) -> "User | None":
        """The person, where they have shown by means of their own that it is them."""
        return None if self.vouched else self.user

    @cached_property
    def standings(self) -> frozenset[Standing]:
        found = {Standing.EVERYONE}
        if self.themselves and self.themselves.is_analyst:
            found.add(Standing.ANALYST)
        if self.themselves and self.themselves.is_operator:
            found.add(Standing.OPERATOR)
        return frozenset(found)

    def whose(self, action: Action) -> frozenset[Whose]:
        """Whose rows they may do it to; empty: nobody's."""
        if self.scopes is not None and action not in self.scopes:
            return frozenset()
        kind = Kind(self.organisation.kind) if self.organisation else None
        return whose(action, self.standings, kind, self.role)

    def may(self, action: Action, row: Whose = Whose.ANY) -> bool:
        """Whether they may do it to a row that stands so to their organisation."""
        return row in self.whose(action)

    def __str__(self) -> str:
        return " / ".join(str(part) for part in (self.user, self.organisation) if part) or "-"


ANYBODY = Actor()
