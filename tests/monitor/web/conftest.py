"""Rows and clocks for the tests of the pages."""

import pytest
from pytest_django import Settings

from tests.monitor.web.house import TODAY, House


@pytest.fixture(autouse=True)
def _as_of(settings: Settings) -> None:
    settings.FENGHUO_AS_OF = TODAY


@pytest.fixture
def house(db: None) -> House:
    return House()
