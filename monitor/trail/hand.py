"""Whose hand it is in which a row changes: set for a request, known to whatever records."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from monitor.accounts.walls.actor import Actor

_hand: ContextVar["Hand | None"] = ContextVar("hand", default=None)


@dataclass(frozen=True)
class CommandLine:
    """Somebody who gave the machine a command, of whom it knows no more. `command`: its words,
    without what follows them, which may be somebody's address."""

    command: str


Doer = Actor | CommandLine | None
"""Whoever does something; None is the house."""


@dataclass(frozen=True)
class Hand:
    """`address`: of the internet, empty: none."""

    actor: Doer
    now: datetime
    address: str = ""


@contextmanager
def by(actor: Doer, now: datetime, address: str = "") -> Iterator[None]:
    """What changes within is recorded as this actor's doing."""
    token = _hand.set(Hand(actor, now, address))
    try:
        yield
    finally:
        _hand.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """What changes within follows from what is recorded already, or from public notices: the
    house's reckoning, no doing of whoever's hand it is. It is not recorded."""
    token = _hand.set(None)
    try:
        yield
    finally:
        _hand.reset(token)


def current() -> Hand | None:
    """None: nobody has said that this is to be recorded."""
    return _hand.get()
