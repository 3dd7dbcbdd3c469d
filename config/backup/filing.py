"""The records of a PostgreSQL's backup into a new SQLite."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Field

from config.backup import TABLES, Manifest, WrongArchive, records
from config.backup.fitting import expect, refuse_other_version, wanted

BATCH = 5_000
NOTHING = "\\N"
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
"""What stands behind a backslash in the text that COPY writes; of others the letter itself."""


def file(folder: Path, manifest: Manifest) -> None:
    """Into the SQLite of Django's settings, which is not there yet. Raises `WrongArchive` where the
    rows are not for this version, or not as COPY writes them."""
    call_command("migrate", verbosity=0)
    refuse_other_version(manifest)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in records.django_tables():
            # What the migrations put in comes with the archive too.
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of ours
        for table in wanted(manifest):
            _fill(cursor, table, folder, manifest)
        connection.check_constraints()
    connection.close()


def _fill(cursor: Any, table: str, folder: Path, manifest: Manifest) -> None:
    columns = manifest.tables[table].columns
    if set(columns) != set(records.columns(cursor, table)):
        raise WrongArchive(f"table {table}: its columns are others")
    named, places = ", ".join(f'"{c}"' for c in columns), ", ".join(["%s"] * len(columns))
    into = f'INSERT INTO "{table}" ({named}) VALUES ({places})'  # noqa: S608 - names of ours
    count, batch = 0, []
    for row in _rows(folder / TABLES / f"{table}.copy", table, columns):
        batch.append(row)
        if len(batch) == BATCH:
            cursor.executemany(into, batch)
            count, batch = count + len(batch), []
    if batch:
        cursor.executemany(into, batch)
    expect(count + len(batch), table, manifest)


def _rows(copied: Path, table: str, columns: list[str]) -> Iterator[list[Any]]:
    forms = [_form(field) for field in _fields(table, columns)]
    with copied.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            cells = line.removesuffix("\n").split("\t")
            try:
                yield [_cell(text, form) for text, form in zip(cells, forms, strict=True)]
            except ValueError as error:
                raise WrongArchive(f"table {table}, row {number}: {error}") from error


def _cell(text: str, form: Callable[[str], Any]) -> Any:
    return None if text == NOTHING else form(_unescaped(text))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)


def _fields(table: str, columns: list[str]) -> "list[Field[Any, Any]]":
    models = apps.get_models(include_auto_created=True)
    model = next(model for model in models if model._meta.db_table == table)  # noqa: SLF001 - documented
    by_column = {field.column: field for field in model._meta.concrete_fields}  # noqa: SLF001
    return [by_column[column] for column in columns]


def _form(field: "Field[Any, Any]") -> Callable[[str], Any]:
    """What Django would keep in SQLite of what PostgreSQL writes; numbers SQLite makes itself."""
    if field.is_relation:
        return _form(field.target_field)  # type: ignore[attr-defined] # of a foreign key
    return _FORMS.get(field.get_internal_type(), str)


def _moment(text: str) -> str:
    """The backup was written in UTC, and says so; Django's SQLite means it and does not say so."""
    return str(datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None))


_FORMS: dict[str, Callable[[str], Any]] = {
    "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
    "BooleanField": lambda text: text == "t",
    "DateTimeField": _moment,
    "UUIDField": lambda text: UUID(text).hex,
}
