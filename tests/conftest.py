"""What every test may ask for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

# Examples are counted, not timed: a busy machine is no failure.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")

FEEDS = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def now() -> datetime:
    """The moment that a test is told it is."""
    return datetime(2025, 6, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real feeds, beside the clone; tests that ask for it are marked `real`."""
    if not FEEDS.is_dir():
        pytest.skip(f"no real feeds beside the clone ({FEEDS.parent.name}/{FEEDS.name})")
    return FEEDS
