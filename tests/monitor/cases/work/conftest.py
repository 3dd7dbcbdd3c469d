from pathlib import Path

import pytest
from pytest_django import Settings

from tests.monitor.cases.work.office import Office, shelve


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def trial(settings: Settings, tmp_path: Path) -> Path:
    """The small playbook of `office.BOOK`, in place of the deployer's."""
    settings.FENGHUO_PLAYBOOKS = shelve(tmp_path / "playbooks")
    return settings.FENGHUO_PLAYBOOKS
