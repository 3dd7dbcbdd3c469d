"""What somebody can do who holds the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_triggers() -> Iterator[None]:
    """Lines of the trail can be changed and deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What is deferred stands in the way of changing the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
            yield
            cursor.execute("ALTER TABLE trail_entry ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        mine = "type = 'trigger' AND tbl_name = 'trail_entry'"
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE {mine}")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def meddle(sql: str, *parameters: object) -> None:
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
