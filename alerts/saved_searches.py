"""What a sentinel looks for: the keeping of saved searches."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Recipient, Sentinel, Subscription
from alerts.recipients import WrongRecipient, among
from monitor.accounts.walls.policy import Action
from monitor.impact.models import LOUDNESS, Level
from monitor.jobs.rooms import State
from monitor.search.engine import Order, Page, Query
from monitor.search.language import QueryError, parse
from monitor.search.serving import engine
from monitor.search.tree import Everything, Node, Tag, Tagged, both, on
from monitor.search.widening import widened

NEWEST = 5
"""Notices that a trial shows."""


@dataclass(frozen=True, slots=True)
class Search:
    """`query` in the query language; `exact`: goods by no other name; `minimum_level`: only what
    touches a base this loudly or louder."""

    query: str
    exact: bool = False
    minimum_level: str | None = None

    @classmethod
    def of(cls, sentinel: Sentinel) -> Self:
        return cls(sentinel.query, not sentinel.widened, sentinel.minimum_level)

    def tree(self, closed: Collection[Tag] = ()) -> Node:
        """What a notice has to satisfy; its days are still relative. `closed`: what it may not ask
        by.

        Raises `QueryError`, also where every notice would satisfy it.
        """
        asked = parse(self.query, closed)
        tree = both(asked if self.exact else widened(asked)[0], *self._loud())
        if tree == Everything():
            raise QueryError(
                _("Every notice would satisfy this."),
                0,
                len(self.query),
                _("Name a product, a market or a kind of measure."),
            )
        return tree

    def _loud(self) -> Iterator[Node]:
        if self.minimum_level is not None:
            least = LOUDNESS[Level(self.minimum_level)]
            yield Tagged(
                Tag.LEVEL, tuple(level.value for level in Level if LOUDNESS[level] >= least)
            )


def save(recipient: Recipient, name: str, search: Search, pace: str, now: datetime) -> Sentinel:
    """The recipient's sentinel of this name, on watch; asking twice changes nothing.

    Raises `QueryError` or `WrongRecipient` before anything is written.
    """
    among("pace", [pace], Subscription.Pace.values)
    among("level", [search.minimum_level] if search.minimum_level else [], Level.values)
    search.tree(closed=_closed_to(recipient, search))
    wishes = {
        "query": search.query,
        "widened": not search.exact,
        "minimum_level": search.minimum_level,
        "pace": pace,
        "active": True,
        "changed_at": now,
    }
    sentinel, _made = Sentinel.objects.update_or_create(
        recipient=recipient,
        name=name,
        defaults=wishes,
        create_defaults={**wishes, "created_at": now},
    )
    return sentinel


def _closed_to(recipient: Recipient, search: Search) -> Collection[Tag]:
    """Whoever may not read of bases is not told either which notices touch one, nor how loudly."""
    if recipient.actor.may(Action.READ_BASES):
        return ()
    if search.minimum_level is not None:
        raise WrongRecipient(f"level: {recipient} may not read of bases")
    return (Tag.BASE, Tag.LEVEL)


@transaction.atomic
def remove(sentinel: Sentinel, now: datetime) -> None:
    """Off watch. What it saw and has not told is not told; what it told stays on record."""
    sentinel.active = False
    sentinel.changed_at = now
    sentinel.save(update_fields=["active", "changed_at"])
    sentinel.sightings.filter(deliver_state=State.READY).update(deliver_state=State.DONE)


def fault(sentinel: Sentinel) -> QueryError | None:
    """Why its query cannot be asked any more: a field was renamed, a base is gone."""
    try:
        Search.of(sentinel).tree()
    except QueryError as error:
        return error
    return None


def tried(search: Search, today: date) -> Page:
    """What the index holds that satisfies it, the newest first.

    Raises `QueryError`, and what an engine raises.
    """
    tree = on(search.tree(), today)
    return engine().search(Query(tree, order=Order.NEWEST, limit=NEWEST))
