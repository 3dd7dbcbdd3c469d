"""Making a backup, while the house runs."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from bundles.files import PART
from config.backup import FOLDERS, KEYS, Manifest, Table, WrongTarget, records
from config.backup.archive import Writing
from monitor.accounts.secrets.sealing import keys
from monitor.trail.recording import told


def backup(file: Path, passphrase: str | None, now: datetime, *, with_keys: bool) -> Manifest:
    """Write `file`, whole or not at all; the trail has a line of it before, since it takes away
    what all firms keep to themselves. Raises `WrongTarget` where there is one of that name."""
    beside = file.with_name(file.name + PART)
    with _workspace() as workspace:
        if file.exists():
            raise WrongTarget(f"{file}: is there already")
        told("backup", after={"sealed": passphrase is not None, "with_keys": with_keys})
        try:
            with beside.open("wb") as out:
                beside.chmod(0o600)
                manifest = _written(Writing(out, passphrase), workspace, now, with_keys=with_keys)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        beside.rename(file)
        _keep_name(file.parent)
    return manifest


def _written(archive: Writing, workspace: Path, now: datetime, *, with_keys: bool) -> Manifest:
    tables: dict[str, Table] = {}
    for part in records.parts(workspace):
        archive.add(part.name, part.file)
        part.file.unlink()
        tables |= part.tables
    for name, file in _files():
        archive.add(name, file)
    if with_keys:
        archive.add_text(f"{KEYS}/secret-key", settings.SECRET_KEY)
        archive.add_text(f"{KEYS}/encryption-keys", "".join(f"{key}\n" for key in keys()))
    manifest = Manifest(
        version=version("fenghuo"),
        made_at=now,
        engine=connection.vendor,
        migrations=records.migrations(),
        tables=tables,
        members=dict(archive.members),
    )
    archive.finish(manifest)
    return manifest


def _files() -> Iterator[tuple[str, Path]]:
    """Every file that cannot be made anew, with its name in the archive. Of bundles only those that
    are complete."""
    for folder in FOLDERS:
        root: Path = settings.VAR / folder
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not any(part.endswith(PART) for part in inside.parts):
                yield f"{folder}/{inside.as_posix()}", path


@contextmanager
def _workspace() -> Iterator[Path]:
    """A folder where the records wait to be packed: under FENGHUO_VAR, because they are open there
    already, and not where the backup goes. What a killed backup left in it is thrown away.

    Raises `WrongTarget` while another backup has it.
    """
    place: Path = settings.VAR / "backup"
    place.mkdir(mode=0o700, exist_ok=True)
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongTarget("another backup is being made: wait for its end") from None
        workspace = place / "records"
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir(mode=0o700)
        try:
            yield workspace
        finally:
            shutil.rmtree(workspace)


def _keep_name(folder: Path) -> None:
    """A renamed file survives a loss of power once its folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
