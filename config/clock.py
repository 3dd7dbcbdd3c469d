"""The clock: does declared jobs at their times, in one process of all that would.

Whoever holds the lease `clock` works; the others wait, and the first to find it run out takes
over. A holder that has lost it stops at once: it replaces itself by a fresh process that waits,
which no job in progress survives. That is safe, for every room may be killed at any moment.
"""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import NoReturn
from uuid import uuid4

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from django.db import DatabaseError, close_old_connections

from monitor.jobs import lease, runs

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Work = Callable[[datetime], Mapping[str, int]]

LEASE = "clock"


@dataclass(frozen=True)
class Every:
    """At an interval, give or take some seconds, so that hosts do not knock in step."""

    minutes: int
    jitter_seconds: int = 0

    def trigger(self) -> IntervalTrigger:
        return IntervalTrigger(
            minutes=self.minutes, jitter=self.jitter_seconds or None, timezone=UTC
        )

    def due(self, last: datetime | None, now: datetime) -> datetime:
        """When it is to run next, that ran last at `last`: at once, if that has passed."""
        return now if last is None else max(now, last + timedelta(minutes=self.minutes))


@dataclass(frozen=True)
class Daily:
    """At a time of day in a zone."""

    hour: int
    minute: int
    zone: str

    def trigger(self) -> CronTrigger:
        return CronTrigger(hour=self.hour, minute=self.minute, timezone=self.zone)

    def due(self, last: datetime | None, now: datetime) -> datetime:
        """As for `Every`; one that never ran waits for its time."""
        after = (last or now) + timedelta(seconds=1)
        time: datetime = self.trigger().get_next_fire_time(None, after)
        return max(now, time)


@dataclass(frozen=True)
class Job:
    """`work(now)` is done `when`; `last()` says when it began last, whoever did it."""

    name: str
    when: Every | Daily
    work: Work
    last: Callable[[], datetime | None]


@dataclass(frozen=True)
class Pace:
    """Of the lease, in seconds: how long it lives, how often it is renewed, how often the others
    look. A dead holder is succeeded after at most `ttl + look`."""

    ttl: float = 45
    renew: float = 12
    look: float = 5

    def lives(self) -> timedelta:
        return timedelta(seconds=self.ttl)


def run(jobs: Sequence[Job], clock: Clock, pace: Pace | None = None) -> NoReturn:
    """Wait for the lease, then do the jobs until told to stop (SIGTERM, SIGINT)."""
    pace = pace or Pace()
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    signal.signal(signal.SIGTERM, _stop)
    try:
        _wait_for_lease(holder, clock, pace)
        keeper = threading.Thread(target=_keep, args=(holder, clock, pace), daemon=True)
        keeper.start()
        _scheduler(jobs, clock).start()
    except (KeyboardInterrupt, SystemExit):
        lease.release(LEASE, holder, clock())
        log.info("the clock stops")
    # Not sys.exit: it would wait for the job in progress, which has no right to go on.
    _leave()


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit


def _leave() -> NoReturn:
    logging.shutdown()
    os._exit(0)


def _wait_for_lease(holder: str, clock: Clock, pace: Pace) -> None:
    said = False
    while not _acquired(holder, clock, pace):
        if not said:
            log.info("another scheduler holds the clock; waiting")
            said = True
        threading.Event().wait(pace.look)
    log.info("holding the clock as %s", holder)


def _acquired(holder: str, clock: Clock, pace: Pace) -> bool:
    return _asked(lambda: lease.acquire(LEASE, holder, clock(), pace.lives()), otherwise=False)


def _keep(holder: str, clock: Clock, pace: Pace) -> None:
    """Renew the lease for as long as it is ours.

    While the database does not answer we go on trying, even past its time: when SQLite is locked,
    perhaps by a long walk of our own, nobody else can take the lease either; and when PostgreSQL is
    away, nothing that we do can be committed.
    """
    ours = True
    while ours:
        threading.Event().wait(pace.renew)
        ours = _asked(lambda: lease.renew(LEASE, holder, clock(), pace.lives()), otherwise=True)
    _start_over()


def _asked(question: Callable[[], bool], *, otherwise: bool) -> bool:
    """What the database answers; `otherwise`, if it does not."""
    try:
        return question()
    except DatabaseError as error:
        log.warning("the database does not answer: %s", error)
        return otherwise
    finally:
        close_old_connections()


def _start_over() -> NoReturn:
    log.error("the clock has gone to another scheduler; starting over as one that waits")
    logging.shutdown()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _scheduler(jobs: Sequence[Job], clock: Clock) -> BlockingScheduler:
    scheduler = BlockingScheduler(
        timezone=UTC,
        # A thread for each: a crawl of hours is not to keep the corridor waiting.
        executors={"default": ThreadPoolExecutor(max(1, len(jobs)))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 600},
    )
    now = clock()
    for job in jobs:
        scheduler.add_job(
            _do,
            job.when.trigger(),
            args=(job, clock),
            id=job.name,
            name=job.name,
            next_run_time=job.when.due(job.last(), now),
        )
    return scheduler


def _do(job: Job, clock: Clock) -> None:
    """In a thread of the pool, whose database connection may be of yesterday."""
    close_old_connections()
    try:
        runs.run(job.name, job.work, clock)
    finally:
        close_old_connections()
