"""Backups of a PostgreSQL, and into one; with a writer running."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.config.cli.conftest import Installation

pytestmark = pytest.mark.postgres

SERVER = os.environ.get("DATABASE_URL", "")
WRITTEN = {"jobs_jobrun", "jobs_lease"}


@pytest.fixture
def database() -> Iterator["Make"]:
    if not SERVER.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    make = Make()
    yield make
    make.drop()


class Make:
    """Makes empty databases, and drops them."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self) -> str:
        self.names.append(f"backup_{uuid4().hex[:12]}")
        self._run("CREATE DATABASE {}", self.names[-1])
        return urlsplit(SERVER)._replace(path=f"/{self.names[-1]}").geturl()

    def drop(self) -> None:
        for name in self.names:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, name: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]


def tables(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(url) as records:
        names = records.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        found = {}
        for (name,) in names:
            rows = sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(name))
            found[name] = records.execute(rows).fetchall()
        return found


@contextmanager
def writing(url: str) -> Iterator[list[int]]:
    done, last = threading.Event(), [0]

    def write() -> None:
        with closing(psycopg.connect(url)) as records:
            while not done.is_set():
                last[0] += 1
                records.execute(
                    "INSERT INTO jobs_jobrun (job, started_at, counts, error) "
                    "VALUES ('x', '2025-06-02', '{}', '')"
                )
                records.execute(
                    "INSERT INTO jobs_lease VALUES (%s, 'x', '2025-06-02', '2025-06-02')",
                    [f"{last[0]:08}"],
                )
                records.commit()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield last
    finally:
        done.set()
        thread.join()


def filled(installation: Installation, url: str) -> Installation:
    house = replace(installation, given=(("DATABASE_URL", url),))
    house.run("migrate")
    with psycopg.connect(url) as records:
        records.execute("INSERT INTO django_session VALUES ('stolen', 'x', '2099-01-01')")
        records.execute(
            "INSERT INTO jobs_roomfailure (room, row, label, error, failed_at) "
            "SELECT 'read', n, E'号 \\t\\\\', E'e\\n', '2025-06-02 01:00+08' "
            "FROM generate_series(1, 500) AS n"
        )
    return house


def test_row_by_row_the_same_with_a_writer_running(
    installation: Installation, database: Make, tmp_path: Path
) -> None:
    source, target = database(), database()
    house = filled(installation, source)
    with writing(source) as last:
        house.run("backup", str(tmp_path / "b"))
        during = last[0]
    into = replace(house, given=(("DATABASE_URL", target),))
    into.run("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))

    before, after = tables(source), tables(target)
    assert before.keys() == after.keys()
    for name in before.keys() - WRITTEN - {"django_session", "django_migrations"}:
        assert before[name] == after[name], name
    lengths = {len(after[name]) for name in WRITTEN}
    assert len(lengths) == 1
    assert 0 < lengths.pop() <= during
    for name in WRITTEN:
        assert before[name][: len(after[name])] == after[name]
    assert after["django_session"] == []
    with psycopg.connect(target) as records:
        new = records.execute(
            "INSERT INTO jobs_roomfailure (room, row, label, error, failed_at) "
            "VALUES ('read', 1, '', '', now()) RETURNING id"
        ).fetchone()
    assert new == (501,)
    assert "secret-key" in {path.name for path in (tmp_path / "again").iterdir()}
    again = replace(into, place=tmp_path / "again")
    again.run("status")


def test_from_a_file_to_a_server(fresh: Installation, database: Make, tmp_path: Path) -> None:
    fresh.run("backup", str(tmp_path / "b"))
    target, other = database(), database()
    into = replace(fresh, given=(("DATABASE_URL", target),))
    into.run("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))
    assert not (tmp_path / "again/fenghuo.sqlite3").exists()
    # What a server holds that never was a file's, for comparison.
    replace(fresh, given=(("DATABASE_URL", other),)).run("migrate")
    found, expected = tables(target), tables(other)
    for name in ("bases_base", "bases_productline"):
        assert [row[1:] for row in found[name]] == [row[1:] for row in expected[name]]


def test_only_into_an_empty_database(
    installation: Installation, database: Make, tmp_path: Path
) -> None:
    source = database()
    house = filled(installation, source)
    house.run("backup", str(tmp_path / "b"))
    status, said = house.ends("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))
    assert status == 1
    assert "is not empty" in said
    assert not (tmp_path / "again").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "var"]


def test_from_a_server_to_a_file(
    installation: Installation, database: Make, tmp_path: Path
) -> None:
    source = database()
    house = filled(installation, source)
    house.run("backup", str(tmp_path / "b"))
    again = replace(installation, place=tmp_path / "again")
    again.run("restore", str(tmp_path / "b"), "--into", str(again.place))
    assert not (again.place / "tables").exists()
    with closing(sqlite3.connect(again.place / "fenghuo.sqlite3")) as records:
        found = records.execute("SELECT label, error, failed_at FROM jobs_roomfailure").fetchall()
        sessions = records.execute("SELECT COUNT(*) FROM django_session").fetchone()
    assert found == [("号 \t\\", "e\n", "2025-06-01 17:00:00")] * 500
    assert sessions == (0,)
    again.run("status")
