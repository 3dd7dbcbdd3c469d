"""Two schedulers, in processes of their own, over one database."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60

SCHEDULER = """
import logging, os, sys
from datetime import UTC, datetime
from config.cli import django
django()
from config.clock import Every, Job, Pace, run

def work(now):
    with open(os.environ["DIARY"], "a") as diary:
        diary.write(f"{os.getpid()}\\n")
    return {"rows": 1}

logging.getLogger().setLevel(logging.INFO)
logging.getLogger("apscheduler").setLevel(logging.WARNING)
jobs = [Job("beat", Every(minutes=5), work, lambda: None)]
run(jobs, lambda: datetime.now(UTC), Pace(float(os.environ["TTL"]), renew=0.2, look=0.1))
"""


class Schedulers:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.diary = folder / "diary"
        self.environment = {
            **os.environ,
            "FENGHUO_VAR": str(folder),
            "DIARY": str(self.diary),
            "TTL": "2",
        }
        self.environment.pop("DATABASE_URL", None)
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> "subprocess.Popen[bytes]":
        with self.log(len(self.processes)).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", SCHEDULER], cwd=ROOT, env=self.environment, stderr=log
            )
        self.processes.append(process)
        return process

    def log(self, number: int) -> Path:
        return self.folder / f"scheduler-{number}.log"

    def said(self, number: int, words: str) -> Callable[[], bool]:
        return lambda: bool(re.search(words, self.log(number).read_text()))

    def worked(self) -> list[int]:
        return [int(line) for line in self.diary.read_text().split()] if self.diary.exists() else []


def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < PATIENCE, "it never came"
        time.sleep(0.02)


@pytest.fixture
def schedulers(tmp_path: Path, migrated: Path) -> Iterator[Schedulers]:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    it = Schedulers(tmp_path)
    yield it
    for process in it.processes:
        process.kill()
        process.wait()


def test_one_works_and_the_other_takes_over_after_a_kill(schedulers):
    first = schedulers.start()
    until(lambda: schedulers.worked() == [first.pid])
    second = schedulers.start()
    until(schedulers.said(1, "waiting"))
    assert schedulers.worked() == [first.pid]
    first.kill()
    first.wait()
    # The lease lives for two seconds here, and for 45 in real life.
    until(lambda: second.pid in schedulers.worked())
    assert schedulers.worked() == [first.pid, second.pid]


def test_told_to_stop_it_hands_over_at_once(schedulers):
    schedulers.environment["TTL"] = "3600"
    first = schedulers.start()
    until(lambda: schedulers.worked() == [first.pid])
    second = schedulers.start()
    until(schedulers.said(1, "waiting"))
    first.terminate()
    assert first.wait(PATIENCE) == 0
    until(lambda: second.pid in schedulers.worked())


def test_one_that_was_frozen_and_lost_the_clock_stops_and_waits(schedulers):
    first = schedulers.start()
    until(lambda: schedulers.worked() == [first.pid])
    first.send_signal(signal.SIGSTOP)
    second = schedulers.start()
    until(lambda: second.pid in schedulers.worked())
    first.send_signal(signal.SIGCONT)
    until(schedulers.said(0, "starting over"))
    until(schedulers.said(0, "(?s)starting over.*waiting"))
    assert first.poll() is None
    second.kill()
    second.wait()
    until(lambda: schedulers.worked() == [first.pid, second.pid, first.pid])


def test_a_locked_database_takes_the_clock_from_nobody(schedulers):
    first = schedulers.start()
    until(lambda: schedulers.worked() == [first.pid])
    database = sqlite3.connect(schedulers.folder / "fenghuo.sqlite3", isolation_level=None)
    with closing(database):
        heartbeat = "SELECT heartbeat_at FROM jobs_lease"
        database.execute("BEGIN IMMEDIATE")
        [before] = database.execute(heartbeat).fetchone()
        locked = time.monotonic()
        until(lambda: time.monotonic() - locked > 2.5)  # the lease lives for two seconds
        database.execute("COMMIT")
        until(lambda: database.execute(heartbeat).fetchone() != (before,))
    assert not schedulers.said(0, "starting over")()
