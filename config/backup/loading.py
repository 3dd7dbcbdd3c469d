"""The records of a backup into an empty PostgreSQL, in one transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg import sql

from config.backup import SQLITE, TABLES, Manifest, WrongArchive, WrongTarget, records
from config.backup.fitting import expect, refuse_other_version, wanted

PIECE = 1 << 20


def load(folder: Path, manifest: Manifest) -> None:
    """Raises `WrongTarget` where the database holds a table already, `WrongArchive` where the rows
    are not for this version."""
    if connection.introspection.table_names():
        raise WrongTarget("the database of DATABASE_URL is not empty: name one that is")
    with transaction.atomic(), connection.cursor() as cursor:
        call_command("migrate", verbosity=0)
        refuse_other_version(manifest)
        _clear(cursor)
        load_one = _from_copy if manifest.engine == "postgresql" else _from_sqlite
        for table in wanted(manifest):
            load_one(cursor, table, folder, manifest)
        _number_on(cursor)
    (folder / SQLITE).unlink(missing_ok=True)


def _clear(cursor: Any) -> None:
    """What the migrations put in comes with the archive too. Nothing refers to rows that are not
    there until all are: constraints are asked at the end."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tables = sql.SQL(", ").join(map(sql.Identifier, records.django_tables()))
    cursor.execute(sql.SQL("TRUNCATE {}").format(tables))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _from_copy(cursor: Any, table: str, folder: Path, manifest: Manifest) -> None:
    told = manifest.tables[table]
    if set(told.columns) != set(records.columns(cursor, table)):
        raise WrongArchive(f"table {table}: its columns are others")
    file = folder / TABLES / f"{table}.copy"
    with file.open("rb") as rows, cursor.copy(_into(table, told.columns)) as target:
        while piece := rows.read(PIECE):
            target.write(piece)
    expect(cursor.rowcount, table, manifest)


def _from_sqlite(cursor: Any, table: str, folder: Path, manifest: Manifest) -> None:
    columns = records.columns(cursor, table)
    forms = [_FORMS.get(kind, _as_it_is) for kind in _kinds(cursor, table, columns)]
    with (
        closing(sqlite3.connect(folder / SQLITE)) as source,
        cursor.copy(_into(table, columns)) as target,
    ):
        for row in _sqlite_rows(source, table, columns):
            target.write_row(
                [None if v is None else form(v) for v, form in zip(row, forms, strict=True)]
            )
    expect(cursor.rowcount, table, manifest)


def _sqlite_rows(
    source: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[tuple[Any, ...]]:
    named = ", ".join(f'"{column}"' for column in columns)
    try:
        yield from source.execute(f'SELECT {named} FROM "{table}"')  # noqa: S608 - names of ours
    except sqlite3.DatabaseError as error:
        raise WrongArchive(f"table {table}: {error}") from error


def _kinds(cursor: Any, table: str, columns: list[str]) -> list[str]:
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s",
        [table],
    )
    kinds = dict(cursor.fetchall())
    return [kinds[column] for column in columns]


def _as_it_is(value: Any) -> Any:
    return value


def _decimal(value: Any) -> str:
    """SQLite keeps decimals as floats where they are written as such: their shortest digits."""
    return repr(value) if isinstance(value, float) else str(value)


_FORMS: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "numeric": _decimal,
    # Django keeps moments in SQLite as UTC that does not say so.
    "timestamp with time zone": lambda moment: f"{moment}+00",
}


def _into(table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), records.listed(columns))


def _number_on(cursor: Any) -> None:
    """New rows get numbers after those that came."""
    models = apps.get_models(include_auto_created=True)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
