"""When to try again."""

from datetime import timedelta
from random import Random

BASE = timedelta(minutes=1)
CAP = timedelta(hours=6)
MAX_ATTEMPTS = 16
"""With the doubling below: about a day of trying, so that a receiver may be down for a night."""
MAX_WISH = timedelta(hours=24)
"""A receiver that asks for more than a day is asked again after one."""


def delay(attempts: int, rng: Random, wish: timedelta | None = None) -> timedelta:
    """How long to wait after `attempts` failed ones, at least as long as the receiver wishes.

    Exponential with full jitter: a random part of the whole span, so that the messages that
    failed together (a server went down) do not come back together.
    """
    span = min(CAP, BASE * 2 ** (attempts - 1))
    waited = timedelta(seconds=1 + rng.random() * span.total_seconds())
    return max(waited, min(wish, MAX_WISH)) if wish else waited
