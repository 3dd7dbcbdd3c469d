"""Stored responses of a source: read like fetched ones, and bundled for the read room."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from bundles.files import BundleWriter
from bundles.items import NoticeItem, RejectedRow
from crawlers import recorded
from crawlers.parsing import PARSERS
from crawlers.warc import Captures, is_gzip

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class _Lent(RawIOBase):
    """A stream that its reader may close, or forget, while its owner closes it in the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = stream.readinto  # type: ignore[attr-defined] # every binary file has it

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        count: int | None = self._read(buffer)
        return count


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as stream, ExitStack() as unpacking:
        plain = unpacking.enter_context(gzip.open(stream)) if is_gzip(stream) else stream
        yield BufferedReader(_Lent(cast("BinaryIO", plain)), 1 << 17)


def read_file(source: str, path: Path) -> Iterator[NoticeItem | RejectedRow]:
    """The rows of a stored response, packed with gzip or not, or of recorded exchanges (.yaml).

    A row that cannot be read is given as `RejectedRow`, and so is the end of a torn file. Raises
    `KeyError` for a source without a parser and `OSError` where the file cannot be opened.
    """
    parser = PARSERS[source]
    if path.suffix in recorded.SUFFIXES:
        yield from _read_recorded(source, path)
        return
    with _opened(path) as stream:
        try:
            yield from parser(stream, path.name)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield RejectedRow(
                source=source, place=path.name, reason=f"the file is torn: {error}", raw=""
            )


def _read_recorded(source: str, path: Path) -> Iterator[NoticeItem | RejectedRow]:
    try:
        for number, body in enumerate(recorded.answers(path), 1):
            yield from PARSERS[source](BytesIO(body), f"{path.name}#{number}")
    except ValueError as error:
        yield RejectedRow(source=source, place=path.name, reason=str(error), raw="")


def bundle_file(
    source: str,
    path: Path,
    root: Path,
    now: datetime,
    *,
    sample: bool = False,
    until: date | None = None,
) -> Path:
    """Write the bundle of a stored response under `root`; returns its folder.

    With `sample` its notices are marked as invented; what was published after `until` is left
    out. Raises as `read_file` does.
    """
    writer = BundleWriter(root, source, now, "backfill")
    with writer:
        with Captures(writer.warc) as captures:
            record = captures.add_file(path, now)
        writer.capture(record)
        marks = {"capture": record.sha256, "sample": sample}
        for row in read_file(source, path):
            if isinstance(row, NoticeItem):
                if until is not None and row.published > until:
                    continue
                writer.item(row.model_copy(update=marks))
            else:
                writer.reject(row)
        return writer.publish(now)
