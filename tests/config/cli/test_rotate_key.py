"""`fenghuo rotate-key`, on an installation of its own, killed half-way."""

import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken

from tests.config.cli.conftest import Installation

CANARY = "hooks-canary-4711"
ROWS = 300


@pytest.fixture
def house(fresh: Installation) -> Installation:
    """An installation with channels, all sealed with its first key."""
    config = fresh.place / "config.json"
    config.write_text(f'{{"url": "https://example.org/{CANARY}", "secret": "{CANARY} and more"}}')
    ((base,),) = query(fresh.place, "SELECT code FROM bases_base LIMIT 1")
    fresh.run("recipients", "add", "甲", "--base", base, "--channel", "webhook",
        "--config", str(config))  # fmt: skip
    config.unlink()
    with closing(sqlite3.connect(fresh.place / "fenghuo.sqlite3")) as records, records:
        records.executemany(
            "INSERT INTO alerts_channel (recipient_id, kind, config, token, enabled, "
            "disabled_because, last_error) SELECT recipient_id, kind, config, ?, enabled, "
            "'', '' FROM alerts_channel LIMIT 1",
            [(f"token {number}",) for number in range(ROWS - 1)],
        )
    return fresh


def query(place: Path, statement: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(place / "fenghuo.sqlite3")) as records:
        return records.execute(statement).fetchall()


def keys(place: Path) -> list[str]:
    return (place / "encryption-keys").read_text().split()


def sealed_with(key: str, place: Path) -> int:
    box = Fernet(key)

    def opens(text: str) -> bool:
        try:
            return CANARY in box.decrypt(text.encode()).decode()
        except InvalidToken:
            return False

    return sum(opens(text) for (text,) in query(place, "SELECT config FROM alerts_channel"))


def test_killed_half_way_it_goes_on_and_then_drops_the_old_key(house: Installation) -> None:
    place = house.place
    (old,) = keys(place)
    assert sealed_with(old, place) == ROWS

    process = house.start("rotate-key", "--batch", "1")
    assert process.stderr is not None
    while not re.search(r"sealed anew [1-9]", process.stderr.readline()):
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    new, kept = keys(place)
    assert kept == old
    done = sealed_with(new, place)
    assert 0 < done < ROWS
    assert done + sealed_with(old, place) == ROWS

    assert "the first key seals" in house.run("rotate-key")
    assert keys(place) == [new, old]
    assert sealed_with(new, place) == ROWS
    assert CANARY not in house.run("recipients", "list")

    assert "old keys dropped: 1" in house.run("rotate-key", "--finish")
    assert keys(place) == [new]
    assert '"address": "example.org"' in house.run("recipients", "list")


def test_no_file_of_the_records_holds_a_secret(house: Installation) -> None:
    for file in house.place.glob("fenghuo.sqlite3*"):
        assert CANARY.encode() not in file.read_bytes()
    with closing(sqlite3.connect(house.place / "fenghuo.sqlite3")) as records:
        assert CANARY not in "\n".join(records.iterdump())


def test_a_key_for_the_environment_is_only_printed(house: Installation) -> None:
    before = keys(house.place)
    Fernet(house.run("rotate-key", "--print").strip())
    assert keys(house.place) == before
