from pathlib import Path

import pytest
from pytest_django import Settings

from tests.monitor.cases.files.desk import Desk


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.FENGHUO_UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
