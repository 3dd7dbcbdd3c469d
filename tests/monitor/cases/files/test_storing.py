"""Bytes on disk: whole or not at all, each once, and nobody's are thrown away."""

import fcntl
import hashlib
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from django.db import connection
from pytest_django import Settings

from monitor.cases.files import filing, storing
from monitor.cases.models import Version
from monitor.cases.words import Form
from tests.monitor.cases.files.desk import NOW, Desk, part, version

CONTENT = b"wood mouldings"
SUM = hashlib.sha256(CONTENT).hexdigest()


def files(uploads: Path) -> list[str]:
    return sorted(str(path.relative_to(uploads)) for path in uploads.rglob("*") if path.is_file())


def aged(*paths: Path) -> None:
    """As of two days before NOW."""
    for path in paths:
        os.utime(path, times=((NOW - timedelta(days=2)).timestamp(),) * 2)


def test_a_file_lies_by_its_fingerprint(desk: Desk, uploads: Path) -> None:
    made = version(desk.document("chamber", CONTENT))
    assert (made.sha256, made.size) == (SUM, len(CONTENT))
    assert files(uploads) == [f"{SUM[:2]}/{SUM}"]
    with storing.opened_file(made) as file:
        assert b"".join(storing.checked(file, made)) == CONTENT


def test_the_same_bytes_lie_there_once(desk: Desk, uploads: Path) -> None:
    first, second = desk.document("chamber", CONTENT), desk.document("firm", CONTENT)
    assert version(first).sha256 == version(second).sha256
    assert files(uploads) == [f"{SUM[:2]}/{SUM}"]


def test_what_is_refused_leaves_no_row_and_no_place(desk: Desk, uploads: Path) -> None:
    given = part(b"MZ\x00program")
    wish = filing.Wish("x", "other", Form.PUBLIC)
    with pytest.raises(filing.Refused):
        filing.add(desk.actor("chamber"), desk.case, "x.pdf", given, wish, NOW)
    given.discard()
    assert not Version.objects.exists()
    assert files(uploads) == []


DYING = """
import os, sys, django
django.setup()
from django.conf import settings
from monitor.cases.files import storing

def store(folder, step):
    settings.FENGHUO_UPLOADS, at = storing.Path(folder), 0

    def dies(event, arguments):
        # Wherever it touches the disk: makes, opens, renames.
        nonlocal at
        if event in ("open", "os.mkdir", "os.rename") and folder in str(arguments[0]):
            at += 1
            if at == step:
                os._exit(9)

    sys.addaudithook(dies)
    part = storing.Part()
    part.write(b"wood mouldings")
    with storing.kept(part):
        os._exit(0)

for step in range(1, 12):
    child = os.fork()
    if child == 0:
        store(f"{sys.argv[1]}/{step}", step)
    print(step, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_whoever_dies_on_the_way_leaves_nothing_that_stays(
    db: None, tmp_path: Path, settings: Settings
) -> None:
    environment = os.environ | {
        "FENGHUO_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(tmp_path)],
        env=environment,
        check=True,
        timeout=120,
        capture_output=True,
        text=True,
    )
    statuses = [line.split()[1] for line in done.stdout.splitlines()]
    died = statuses.count("9")
    assert statuses == ["9"] * died + ["0"] * (11 - died)
    assert died >= 6  # the folder, the part, the lock, the place, its name, the folders again
    for step in range(1, 12):
        settings.FENGHUO_UPLOADS = uploads = tmp_path / str(step)
        for name in files(uploads):
            whole = name.endswith(SUM) and (uploads / name).read_bytes() == CONTENT
            assert whole or name.endswith(storing.PART)
        aged(*(uploads / name for name in files(uploads)))
        storing.sweep(NOW)
        assert files(uploads) == []


def test_a_sweep_takes_orphans_of_yesterday_and_nothing_else(desk: Desk, uploads: Path) -> None:
    filed = storing.path_of(version(desk.document("chamber", CONTENT)).sha256)
    for content in (b"orphan", b"young orphan"):
        with storing.kept(part(content)):
            pass
    old, cut = storing.path_of(hashlib.sha256(b"orphan").hexdigest()), part(b"cut off")
    going = part(b"on its way")
    for each in (cut, going):
        each.close()
    aged(filed, old, cut.path)
    assert storing.sweep(NOW) == {"uploads": 1, "orphans": 1}
    assert filed.exists()
    assert not old.exists()
    assert going.path.exists()
    assert len(files(uploads)) == 3
    assert storing.sweep(NOW) == {}


@pytest.mark.django_db(transaction=True)
def test_a_sweep_waits_for_whoever_is_about_to_name_a_file(
    uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    swept: list[object] = []
    found, flock = threading.Event(), fcntl.flock

    def sweep() -> None:
        swept.append(storing.sweep(NOW))
        connection.close()

    def locking(lock: IO[str], how: int) -> None:
        """The sweep has found the file, that no row names yet, and is about to throw it away."""
        if how == fcntl.LOCK_EX:
            found.set()
        flock(lock, how)

    monkeypatch.setattr(fcntl, "flock", locking)

    with storing.kept(part(CONTENT)):
        aged(storing.path_of(SUM))
        sweeping = threading.Thread(target=sweep)
        sweeping.start()
        assert found.wait(timeout=60)
        document = desk.case.documents.create(
            organisation=desk.organisations["chamber"], paper="other", title="x", created_at=NOW
        )
        Version.objects.create(
            document=document, form="public", number=1, name="x.txt", sha256=SUM, size=14,
            content_type="text/plain", uploaded_at=NOW,
        )  # fmt: skip
        assert swept == []
    sweeping.join()
    assert swept == [{}]
    assert storing.path_of(SUM).exists()


def test_a_file_that_was_changed_is_never_given_out_whole(desk: Desk) -> None:
    made = version(desk.document("chamber", CONTENT * 100_000))
    path = storing.path_of(made.sha256)
    path.write_bytes(b"X" + path.read_bytes()[1:])
    given: list[bytes] = []
    with storing.opened_file(made) as file, pytest.raises(storing.FileDamaged):
        given.extend(storing.checked(file, made))
    assert len(b"".join(given)) < made.size
    path.write_bytes(CONTENT)
    with pytest.raises(storing.FileDamaged, match="14 bytes long"):
        storing.opened_file(made)
    path.unlink()
    with pytest.raises(storing.FileMissing):
        storing.opened_file(made)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", "A" * 64, "0" * 63])
def test_a_row_that_leads_elsewhere_leads_nowhere(name: str) -> None:
    with pytest.raises(storing.FileMissing):
        storing.path_of(name)
