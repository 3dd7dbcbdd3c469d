"""When what is done. Edit the times here; a source's own interval is in its TOML."""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings

from bundles.files import PART
from config import clock, corridor, crawling
from config.clock import Daily, Every, Job
from monitor.accounts.tidying import tidy
from monitor.cases import drafts
from monitor.cases.files import extracting, storing
from monitor.impact.refresh import refresh
from monitor.jobs import runs as job_runs
from monitor.search import room as search
from monitor.sources import runs as source_runs
from monitor.sources.registry import Definition
from monitor.trail.expiry import expire

CORRIDOR = Every(minutes=5, jitter_seconds=20)
FILES = Every(minutes=1)
MIDNIGHT = Daily(0, 10, settings.TIME_ZONE)
HOUSEKEEPING = Daily(3, 30, settings.TIME_ZONE)
CRAWL_JITTER_SECONDS = 120

PARTS_KEPT = timedelta(days=7)
"""What a dead crawl left is looked at within a week, or never."""

Counts = Counter[str]


def jobs(sources: Iterable[Definition]) -> list[Job]:
    """Everything that the clock does: the rooms, the housekeeping, each crawl."""
    return [
        _recorded("corridor", CORRIDOR, _walk),
        _recorded("housekeeping", HOUSEKEEPING, housekeeping),
        # Beside the corridor: a warning does not wait until a long file is read.
        _recorded("files", FILES, lambda now: extracting.room().walk(now, limit=20)),
        _recorded("deadlines", MIDNIGHT, lambda now: Counter(passed=search.wake_passed(now))),
        *(_crawl_job(source) for source in sources),
    ]


def _recorded(name: str, when: Every | Daily, work: clock.Work) -> Job:
    return Job(name, when, work, partial(job_runs.last_started, name))


def _crawl_job(source: Definition) -> Job:
    if source.crawl is None:
        raise crawling.UnknownSource(f"{source.id}: back-fill only")
    return Job(
        name=f"crawl {source.id}",
        when=Every(source.crawl.every_minutes, CRAWL_JITTER_SECONDS),
        work=partial(_crawl, source),
        last=partial(source_runs.last_started, source.id),
    )


def _walk(now: datetime) -> Counts:
    totals = corridor.walk(now)
    return Counter(
        {f"{room} {what}": n for room, counts in totals.items() for what, n in counts.items()}
    )


def _crawl(source: Definition, now: datetime) -> Counts:
    report = crawling.crawl_source(source, now)
    return Counter(captures=report.captures, items=report.items, rejected=report.rejected)


def housekeeping(now: datetime) -> Counts:
    """Bring the levels up to the day; throw away what nobody will look at again, but never a
    capture, never a notice. Counts them, and `trail_lines`, those that are kept long enough."""
    levels = refresh(now)
    old = (now - PARTS_KEPT).timestamp()
    parts = [
        part
        for part in settings.FENGHUO_BUNDLES.glob(f"*{PART}")
        if part.is_dir() and part.stat().st_mtime < old
    ]
    for part in parts:
        shutil.rmtree(part)
    expired = expire(None, now)
    thrown = Counter(
        parts=len(parts),
        job_runs=job_runs.forget(now - job_runs.KEPT),
        trail_lines=expired.lines if expired else 0,
        drafts=drafts.clear(now),
    )
    return levels + thrown + tidy(now) + storing.sweep(now)


def utc_now() -> datetime:
    return datetime.now(UTC)


def run(sources: Sequence[str] = (), pace: clock.Pace | None = None) -> None:
    """Walk by the clock until told to stop. Raises `crawling.UnknownSource`."""
    clock.run(jobs(crawling.chosen(sources)), utc_now, pace)
