"""What every test may ask for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis
from pytest_django import Settings

# Examples are counted, not timed: a busy machine is no failure.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


@pytest.fixture(autouse=True)
def _unhurried(settings: Settings) -> None:
    """One process runs all tests, and keys of people recur: no test is to wait for another's."""
    settings.FENGHUO_PACES = dict.fromkeys(settings.FENGHUO_PACES, "1000000/minute")


@pytest.fixture(autouse=True)
def _indexed_nowhere_else(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What no test sets apart is not what an earlier run, of another version, has left behind."""
    settings.FENGHUO_INDEX = tmp_path_factory.getbasetemp() / "index"


FEEDS = Path(__file__).resolve().parents[2] / "shared" / "data"


RECORDS = {"db", "transactional_db", "live_server", "django_db_setup"}
"""Fixtures of those tests that run on the records of this process."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & RECORDS or item.get_closest_marker("django_db"):
            item.add_marker("records")


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


@pytest.fixture(autouse=True)
def _trail_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying every table, which that of the trail refuses."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not asked and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    from tests.monitor.trail.meddling import meddle  # noqa: PLC0415 - needs Django

    yield
    meddle("DELETE FROM trail_entry")
