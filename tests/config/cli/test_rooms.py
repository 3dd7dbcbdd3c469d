"""Every room that walks records can be run by itself, and says what it did."""

import pytest
from click.testing import CliRunner

from config.cli import fenghuo

pytestmark = pytest.mark.django_db(transaction=True)

ROOMS = [
    (["read"], "read"),
    (["classify", "--waiting"], "classify"),
    (["index"], "index"),
    (["assess"], "assess"),
    (["cases"], "cases"),
    (["sentinels"], "sentinels"),
    (["warn"], "warn"),
    (["deliver"], "deliver"),
]


@pytest.mark.parametrize(("arguments", "room"), ROOMS)
def test_a_room_with_nothing_to_do_says_so(arguments: list[str], room: str) -> None:
    result = CliRunner().invoke(fenghuo, arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr.split() == [room, "-"]


def test_retry_tells_each_room() -> None:
    result = CliRunner().invoke(fenghuo, ["retry", "read", "warn"])
    assert result.exit_code == 0
    assert result.stderr.split() == ["read", "0", "warn", "0"]
