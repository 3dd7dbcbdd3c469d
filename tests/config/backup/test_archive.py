"""The file: read by somebody who trusts nothing in it."""

import io
import random
import tarfile
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.backup import MANIFEST, Manifest, Member, WrongArchive, archive, restoring
from config.backup.archive import Writing, zstd

MADE = datetime(2025, 6, 2, tzinfo=UTC)
Adds = Callable[[tarfile.TarFile], None]


def manifest(members: dict[str, Member]) -> Manifest:
    return Manifest(
        version="0", made_at=MADE, engine="postgresql", migrations=[], tables={}, members=members
    )


def made(file: Path, passphrase: str | None = None, **texts: str) -> Path:
    """A small backup as the house makes it; names with _ for /."""
    with file.open("wb") as out:
        writing = Writing(out, passphrase)
        for name, text in (texts or {"bundles_a": "alpha", "bundles_b": "beta" * 999}).items():
            writing.add_text(name.replace("_", "/"), text)
        writing.finish(manifest(dict(writing.members)))
    return file


def forged(file: Path, adds: Adds, *, with_manifest: bool = True) -> Path:
    """A tar with whatever somebody puts in, and a manifest that says so."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        adds(tar)
        if with_manifest:
            put(tar, MANIFEST, manifest({}).model_dump_json().encode())
    file.write_bytes(zstd.compress(plain.getvalue()))
    return file


def put(
    tar: tarfile.TarFile, name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE
) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, "/etc/passwd"
    entry.size = len(content) if kind == tarfile.REGTYPE else 0
    tar.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("passphrase", [None, "correct horse battery"])
def test_what_was_written_is_read(tmp_path: Path, passphrase: str | None) -> None:
    file = made(tmp_path / "b", passphrase)
    found = archive.verified(file, passphrase)
    archive.unpack(file, passphrase, found, tmp_path / "into")
    assert {p.name: p.read_text() for p in (tmp_path / "into/bundles").iterdir()} == {
        "a": "alpha",
        "b": "beta" * 999,
    }
    assert archive.is_sealed(file) is bool(passphrase)


def test_any_tool_can_read_one_that_is_not_sealed(tmp_path: Path) -> None:
    plain = zstd.decompress(made(tmp_path / "b").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        assert tar.getnames() == ["bundles/a", "bundles/b", MANIFEST]


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "bundles/../../outside",
        "/etc/cron.d/x",
        "bundles//x",
        "bundles/./x",
        "bundles",
        "bundles\\..\\x",
        "bundles/a\nb",
        "secret-key",
        "elsewhere/x",
        "~/x",
    ],
)
def test_a_name_that_no_backup_holds_is_refused(tmp_path: Path, name: str) -> None:
    file = forged(tmp_path / "b", lambda tar: put(tar, name))
    with pytest.raises(WrongArchive, match="holds no such name"):
        archive.verified(file, None)


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
    ],
)
def test_what_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    file = forged(tmp_path / "b", lambda tar: put(tar, "bundles/x", kind=kind))
    with pytest.raises(WrongArchive, match="'bundles/x': is no plain file"):
        archive.verified(file, None)


def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    file = forged(tmp_path / "b", lambda tar: put(tar, "bundles/x"))
    with pytest.raises(WrongArchive, match="bundles/x: is missing from the manifest"):
        archive.verified(file, None)


def test_one_without_a_manifest_is_refused(tmp_path: Path) -> None:
    file = forged(tmp_path / "b", lambda tar: put(tar, "bundles/x"), with_manifest=False)
    with pytest.raises(WrongArchive, match="no manifest"):
        archive.verified(file, None)


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    def twice(tar: tarfile.TarFile) -> None:
        put(tar, "bundles/x")
        put(tar, "bundles/x", b"y")

    with pytest.raises(WrongArchive, match="twice"):
        archive.verified(forged(tmp_path / "b", twice), None)


def test_a_file_that_lies_in_a_file_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path / "b", bundles_x="1", bundles_x_y="2")
    with pytest.raises(WrongArchive, match="bundles/x/y: lies in bundles/x"):
        archive.verified(file, None)


def test_a_bomb_is_refused_before_it_bursts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FREE", 1 << 20)
    file = forged(tmp_path / "b", lambda tar: put(tar, "bundles/x", bytes(64 << 20)))
    assert file.stat().st_size < 100_000
    with pytest.raises(WrongArchive, match="a bomb"):
        archive.verified(file, None)


def test_a_header_that_wants_all_memory_is_refused(tmp_path: Path) -> None:
    header = tarfile.TarInfo("bundles/x")
    header.type, header.size = tarfile.XHDTYPE, 4 << 30
    file = tmp_path / "b"
    file.write_bytes(zstd.compress(header.tobuf(tarfile.USTAR_FORMAT) + bytes(1 << 20)))
    with pytest.raises(WrongArchive, match="a header of"):
        archive.verified(file, None)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", bytes(100)])
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(WrongArchive, match="no backup of Fenghuo"):
        archive.verified(tmp_path / "b", None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("whole") / "b").read_bytes()


def contents(file: Path, into: Path) -> dict[str, bytes]:
    found = archive.verified(file, None)
    archive.unpack(file, None, found, into)
    return {str(p.relative_to(into)): p.read_bytes() for p in into.rglob("*") if p.is_file()}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_flipped_bit_is_noticed_or_changes_nothing(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flipped")
    changed = bytearray(whole)
    changed[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / "b").write_bytes(changed)
    (folder / "whole").write_bytes(whole)
    try:
        found = contents(folder / "b", folder / "into")
    except WrongArchive:
        return
    assert found == contents(folder / "whole", folder / "other")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_end_that_was_cut_off_is_noticed(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("cut") / "b"
    file.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(WrongArchive):
        archive.verified(file, None)


def test_an_end_cut_off_within_a_large_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(random.Random(0).randbytes(3 << 20))
    with (tmp_path / "b").open("wb") as out:
        writing = Writing(out, None)
        writing.add("bundles/large", tmp_path / "large")
        writing.finish(manifest(dict(writing.members)))
    (tmp_path / "cut").write_bytes((tmp_path / "b").read_bytes()[: 2 << 20])
    with pytest.raises(WrongArchive, match="cut short"):
        archive.verified(tmp_path / "cut", None)


def test_what_follows_the_end_is_refused(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / "b").write_bytes(whole + zstd.compress(b"more"))
    with pytest.raises(WrongArchive, match="follows its end"):
        archive.verified(tmp_path / "b", None)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as out:
        chunk = bytes(range(256)) * 4096
        for number in range(48):
            out.write(chunk[number:] + chunk[:number])
    tracemalloc.start()
    with (tmp_path / "b").open("wb") as out:
        writing = Writing(out, "correct horse battery")
        writing.add("bundles/large", large)
        writing.finish(manifest(dict(writing.members)))
    archive.verified(tmp_path / "b", "correct horse battery")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20


def test_nothing_is_written_where_anything_is_wrong(tmp_path: Path, now: datetime) -> None:
    file = made(tmp_path / "b")
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    with pytest.raises(WrongArchive):
        restoring.restore(file, tmp_path / "into", None, now)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b"]
