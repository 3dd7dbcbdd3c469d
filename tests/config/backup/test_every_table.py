"""From one database to another and back: every row of every table is the same, and what comes
afterwards has its place."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.config.backup.world import LEFT_OUT, NEVER
from tests.config.cli.conftest import ROOT, Installation, installation  # noqa: F401 - a fixture
from tests.config.cli.test_backup import PASSPHRASE
from tests.config.cli.test_backup_postgres import Make, database  # noqa: F401 - a fixture

FILES = {
    "bundles/eu-rasff-20250602/captures.warc.gz": bytes(range(256)) * 40,
    "bundles/eu-rasff-20250602/items.jsonl": "号\n".encode(),
    "uploads/2025/名录表.xlsx": b"PK\x03\x04",
    "crawl/seen.json": b"{}",
}
World = dict[str, list[list[str]]]


def world(house: Installation, what: str) -> str:
    """What `tests.config.backup.world` says, run as the installation has it."""
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.config.backup.world", what],
        cwd=ROOT,
        env=inherited | {"FENGHUO_VAR": str(house.place), **dict(house.given)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(house: Installation) -> World:
    found: World = json.loads(world(house, "dump"))
    return found


def filled(house: Installation) -> Installation:
    """With its files, and at least one row in every table; says which has none."""
    sealing = replace(house, given=(*house.given, PASSPHRASE))
    for name, content in FILES.items():
        (house.place / name).parent.mkdir(parents=True, exist_ok=True)
        (house.place / name).write_bytes(content)
    world(sealing, "fill")
    empty = {name for name, found in rows(sealing).items() if not found}
    assert empty == NEVER, f"TABLES WITHOUT A ROW, WHICH NOTHING TESTS: {sorted(empty - NEVER)}"
    return sealing


def moved(house: Installation, into: Installation, file: Path) -> None:
    """Restore a backup of the house as another installation, and compare the two."""
    house.run("backup", str(file), "--encrypt", "--with-keys")
    into.run("restore", str(file), "--into", str(into.place))
    expected = rows(house) | {name: [] for name in LEFT_OUT}
    found = rows(into)
    assert found.keys() == expected.keys()
    for name in expected:
        assert found[name] == expected[name], name
    for name in (*FILES, "encryption-keys", "secret-key"):
        assert (into.place / name).read_bytes() == (house.place / name).read_bytes()


def goes_on(house: Installation) -> None:
    """A row more in every table collides with none that came; the trail says what happened."""
    before = rows(house)
    world(house, "add")
    after = rows(house)
    for name in before.keys() - NEVER:
        assert len(after[name]) > len(before[name]) or name == "trail.Head", name
    listed = [json.loads(line) for line in house.run("audit", "list", "--json").splitlines()]
    assert ("restore", "command") in [(line["verb"], line["by"]) for line in listed]
    house.run("audit", "verify")


def test_into_an_empty_folder(
    installation: Installation,  # noqa: F811
    tmp_path: Path,
) -> None:
    house = filled(installation)
    (tmp_path / "again").mkdir()
    again = replace(house, place=tmp_path / "again")
    moved(house, again, tmp_path / "b")
    goes_on(again)


@pytest.mark.postgres
def test_into_a_server_and_back(
    installation: Installation,  # noqa: F811
    database: Make,  # noqa: F811
    tmp_path: Path,
) -> None:
    house = filled(installation)
    given = (("DATABASE_URL", database()), PASSPHRASE)
    server = replace(house, place=tmp_path / "server", given=given)
    moved(house, server, tmp_path / "to the server")
    back = replace(house, place=tmp_path / "back")
    moved(server, back, tmp_path / "and back")
    for each in (server, back):
        goes_on(each)
