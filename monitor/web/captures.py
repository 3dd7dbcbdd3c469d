"""Stored captures: the bytes as they were fetched, out of the bundle's WARC file (ISO 28500).

What the record holds is given out only where it is what the row says: its length and its SHA-256.
"""

import hashlib
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from monitor.notices.models import Capture

CHUNK = 1 << 16
IN_MEMORY = 1 << 20
"""Bytes of a capture that are held in memory; a larger one goes through a temporary file."""

OPAQUE = "application/octet-stream"
HARMLESS = {
    "application/json": ".json",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/gzip": ".gz",
    "application/zip": ".zip",
}
"""Types that no browser takes for a page; everything else is said to be `OPAQUE`."""
SUFFIXES = frozenset(
    ".atom .csv .gz .htm .html .json .jsonl .pdf .rss .txt .xls .xlsx .xml .yaml .zip".split()
)
PACKED = {"gzip": ".gz", "x-gzip": ".gz", "br": ".br", "deflate": ".zz", "zstd": ".zst"}


class CaptureMissing(Exception):
    """The file is not there, or its name leads out of the bundles' folder."""


class CaptureDamaged(Exception):
    """The file does not hold at this place what the row says."""


@dataclass(frozen=True)
class Stored:
    """The bytes, open at their beginning; a name and a type under which they do no harm."""

    stream: IO[bytes]
    name: str
    content_type: str


def stored(capture: Capture) -> Stored:
    """Raises `CaptureMissing` and `CaptureDamaged`; both name the file."""
    path = _path(capture.warc)
    try:
        with path.open("rb") as file:
            record = _record(file, capture.offset)
            name, kind = _named(record, capture)
            return Stored(_checked(record, capture, path), name, kind)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CaptureMissing(f"There is no file {path}.") from error
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error) as error:
        raise CaptureDamaged(f"{path} cannot be read at {capture.offset}: {error}") from error


def _record(file: IO[bytes], offset: int) -> ArcWarcRecord:
    """Raises ArchiveLoadFailed where no record begins there, or a torn one."""
    file.seek(offset)
    try:
        return next(iter(ArchiveIterator(file)))
    except StopIteration as error:
        raise ArchiveLoadFailed("the file ends before it") from error
    except (AttributeError, TypeError) as error:  # warcio misses headers that were torn off
        raise ArchiveLoadFailed("the record's headers are torn") from error


def _path(name: str) -> Path:
    """Where the file is to be. Names stand in the database, where others may have put them."""
    root = Path(settings.FENGHUO_BUNDLES).resolve()
    try:
        path = (root / name).resolve()
    except (ValueError, OSError) as error:
        raise CaptureMissing(f"{name!r} is no name of a file: {error}") from error
    if not path.is_relative_to(root) or path == root:
        raise CaptureMissing(f"{name!r} leads out of {root}.")
    return path


def _checked(record: ArcWarcRecord, capture: Capture, path: Path) -> IO[bytes]:
    digest, length = hashlib.sha256(), 0
    with ExitStack() as undoing:
        copy = undoing.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
        for chunk in _chunks(record, capture.length):
            digest.update(chunk)
            length += len(chunk)
            copy.write(chunk)
        if (length, digest.hexdigest()) != (capture.length, capture.sha256):
            raise CaptureDamaged(
                f"{path} at {capture.offset} holds other bytes than capture {capture.pk} is of:"
                f" SHA-256 {digest.hexdigest()} over {length} bytes,"
                f" not {capture.sha256} over {capture.length}."
            )
        copy.seek(0)
        undoing.pop_all()
    return copy


def _chunks(record: ArcWarcRecord, length: int) -> Iterator[bytes]:
    """Up to one byte more than there should be: a record that is longer is another one."""
    left = length + 1
    while left > 0 and (chunk := record.raw_stream.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _named(record: ArcWarcRecord, capture: Capture) -> tuple[str, str]:
    """(name, type). What came packed over the wire is still packed, and is named so."""
    packing = _packing(record)
    given = capture.content_type.partition(";")[0].strip().lower()
    suffix = HARMLESS.get(given) or _suffix(re.split(r"[?#]", capture.url)[0], given)
    source = re.sub(r"[^a-z0-9-]+", "-", capture.bundle.source.lower())
    name = f"{source}-{capture.fetched_at:%Y%m%dT%H%M%SZ}-{capture.sha256[:8]}"
    kind = given if given in HARMLESS and not packing else OPAQUE
    return f"{name}{suffix}{packing}", kind


def _packing(record: ArcWarcRecord) -> str:
    if record.http_headers is None:
        return ""
    given = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    return "" if given in {"", "identity"} else PACKED.get(given, ".packed")


def _suffix(path: str, kind: str) -> str:
    """As the address ends, or as its type is called; `.bin` where neither says anything known."""
    for guess in (PurePosixPath(path).suffix.lower(), f".{kind.rpartition('/')[2]}"):
        if guess in SUFFIXES:
            return guess
    return ".bin"
