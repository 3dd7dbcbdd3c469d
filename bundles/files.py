"""A bundle on disk: one folder that appears whole or not at all.

    <folder>/manifest.json      source, when, counts
    <folder>/items.jsonl        one NoticeItem a line
    <folder>/rejected.jsonl     one RejectedRow a line
    <folder>/captures.jsonl     one CaptureRecord a line
    <folder>/captures.warc.gz   the responses as fetched (ISO 28500)

It is written under a name that ends in `.part` and renamed when complete: a crawler that dies
leaves nothing that looks like a bundle.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeVar
from uuid import uuid4

from pydantic import BaseModel

from bundles.items import Line, NoticeItem, Record, RejectedRow, SourceId

PART = ".part"
R = TypeVar("R", bound=BaseModel)


class CaptureRecord(Record):
    """One response as fetched; `offset` is that of its record in `captures.warc.gz`."""

    url: Line
    fetched_at: datetime
    status: int
    sha256: Line
    content_type: str
    length: int
    offset: int


How = Literal["crawl", "backfill"]


class Manifest(Record):
    source: SourceId
    how: How
    """Whether the publisher was asked, or stored responses were read."""
    started_at: datetime
    finished_at: datetime
    items: int
    rejected: int
    captures: int


class BundleWriter:
    """Writes one bundle under `root`; as a context manager it publishes it on a clean exit only.

    An exception inside the block leaves the `.part` folder for inspection, unpublished.
    """

    def __init__(self, root: Path, source: str, started_at: datetime, how: How = "crawl") -> None:
        self.source = source
        self.how = how
        self.started_at = started_at
        self.name = f"{source}-{started_at:%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        self.folder = root / (self.name + PART)
        self.folder.mkdir(parents=True)
        self._streams = {name: self._open(name) for name in ("items", "rejected", "captures")}
        self._counts = dict.fromkeys(self._streams, 0)

    def _open(self, name: str) -> IO[str]:
        return (self.folder / f"{name}.jsonl").open("w", encoding="utf-8")

    @property
    def warc(self) -> Path:
        return self.folder / "captures.warc.gz"

    def item(self, item: NoticeItem) -> None:
        self._write("items", item)

    def reject(self, row: RejectedRow) -> None:
        self._write("rejected", row)

    def capture(self, record: CaptureRecord) -> None:
        self._write("captures", record)

    def _write(self, name: str, record: BaseModel) -> None:
        self._streams[name].write(record.model_dump_json() + "\n")
        self._counts[name] += 1

    def publish(self, finished_at: datetime) -> Path:
        """Flush everything to disk, then make the bundle appear under its final name."""
        for stream in self._streams.values():
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
        manifest = Manifest(
            source=self.source,
            how=self.how,
            started_at=self.started_at,
            finished_at=finished_at,
            items=self._counts["items"],
            rejected=self._counts["rejected"],
            captures=self._counts["captures"],
        )
        (self.folder / "manifest.json").write_text(manifest.model_dump_json(indent=1))
        return self.folder.rename(self.folder.with_name(self.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for stream in self._streams.values():
            stream.close()


def waiting(root: Path) -> list[Path]:
    """The published bundles under `root`, oldest first."""
    if not root.is_dir():
        return []
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.endswith(PART))


def manifest(folder: Path) -> Manifest:
    return Manifest.model_validate_json((folder / "manifest.json").read_text(encoding="utf-8"))


def items(folder: Path, skip: int = 0) -> Iterator[NoticeItem]:
    return _read(folder / "items.jsonl", NoticeItem, skip)


def rejected(folder: Path) -> Iterator[RejectedRow]:
    return _read(folder / "rejected.jsonl", RejectedRow)


def captures(folder: Path) -> Iterator[CaptureRecord]:
    return _read(folder / "captures.jsonl", CaptureRecord)


def _read(path: Path, record: type[R], skip: int = 0) -> Iterator[R]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if number > skip:
                yield record.model_validate(json.loads(line))
