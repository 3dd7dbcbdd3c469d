"""A copy of the installation in one file, and the way back.

The file is a tar, packed with Zstandard and, if asked, sealed with a passphrase (`sealing`):

    database.sqlite3            the records, of an SQLite
    tables/<table>.copy         the records, of a PostgreSQL, as its COPY writes them
    bundles/… uploads/… crawl/… files under FENGHUO_VAR
    keys/…                      only if asked: what unseals the secrets among the records
    manifest.json               last: version, rows of every table, SHA-256 of every file

The records are as they were at one moment, however much is written meanwhile. Files come after
them, so that nothing that a record names is missing. The search index is not in it: it is made
anew. Sessions are not either: whoever was signed in signs in again.
"""

from typing import Literal

from pydantic import AwareDatetime, Field

from bundles.items import Record

DATABASE, MANIFEST = "database.sqlite3", "manifest.json"
TABLES, KEYS = "tables", "keys"
SQLITE = "fenghuo.sqlite3"
"""The records as an installation has them under FENGHUO_VAR."""
FOLDERS = ("bundles", "uploads", "crawl")
"""Of FENGHUO_VAR, those that cannot be made anew."""
LEFT_OUT = frozenset({"django_session", "accounts_session"})
"""Tables with what lets somebody in by itself."""
RESTORED = "restored.json"
"""Under FENGHUO_VAR, from a restore until the trail has a line of it: of which backup."""


class WrongArchive(Exception):
    """The file is no backup, or not as it was made. Says what is wrong, and where."""


class WrongTarget(Exception):
    """Where it is to go holds something already, or is of another kind."""


class Member(Record):
    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Table(Record):
    rows: int = Field(ge=0)
    columns: list[str] = []
    """Of a PostgreSQL: those that its file holds, in their order."""


class Restored(Record):
    version: str
    made_at: AwareDatetime
    restored_at: AwareDatetime


class Manifest(Record):
    format: Literal[1] = 1
    version: str
    made_at: AwareDatetime
    engine: Literal["sqlite", "postgresql"]
    migrations: list[str]
    """Those that had been applied, as `app.name`."""
    tables: dict[str, Table]
    members: dict[str, Member]
