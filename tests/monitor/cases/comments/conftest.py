import pytest

from tests.monitor.cases.comments.chamber import Chamber


@pytest.fixture
def chamber(db: None) -> Chamber:
    return Chamber()
