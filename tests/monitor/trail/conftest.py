"""Organisations and people, as the tests of the walls make them; and a trail of a few lines."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind
from monitor.trail.models import Entry
from monitor.trail.recording import record
from tests.monitor.accounts.conftest import Town

Write = Callable[..., list[Entry]]


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def actor(town: Town) -> Actor:
    """An owner of a chamber."""
    return town.actor(town.organisation(Kind.CHAMBER))


@pytest.fixture
def write(actor: Actor, now: datetime) -> Write:
    """Writes so many lines, a minute apart."""

    def written(count: int, at: datetime = now) -> list[Entry]:
        assert actor.user
        return [
            record(
                actor,
                "change",
                actor.user,
                concerned=actor.organisation,
                before={"language": "en"},
                after={"language": f"l{number}"},
                now=at + timedelta(minutes=number),
                address="192.0.2.7",
            )
            for number in range(count)
        ]

    return written
