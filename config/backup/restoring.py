"""From a backup to an installation that was not there before."""

import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from bundles.files import PART
from config.backup import (
    DATABASE,
    KEYS,
    RESTORED,
    SQLITE,
    TABLES,
    Manifest,
    Restored,
    WrongArchive,
    WrongTarget,
    archive,
)


def restore(file: Path, into: Path, passphrase: str | None, now: datetime) -> Manifest:
    """Make the folder `into`, whole or not at all, and fill the PostgreSQL of `DATABASE_URL` if
    there is one; else the records are an SQLite in the folder, wherever they came from. Everything
    is checked before anything is written. The first command that is given to the installation says
    in its trail that it was restored.

    The records of a PostgreSQL are committed before the folder has its name: stopped between the
    two, both have to be emptied before it is tried again.

    Raises `WrongArchive`, and `WrongTarget` where folder or database hold something already.
    """
    beside = into.with_name(into.name + PART)
    _refuse_full(into, beside)
    manifest = archive.verified(file, passphrase)
    _refuse_small(into, manifest)
    beside.mkdir(mode=0o700)
    try:
        archive.unpack(file, passphrase, manifest, beside)
        _arrange(beside)
        _say_restored(beside, manifest, now)
        _records(beside, manifest)
        # Renamed before its files are on the disk, it would be empty after a loss of power.
        os.sync()
    except BaseException:
        shutil.rmtree(beside)
        raise
    beside.rename(into)  # an empty folder is in nobody's way
    os.sync()
    return manifest


def _refuse_full(into: Path, beside: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise WrongTarget(f"{into}: holds something already; name a folder that does not exist")
    if beside.exists():
        raise WrongTarget(f"{beside}: was left by a restore that was stopped; remove it")
    if not into.parent.is_dir():
        raise WrongTarget(f"{into.parent}: is no folder")


def _refuse_small(into: Path, manifest: Manifest) -> None:
    wanted = sum(member.size for member in manifest.members.values())
    free = shutil.disk_usage(into.parent).free
    if wanted > free:
        raise WrongTarget(f"{into}: {wanted:,} bytes are needed, {free:,} are free")


def _arrange(folder: Path) -> None:
    """As an installation has them under FENGHUO_VAR."""
    if (folder / DATABASE).exists():
        (folder / DATABASE).rename(folder / SQLITE)
    for key in (folder / KEYS).glob("*"):
        key.rename(folder / key.name)
    if (folder / KEYS).exists():
        (folder / KEYS).rmdir()


def _say_restored(folder: Path, manifest: Manifest, now: datetime) -> None:
    of = Restored(version=manifest.version, made_at=manifest.made_at, restored_at=now)
    (folder / RESTORED).write_text(of.model_dump_json(), encoding="utf-8")


def _records(folder: Path, manifest: Manifest) -> None:
    """Into PostgreSQL, from one into SQLite, or checked where they lie."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        _django_in(folder)
        from config.backup import loading  # noqa: PLC0415

        loading.load(folder, manifest)
    elif manifest.engine == "postgresql":
        _django_in(folder)
        from config.backup import filing  # noqa: PLC0415

        filing.file(folder, manifest)
    else:
        _check_sqlite(folder / SQLITE, manifest)
    shutil.rmtree(folder / TABLES, ignore_errors=True)


def _django_in(folder: Path) -> None:
    """Django's settings make what is missing in this folder."""
    os.environ["FENGHUO_VAR"] = str(folder)
    from config.cli import django  # noqa: PLC0415 - records that are only checked need no Django

    django()


def _check_sqlite(database: Path, manifest: Manifest) -> None:
    from config.backup.records import counted  # noqa: PLC0415

    try:
        found = counted(database)
    except sqlite3.DatabaseError as error:
        raise WrongArchive(f"{DATABASE}: {error}") from error
    for table in found.keys() | manifest.tables.keys():
        if found.get(table) != manifest.tables.get(table):
            raise WrongArchive(f"{DATABASE}: table {table} has not the rows that were backed up")
