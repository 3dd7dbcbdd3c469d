"""The bytes of documents: on disk by their fingerprint, whole or not at all, each once.

    <uploads>/<xx>/<sha256>     a file; xx: the first two letters of its fingerprint
    <uploads>/<name>.part       one that is on its way in

A file is written beside, brought to the disk and renamed; only then a row names it. Whoever dies
on the way leaves a part or a file that no row names: `sweep` throws both away after a day. Between
a file and its row stands a lock that a sweep waits for, so that it never takes for an orphan what
is about to be named.
"""

import fcntl
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from monitor.cases.models import Version

PART = ".part"
CHUNK = 1 << 18
ORPHANED = timedelta(days=1)
"""Younger ones may be on their way."""
_FINGERPRINT = re.compile("[0-9a-f]{64}")


class FileMissing(Exception):
    """No file is where the row says."""


class FileDamaged(Exception):
    """The file holds other bytes than the row says."""


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    """Bytes."""


class Part:
    """Bytes on their way in. `kept` gives them their place; whoever does not want them discards
    them, which does nothing once they have it."""

    def __init__(self) -> None:
        root = _root()
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = root / f"{uuid4().hex}{PART}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._file: BinaryIO = os.fdopen(os.open(self.path, flags, 0o600), "wb")
        self._sum = hashlib.sha256()
        self.size = 0

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._sum.update(chunk)
        self.size += len(chunk)

    def finish(self) -> Stored:
        """On the disk, under its own name still."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return Stored(self._sum.hexdigest(), self.size)

    def close(self) -> None:
        self._file.close()

    def discard(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def kept(part: Part) -> Iterator[Stored]:
    """The bytes have their place; within, the row that names them is written and committed."""
    stored = part.finish()
    with _locked(fcntl.LOCK_SH):
        path = path_of(stored.sha256)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part.path.replace(path)  # over the same bytes, if they are there already
        for folder in (path.parent, path.parent.parent):
            _keep_names(folder)
        yield stored


def path_of(sha256: str) -> Path:
    """Raises `FileMissing` where it is no fingerprint: rows may have been written by others."""
    if not _FINGERPRINT.fullmatch(sha256):
        raise FileMissing(f"{sha256!r} is no fingerprint")
    return _root() / sha256[:2] / sha256


def opened_file(version: Version) -> BinaryIO:
    """Raises `FileMissing`, and `FileDamaged` where its length is another."""
    path = path_of(version.sha256)
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise FileMissing(f"There is no file {path}.") from error
    length = os.fstat(file.fileno()).st_size
    if length != version.size:
        file.close()
        raise FileDamaged(f"{path} is {length} bytes long, not {version.size}.")
    return file


def checked(file: BinaryIO, version: Version) -> Iterator[bytes]:
    """The bytes, piece by piece; the last is given out only when all of them are what was filed,
    so that whoever receives them never holds a whole file of other bytes.

    Raises `FileDamaged` instead of it.
    """
    held, found = b"", hashlib.sha256()
    with file:
        while chunk := file.read(CHUNK):
            if held:
                yield held
            found.update(chunk)
            held = chunk
    if found.hexdigest() != version.sha256:
        raise FileDamaged(f"{path_of(version.sha256)} holds other bytes than its name says.")
    yield held


def sweep(now: datetime) -> Counter[str]:
    """Throw away what has been there for a day and is no row's. Counts `uploads`, those that were
    cut off, and `orphans`, files that no row names."""
    old = (now - ORPHANED).timestamp()
    swept: Counter[str] = Counter()
    for part in _root().glob(f"*{PART}"):
        if _is_older(part, old):
            part.unlink(missing_ok=True)
            swept["uploads"] += 1
    for path in _unnamed(old):
        with _locked(fcntl.LOCK_EX):
            if path.name not in _named([path.name]) and _is_older(path, old):
                path.unlink()
                swept["orphans"] += 1
    return swept


def _unnamed(old: float) -> list[Path]:
    files = (path for path in _root().glob("??/*") if _is_older(path, old))
    found = []
    while batch := list(islice(files, 500)):
        named = _named(path.name for path in batch)
        found += [path for path in batch if path.name not in named]
    return found


def _is_older(path: Path, old: float) -> bool:
    """No, where it has got another name meanwhile, or none."""
    try:
        return path.stat().st_mtime < old
    except FileNotFoundError:
        return False


def _named(names: Iterable[str]) -> set[str]:
    rows = Version.objects.filter(sha256__in=list(names)).order_by()
    return set(rows.values_list("sha256", flat=True))


def _root() -> Path:
    return Path(settings.FENGHUO_UPLOADS)


@contextmanager
def _locked(how: int) -> Iterator[None]:
    """Several may name files at a time, but none while one sweeps; the dead let go."""
    with _root().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, how)
        yield


def _keep_names(folder: Path) -> None:
    """A renamed file survives a loss of power once its folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
