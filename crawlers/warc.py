"""Captures: the responses as fetched, in a WARC file (ISO 28500), each in a gzip member of its own.

`sha256` is that of the payload as it came over the wire: still compressed, where the publisher
compressed it (the record's `Content-Encoding` says so). Keys that we sent are withheld.
"""

import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import responses
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bundles.files import CaptureRecord

Headers = list[tuple[str, str]]

SECRET = re.compile(r"authorization|cookie|-key$", re.IGNORECASE)
WITHHELD = "(withheld)"
FRAMING = {"transfer-encoding"}
"""Said of the wire, not of the payload, which is stored unframed."""
CHUNK = 1 << 16
TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Exchange:
    """One request and its response."""

    url: str
    method: str
    asked: Headers
    status: int
    answered: Headers
    body: bytes
    fetched_at: datetime


class Captures:
    """Appends exchanges to a WARC file; each is in the file, whole, when `add` returns.

    As a context manager it brings everything to the disk at the end.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")

    def add(self, it: Exchange) -> CaptureRecord:
        digest = hashlib.sha256(it.body).hexdigest()
        offset = self._stream.tell()
        self._writer.write_request_response_pair(
            self._request(it), self._response(it, digest), params=None
        )
        self._stream.flush()
        return CaptureRecord(
            url=it.url,
            fetched_at=it.fetched_at,
            status=it.status,
            sha256=digest,
            content_type=_header(it.answered, "content-type"),
            length=len(it.body),
            offset=offset,
        )

    def add_file(self, path: Path, at: datetime) -> CaptureRecord:
        """A stored file, as a `resource` record: nobody knows any more how it was fetched."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            offset, length = self._stream.tell(), path.stat().st_size
            kind = "application/gzip" if is_gzip(stream) else "application/octet-stream"
            self._writer.write_record(
                self._writer.create_warc_record(
                    f"file:{path.name}",
                    "resource",
                    payload=stream,
                    length=length,
                    warc_content_type=kind,
                    warc_headers_dict=_about(at, digest),
                )
            )
        return CaptureRecord(
            url=f"file:{path.name}",
            fetched_at=at,
            status=HTTPStatus.OK,
            sha256=digest,
            content_type=kind,
            length=length,
            offset=offset,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def _response(self, it: Exchange, digest: str) -> ArcWarcRecord:
        phrase = responses.get(it.status, "")
        kept = [(name, value) for name, value in it.answered if name.lower() not in FRAMING]
        return self._writer.create_warc_record(
            it.url,
            "response",
            payload=BytesIO(it.body),
            length=len(it.body),
            http_headers=StatusAndHeaders(f"{it.status} {phrase}", kept, protocol="HTTP/1.1"),
            warc_headers_dict=_about(it.fetched_at, digest),
        )

    def _request(self, it: Exchange) -> ArcWarcRecord:
        parts = urlsplit(it.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [(n, WITHHELD if SECRET.search(n) else v) for n, v in it.asked]
        line = StatusAndHeaders(
            f"{it.method} {target} HTTP/1.1",
            [("Host", parts.netloc), *headers],
            is_http_request=True,
        )
        return self._writer.create_warc_record(it.url, "request", http_headers=line)


def _about(at: datetime, digest: str) -> dict[str, str]:
    return {
        "WARC-Date": at.astimezone(UTC).strftime(TIME),
        "WARC-Payload-Digest": f"sha256:{digest}",
    }


def _header(headers: Headers, name: str) -> str:
    return next((value for n, value in headers if n.lower() == name), "")


def is_gzip(stream: BinaryIO) -> bool:
    """Whether the file begins like gzip (RFC 1952); the position stays."""
    start = stream.read(2)
    stream.seek(-len(start), os.SEEK_CUR)
    return start == b"\x1f\x8b"


def exchanges(path: Path) -> Iterator[Exchange]:
    """The responses in a WARC file that are whole; a torn end, left by a crash, ends it.

    The headers of the request are not given back.
    """
    with path.open("rb") as stream:
        for member in _members(stream):
            for record in ArchiveIterator(BytesIO(member)):
                if record.rec_type == "response" and (it := _exchange(record)):
                    yield it


def _members(stream: BinaryIO) -> Iterator[bytes]:
    """The gzip members that are whole: a record each."""
    unpacker, parts = zlib.decompressobj(wbits=31), list[bytes]()
    rest = stream.read(CHUNK)
    while rest:
        try:
            parts.append(unpacker.decompress(rest))
        except zlib.error:  # what a crash of the machine leaves may be anything
            return
        rest = unpacker.unused_data or stream.read(CHUNK)
        if unpacker.eof:
            yield b"".join(parts)
            unpacker, parts = zlib.decompressobj(wbits=31), []


def _exchange(record: ArcWarcRecord) -> Exchange | None:
    body = record.raw_stream.read()
    about = record.rec_headers
    if about.get_header("WARC-Payload-Digest") != f"sha256:{hashlib.sha256(body).hexdigest()}":
        return None
    return Exchange(
        url=about.get_header("WARC-Target-URI"),
        method="GET",
        asked=[],
        status=int(record.http_headers.get_statuscode()),
        answered=list(record.http_headers.headers),
        body=body,
        fetched_at=datetime.strptime(about.get_header("WARC-Date"), TIME).replace(tzinfo=UTC),
    )


def read_at(path: Path, offset: int) -> bytes:
    """The payload of the record that begins at `offset`, as it came over the wire."""
    with path.open("rb") as stream:
        stream.seek(offset)
        body: bytes = next(iter(ArchiveIterator(stream))).raw_stream.read()
        return body
