"""The file itself: written as a stream, and read by somebody who trusts nothing in it."""

import hashlib
import io
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from pydantic import ValidationError

from config.backup import DATABASE, FOLDERS, KEYS, MANIFEST, TABLES, Manifest, Member, WrongArchive
from config.backup.sealing import MAGIC, Sealing, Unsealing

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKED = b"\x28\xb5\x2f\xfd"
"""Begins whatever Zstandard packed (RFC 8878)."""
PIECE = 1 << 20
LARGEST_MANIFEST = 64 << 20
MOST_MEMBERS = 5_000_000
LARGEST_RATIO, FREE = 200, 256 << 20
"""What is packed more tightly than this, beyond the first bytes, was made to burst; a database of
notices is packed to a fifth."""

_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 3,
    zstd.CompressionParameter.checksum_flag: 1,
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


class Writing:
    """Takes files and writes them to `out`, packed and, where there is a passphrase, sealed."""

    def __init__(self, out: BinaryIO, passphrase: str | None) -> None:
        self.members: dict[str, Member] = {}
        self._sealing = Sealing(out, passphrase) if passphrase else None
        sink: Any = self._sealing or out
        self._packing = zstd.ZstdFile(sink, "w", options=_OPTIONS)
        self._tar = tarfile.open(fileobj=self._packing, mode="w|", bufsize=PIECE)  # noqa: SIM115 - `finish` closes it

    def add(self, name: str, file: Path) -> None:
        with file.open("rb") as content:
            self._add(name, content, content.seek(0, io.SEEK_END))

    def add_text(self, name: str, text: str) -> None:
        content = text.encode()
        self._add(name, io.BytesIO(content), len(content))

    def finish(self, manifest: Manifest) -> None:
        self.add_text(MANIFEST, manifest.model_dump_json())
        self._tar.close()
        self._packing.close()
        if self._sealing:
            self._sealing.finish()

    def _add(self, name: str, content: BinaryIO, size: int) -> None:
        content.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        digesting = _Digesting(content)
        self._tar.addfile(entry, digesting)
        self.members[name] = Member(size=size, sha256=digesting.digest.hexdigest())


class _Digesting:
    def __init__(self, content: BinaryIO) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


def is_sealed(file: Path) -> bool:
    """Whether a passphrase is needed. Raises `WrongArchive` where it is no backup at all."""
    with file.open("rb") as source:
        start = source.read(max(len(MAGIC), len(PACKED)))
    if start.startswith(MAGIC):
        return True
    if start.startswith(PACKED):
        return False
    raise WrongArchive("is no backup of Fenghuo, or its first bytes were changed")


@contextmanager
def _as_wrong_archive() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, zstd.ZstdError, EOFError) as error:
        raise WrongArchive(f"was changed or cut short: {error}") from error


@_as_wrong_archive()
def verified(file: Path, passphrase: str | None) -> Manifest:
    """Read all of it, and write nothing. Raises `WrongArchive` where anything is not as the
    manifest says, or is nothing that a backup holds."""
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    for name, size, content in _members(file, passphrase):
        if manifest is not None or name in found:
            raise WrongArchive(f"{name}: comes after the manifest, or twice")
        if name == MANIFEST:
            manifest = _manifest(content, size)
        else:
            digest = hashlib.sha256()
            for piece in _pieces(content):
                digest.update(piece)
            found[name] = Member(size=size, sha256=digest.hexdigest())
    if manifest is None:
        raise WrongArchive("has no manifest: it was never finished, or was cut short")
    _compare(found, manifest.members)
    return manifest


@_as_wrong_archive()
def unpack(file: Path, passphrase: str | None, manifest: Manifest, into: Path) -> None:
    """Write every file below `into`. Raises `WrongArchive` where it has changed since it was
    verified."""
    for name, _size, content in _members(file, passphrase):
        if name == MANIFEST:
            continue
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with target.open("xb") as out:
            for piece in _pieces(content):
                digest.update(piece)
                out.write(piece)
        target.chmod(0o600)
        if name not in manifest.members or digest.hexdigest() != manifest.members[name].sha256:
            raise WrongArchive(f"{name}: has changed since it was checked")


def _compare(found: dict[str, Member], told: dict[str, Member]) -> None:
    for name in found.keys() | told.keys():
        if name not in found or name not in told:
            where = "archive" if name in told else "manifest"
            raise WrongArchive(f"{name}: is missing from the {where}")
        if found[name] != told[name]:
            raise WrongArchive(f"{name}: its content is not what was backed up (SHA-256)")
        if within := next((p for p in PurePosixPath(name).parents if str(p) in found), None):
            raise WrongArchive(f"{name}: lies in {within}, which is a file")


def _manifest(content: BinaryIO, size: int) -> Manifest:
    if size > LARGEST_MANIFEST:
        raise WrongArchive(f"{MANIFEST}: {size} bytes are too many")
    try:
        return Manifest.model_validate(json.loads(b"".join(_pieces(content))))
    except (ValueError, ValidationError) as error:
        raise WrongArchive(f"{MANIFEST}: {error}") from error


def _members(file: Path, passphrase: str | None) -> Iterator[tuple[str, int, BinaryIO]]:
    """Name, size and content of each, one after the other, to be read before the next."""
    sealed = is_sealed(file)
    with file.open("rb") as source:
        unsealed: Any = Unsealing(source, passphrase or "") if sealed else source
        with zstd.ZstdFile(unsealed) as unpacked:
            stream = _Forward(unpacked, source)
            with tarfile.open(fileobj=stream, mode="r:") as archive:  # type: ignore[call-overload] # what it asks of a file is there
                for count, entry in enumerate(archive):
                    if count > MOST_MEMBERS:
                        raise WrongArchive(f"holds more than {MOST_MEMBERS} files")
                    yield _name(entry), entry.size, _content(archive, entry)
                    archive.members.clear()  # else it remembers every one
            stream.expect_end()


def _name(entry: tarfile.TarInfo) -> str:
    """Raises `WrongArchive` for whatever no backup holds: links, devices, ways out of it."""
    name = entry.name
    if entry.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
        raise WrongArchive(f"{name!r}: is no plain file")
    first, *rest = parts = name.split("/")
    alone = name in (DATABASE, MANIFEST)
    inside = first in (*FOLDERS, TABLES, KEYS) and rest
    if _CONTROL.search(name) or {"", ".", ".."} & set(parts) or not (alone or inside):
        raise WrongArchive(f"{name!r}: a backup holds no such name")
    return name


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    content = archive.extractfile(entry)
    if content is None:
        raise WrongArchive(f"{entry.name!r}: is no plain file")
    return content  # type: ignore[return-value] # a buffered reader


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    while piece := content.read(PIECE):
        yield piece


class _Forward:
    """What is unpacked, read once from its beginning to its end; a limit on how much comes out."""

    def __init__(self, unpacked: zstd.ZstdFile, packed: BinaryIO) -> None:
        self._unpacked, self._packed, self._at = unpacked, packed, 0

    def tell(self) -> int:
        return self._at

    def seek(self, target: int) -> int:
        while self._at < target and self.read(min(PIECE, target - self._at)):
            pass
        if self._at != target:
            raise WrongArchive(f"was cut short, or leads back to byte {target}")
        return target

    def read(self, size: int = -1) -> bytes:
        """Exactly `size` bytes, fewer only at the end."""
        if not 0 <= size <= PIECE:
            raise WrongArchive(f"a header of {size} bytes at byte {self._at}")
        found = bytearray()
        while len(found) < size and (piece := self._unpacked.read(size - len(found))):
            found += piece
        self._at += len(found)
        if self._at > FREE and self._at > LARGEST_RATIO * self._packed.tell():
            raise WrongArchive(f"more than {LARGEST_RATIO} times its size came out of it: a bomb")
        return bytes(found)

    def expect_end(self) -> None:
        """Only the zeros with which a tar is filled up may follow; reading them checks the sums
        of what was packed and sealed."""
        while piece := self.read(PIECE):
            if any(piece):
                raise WrongArchive(f"something follows its end, before byte {self._at}")
