"""Whose hand it is in which a row changes: set for a request, known to whatever records."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from monitor.accounts.walls.actor import Actor

_hand: ContextVar["Hand | None"] = ContextVar("hand", default=None)


@dataclass(frozen=True)
class Hand:
    """`actor`: None is the house. `address`: of the internet, empty: none."""

    actor: Actor | None
    now: datetime
    address: str = ""


@contextmanager
def by(actor: Actor | None, now: datetime, address: str = "") -> Iterator[None]:
    """What changes within is recorded as this actor's doing."""
    token = _hand.set(Hand(actor, now, address))
    try:
        yield
    finally:
        _hand.reset(token)


def current() -> Hand | None:
    """None: nobody has said that this is to be recorded."""
    return _hand.get()
