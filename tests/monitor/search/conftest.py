"""Rows and an index of a test's own, and an embedded engine without records."""

from pathlib import Path

import pytest
from pytest_django import Settings

from monitor.search.embedded.engine import EmbeddedEngine
from tests.monitor.web.house import House


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def index(settings: Settings, tmp_path: Path) -> Path:
    """Where the index of this test lies."""
    settings.FENGHUO_INDEX = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "engine")
