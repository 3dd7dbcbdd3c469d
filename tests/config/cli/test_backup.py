"""`fenghuo backup` and `fenghuo restore`: there and back again, while others write."""

import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.config.cli.conftest import Installation

PASSPHRASE = ("FENGHUO_BACKUP_PASSPHRASE", "correct horse battery")
WRITTEN = {"jobs_jobrun", "jobs_lease"}
"""Tables that the writer writes, a row into each at a time."""
Rows = list[tuple[Any, ...]]


@pytest.fixture
def house(fresh: Installation) -> Installation:
    """An installation with some of everything that is kept, and of what is not."""
    place = fresh.place
    for name in ("bundles/one/items.jsonl", "uploads/表.xlsx", "crawl/seen.json"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"content of {name}", encoding="utf-8")
    for name in ("bundles/two.part/items.jsonl", "index/meta.json"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("not kept")
    with closing(records(fresh)) as database, database:
        database.execute("INSERT INTO django_session VALUES ('stolen-session', 'x', '2099-01-01')")
        database.executemany(
            "INSERT INTO jobs_roomfailure (room, row, label, error, failed_at) "
            "VALUES (?, ?, ?, ?, ?)",
            [("read", n, "号 “x”\t\\", f"e\n{n}", "2025-06-02 01:00:00.5") for n in range(500)],
        )
    return fresh


def records(installation: Installation) -> sqlite3.Connection:
    return sqlite3.connect(installation.place / "fenghuo.sqlite3", timeout=30)


def tables(installation: Installation) -> dict[str, Rows]:
    """Every row of every table, in the order of their keys."""
    with closing(records(installation)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for (name,) in names
        }


@contextmanager
def writing(installation: Installation) -> Iterator[list[int]]:
    """Meanwhile somebody writes a row into each of two tables, in one transaction, over and over.
    The list holds the number of the last."""
    done, last = threading.Event(), [0]

    def write() -> None:
        with closing(records(installation)) as database:
            while not done.is_set():
                last[0] += 1
                with database:
                    database.execute(
                        "INSERT INTO jobs_jobrun (id, job, started_at, counts, error) "
                        "VALUES (?, 'x', '2025-06-02', '{}', '')",
                        [last[0]],
                    )
                    database.execute(
                        "INSERT INTO jobs_lease VALUES (?, 'x', '2025-06-02', '2025-06-02')",
                        [f"{last[0]:08}"],
                    )

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield last
    finally:
        done.set()
        thread.join()


def test_row_by_row_the_same_with_a_writer_running(house: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.fenghuo"
    with writing(house) as last:
        house.run("backup", str(file))
        during = last[0]
    said = house.run("restore", str(file), "--into", str(tmp_path / "again"))
    assert "put encryption-keys and secret-key" in said

    before, after = tables(house), tables(replace(house, place=tmp_path / "again"))
    assert before.keys() == after.keys()
    for name in before.keys() - WRITTEN - {"django_session"}:
        assert before[name] == after[name], name
    # Of what was written meanwhile a beginning, the same of both tables.
    lengths = {len(after[name]) for name in WRITTEN}
    assert len(lengths) == 1
    assert 0 < lengths.pop() <= during
    for name in WRITTEN:
        assert before[name][: len(after[name])] == after[name]
    assert after["django_session"] == []

    restored = {
        str(p.relative_to(tmp_path / "again")): p
        for p in (tmp_path / "again").rglob("*")
        if p.is_file()
    }
    kept = {"bundles/one/items.jsonl", "uploads/表.xlsx", "crawl/seen.json"}
    assert restored.keys() == kept | {"fenghuo.sqlite3", "restored.json"}
    for name in kept:
        assert restored[name].read_bytes() == (house.place / name).read_bytes()


def test_what_was_restored_runs(house: Installation, tmp_path: Path) -> None:
    house.run("backup", str(tmp_path / "b"))
    house.run("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))
    restored = replace(house, place=tmp_path / "again")
    restored.run("status")
    restored.run("backup", str(tmp_path / "c"))
    lines = [json.loads(line) for line in restored.run("audit", "list", "--json").splitlines()]
    assert [line["verb"] for line in lines] == ["backup", "restore", "backup"]
    assert {(line["by"], line["page"]) for line in lines} == {
        ("command", "fenghuo backup"),
        ("command", "fenghuo restore"),
    }
    assert lines[0]["at"] < lines[1]["after"]["made_at"] < lines[2]["at"]
    assert not (restored.place / "restored.json").exists()


def test_the_file_holds_no_key_and_no_session(house: Installation, tmp_path: Path) -> None:
    house.run("rotate-key")  # so that there is a key
    house.run("backup", str(tmp_path / "b"))
    house.run("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))
    secrets = [b"stolen-session", (house.place / "secret-key").read_bytes()]
    secrets += (house.place / "encryption-keys").read_bytes().split()
    for file in (tmp_path / "again").rglob("*"):
        if file.is_file():
            assert not any(secret in file.read_bytes() for secret in secrets), file


def test_sealed_it_may_hold_the_keys(house: Installation, tmp_path: Path) -> None:
    sealed = replace(house, given=(PASSPHRASE,))
    file, again = tmp_path / "b", tmp_path / "again"
    sealed.run("backup", str(file), "--encrypt", "--with-keys")
    assert b"content of" not in file.read_bytes()
    wrong = replace(house, given=((PASSPHRASE[0], "another passphrase"),))
    status, said = wrong.ends("restore", str(file), "--into", str(again))
    assert (status, again.exists()) == (1, False)
    assert "the passphrase is wrong" in said
    sealed.run("restore", str(file), "--into", str(again))
    for name in ("secret-key", "encryption-keys"):
        assert (again / name).read_text() == (house.place / name).read_text()
        assert (again / name).stat().st_mode & 0o777 == 0o600
    Fernet((again / "encryption-keys").read_text().strip())


def test_killed_half_way_there_is_no_file(house: Installation, tmp_path: Path) -> None:
    with closing(records(house)) as database, database:
        database.execute("CREATE TABLE large (content BLOB)")
        database.executemany(
            "INSERT INTO large VALUES (?)", ((os.urandom(1 << 20),) for _ in range(150))
        )
    file = tmp_path / "b"
    part = tmp_path / "b.part"
    process = house.start("backup", str(file))
    while not (part.exists() and part.stat().st_size > 1 << 20):
        assert process.poll() is None
        time.sleep(0.001)  # for another process
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert part.exists()
    assert not file.exists()

    house.run("backup", str(file))
    assert not part.exists()
    assert not (house.place / "backup/records").exists()
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    status, said = house.ends("restore", str(cut), "--into", str(tmp_path / "again"))
    assert status == 1
    assert "cut short" in said
    assert not (tmp_path / "again").exists()


def test_only_into_what_is_empty(house: Installation, tmp_path: Path) -> None:
    file, full = tmp_path / "b", tmp_path / "full"
    house.run("backup", str(file))
    full.mkdir()
    (full / "x").write_text("mine")
    status, said = house.ends("restore", str(file), "--into", str(full))
    assert status == 1
    assert "holds something already" in said
    assert [path.name for path in full.iterdir()] == ["x"]
    (full / "x").unlink()
    house.run("restore", str(file), "--into", str(full))
    assert (full / "fenghuo.sqlite3").exists()


def test_a_backup_takes_no_others_place(house: Installation, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    status, said = house.ends("backup", str(tmp_path / "b"))
    assert status == 1
    assert "is there already" in said
    assert (tmp_path / "b").read_text() == "mine"


def test_keys_are_never_written_open(installation: Installation, tmp_path: Path) -> None:
    status, said = installation.ends("backup", str(tmp_path / "b"), "--with-keys")
    assert status == 2
    assert "add --encrypt" in said
    short = replace(installation, given=((PASSPHRASE[0], "short"),))
    status, said = short.ends("backup", str(tmp_path / "b"), "--encrypt")
    assert status == 2
    assert "at least 12" in said
