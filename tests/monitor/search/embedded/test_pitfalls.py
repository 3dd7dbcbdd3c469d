"""What can happen to an index in a folder: two writers, a kill, a full disk, damage, an update."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.document import Analysed, Document, analysed
from monitor.search.embedded.engine import EmbeddedEngine
from monitor.search.engine import IndexBroken, IndexOutdated, Query
from monitor.search.tree import Words

ROOT = Path(__file__).parents[4]
DAY = date(2024, 5, 1)


def notice(notice_id: int, title: str = "Steel nails") -> Analysed:
    return analysed(Document(notice_id, title, DAY, "en"), DAY)


def found(engine: EmbeddedEngine, word: str = "nails") -> list[int]:
    return sorted(hit.notice_id for hit in engine.search(Query(Words(word), limit=1000)).hits)


def serving(root: Path) -> Path:
    return root / (root / "serving").read_text()


def in_another_process(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Runs with `root` as its first argument, and the functions of this module at hand."""
    preamble = (
        "import sys, os, resource, signal, time, django\n"
        "django.setup()\n"
        "from pathlib import Path\n"
        "from tests.monitor.search.embedded.test_pitfalls import *\n"
        "root = Path(sys.argv[1])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", preamble + code, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """An index that another process is writing to."""
    EmbeddedEngine(tmp_path).write([notice(1)])
    other = in_another_process(
        "engine = EmbeddedEngine(root)\n"
        "writer = engine._opened((root / 'serving').read_text(), 20_000_000, 1)\n"
        "print('holding', flush=True)\n"
        "signal.pause()",
        tmp_path,
    )
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "holding"
    yield tmp_path
    other.kill()
    other.communicate()


def test_a_second_writer_waits_and_then_says_who_has_the_index(held: Path) -> None:
    waited: list[float] = []
    engine = EmbeddedEngine(held, patience=0.3, sleep=waited.append)
    with pytest.raises(OutsideUnavailable, match="written by another process") as refused:
        engine.write([notice(2)])
    assert str(held) in str(refused.value)
    assert len(waited) == 3
    assert found(engine) == [1]


def test_a_writer_whose_index_is_swapped_away_while_it_waits_writes_to_the_successor(
    tmp_path: Path,
) -> None:
    rebuilder = EmbeddedEngine(tmp_path)
    rebuilder.write([notice(1)])
    serving = (tmp_path / "serving").read_text()
    held = rebuilder._opened(serving, 20_000_000, 1)

    def swap(seconds: float) -> None:
        rebuilder.begin()
        rebuilder.add([notice(1)])
        rebuilder.swap()

    EmbeddedEngine(tmp_path, sleep=swap).write([notice(2)])
    held.wait_merging_threads()
    assert found(EmbeddedEngine(tmp_path)) == [1, 2]
    assert (tmp_path / "serving").read_text() != serving


def test_readers_need_no_lock(held: Path) -> None:
    assert found(EmbeddedEngine(held)) == [1]


def test_killed_in_the_middle_of_a_commit_an_index_keeps_what_was_committed(
    tmp_path: Path,
) -> None:
    EmbeddedEngine(tmp_path).write([notice(i) for i in range(100)])
    for tries in range(3):
        other = in_another_process(
            "engine = EmbeddedEngine(root)\n"
            "batch = [notice(i, 'Steel nails, again') for i in range(100)]\n"
            "print('writing', flush=True)\n"
            "while True: engine.write(batch)",
            tmp_path,
        )
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "writing"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.2 + tries * 0.05)
        os.kill(other.pid, signal.SIGKILL)
        other.communicate()
        engine = EmbeddedEngine(tmp_path)
        assert found(engine) == list(range(100))
        engine.write([notice(100 + tries)])  # the dead process holds no lock
        assert 100 + tries in found(engine)
        engine.remove([100 + tries])


def test_on_a_full_disk_nothing_is_lost_and_the_room_waits(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: what a write beyond it gets is an error."""
    EmbeddedEngine(tmp_path).write([notice(1)])
    other = in_another_process(
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "engine = EmbeddedEngine(root)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "words = [' '.join(f'word{i}x{j}' for j in range(200)) for i in range(200)]\n"
        "try:\n"
        "    engine.write([notice(10 + i, words[i]) for i in range(200)])\n"
        "except OutsideUnavailable as error:\n"
        "    print('refused', error, flush=True)",
        tmp_path,
    )
    said, errors = other.communicate(timeout=60)
    assert said.startswith("refused"), errors
    assert "cannot be written" in said
    engine = EmbeddedEngine(tmp_path)
    assert found(engine) == [1]
    engine.write([notice(2)])
    assert found(engine) == [1, 2]


def test_a_damaged_index_is_said_so_and_built_anew(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).write([notice(i) for i in range(50)])
    for segment in serving(tmp_path).glob("*.*"):
        if segment.suffix in {".idx", ".term", ".store", ".fast"}:
            segment.write_bytes(os.urandom(segment.stat().st_size))
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(IndexBroken, match="fenghuo reindex"):
        engine.search(Query(Words("nails")))
    engine.begin()
    engine.add([notice(7)])
    engine.swap()
    assert found(engine) == [7]


def test_an_index_whose_description_is_gone_is_said_so(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).write([notice(1)])
    (serving(tmp_path) / "meta.json").unlink()
    with pytest.raises(IndexBroken, match=r"meta\.json"):
        EmbeddedEngine(tmp_path).search(Query())


def test_an_index_of_another_version_is_not_read(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).write([notice(1)])
    old = f"{'0' * 12}-0"
    serving(tmp_path).rename(tmp_path / old)
    (tmp_path / "serving").write_text(old)
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(IndexOutdated, match="fenghuo reindex"):
        engine.search(Query())
    with pytest.raises(IndexOutdated):
        engine.write([notice(2)])
    assert not engine.standing().is_current
    engine.begin()
    engine.add([notice(3)])
    engine.swap()
    assert found(engine) == [3]
    assert not (tmp_path / old).exists()


def test_a_build_that_was_killed_is_swept_away_by_the_next(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write([notice(1)])
    engine.begin()
    engine.add([notice(2)])
    again = EmbeddedEngine(tmp_path)
    again.begin()
    again.add([notice(3)])
    again.swap()
    assert found(engine) == [3]
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_where_no_index_can_be_made_it_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises((OutsideUnavailable, OSError)):
        EmbeddedEngine(tmp_path / "file").search(Query())
