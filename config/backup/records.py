"""The records as they were at one moment, while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from config.backup import DATABASE, LEFT_OUT, TABLES, Table


@dataclass(frozen=True)
class Part:
    """A file with rows, to be taken before the next is asked for."""

    name: str
    file: Path
    tables: dict[str, Table]


def parts(workspace: Path) -> Iterator[Part]:
    """All records, in files under `workspace`, all of the same moment."""
    yield from _sqlite(workspace) if connection.vendor == "sqlite" else _postgresql(workspace)


def migrations() -> list[str]:
    """Those that have been applied, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def counted(database: Path) -> dict[str, Table]:
    """The tables of an SQLite file and their rows. Raises sqlite3.DatabaseError where it is none,
    or is damaged."""
    with closing(sqlite3.connect(database)) as records:
        ((said,),) = records.execute("PRAGMA quick_check(1)").fetchall()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        return {name: Table(rows=_rows(records, name)) for name in _tables(records)}


def _sqlite(workspace: Path) -> Iterator[Part]:
    copied = workspace / DATABASE
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=30)) as live,
        closing(sqlite3.connect(copied)) as copy,
    ):
        # In one step: a read transaction of its own, beside which writers go on (WAL).
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        for table in LEFT_OUT & set(_tables(copy)):
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of ours
        copy.commit()
    yield Part(DATABASE, copied, counted(copied))


def _tables(records: sqlite3.Connection) -> list[str]:
    named = records.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    )
    return sorted(name for (name,) in named)


def _rows(records: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(records.execute(f'SELECT COUNT(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - quoted


def _postgresql(workspace: Path) -> Iterator[Part]:
    with transaction.atomic(), connection.cursor() as cursor:
        # One snapshot for all tables, however long the copying takes.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in portable_tables():
            yield _copied(cursor, table, workspace / f"{table}.copy")


def portable_tables() -> list[str]:
    """Of a PostgreSQL those that are copied. What was migrated, the target finds out by itself."""
    return sorted(set(django_tables()) - LEFT_OUT)


def django_tables() -> list[str]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(found)


def columns(cursor: Any, table: str) -> list[str]:
    described = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described]


def _copied(cursor: Any, table: str, file: Path) -> Part:
    names = columns(cursor, table)
    wanted = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
        listed(names), sql.Identifier(table)
    )
    with file.open("wb") as out, cursor.copy(wanted) as rows:
        for piece in rows:
            out.write(piece)
    return Part(f"{TABLES}/{file.name}", file, {table: Table(rows=cursor.rowcount, columns=names)})


def listed(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
