"""Whether a source works, by what is normal for it and what its crawls did.

A pure function: nothing is asked of the database, the clock or the environment. Its reason is
(code, params); `sentence` says it in the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.sources.models import SourceRun
from monitor.sources.registry import Crawl, Definition
from monitor.sources.runs import DEAD_AFTER

LATE_AFTER = 3
"""So many times its interval without a crawl: the clock has stopped, or does not know it."""


class Status(StrEnum):
    WORKING = "working"
    QUIET = "quiet"
    BROKEN = "broken"
    NEEDS_KEY = "needs_key"
    NEVER_RUN = "never_run"
    BACKFILL = "backfill"


STATUSES: dict[Status, Promise] = {
    Status.WORKING: _("working"),
    Status.QUIET: _("quiet"),
    Status.BROKEN: _("broken"),
    Status.NEEDS_KEY: _("needs a key"),
    Status.NEVER_RUN: _("never run"),
    Status.BACKFILL: _("back-fill only"),
}

SENTENCES: dict[str, Promise] = {
    "backfill": _("No live crawl yet: stored responses are read only."),
    "needs_key": _("Waits for the publisher's key in %(variable)s."),
    "never_run": _("Has not been crawled yet."),
    "failed": _("The last crawl failed: %(error)s"),
    "empty": _("The last crawl brought nothing, and this source always has something."),
    "killed": _("The last crawl never reported: it was killed or hangs."),
    "late": _("No crawl since %(last)s; it should have one every %(minutes)d minutes."),
    "silent": _("No new notice since %(newest)s, longer than %(days)d days."),
    "nothing_new": _("The last crawl brought nothing new; the newest notice is of %(newest)s."),
    "working": _("The last crawl brought %(items)d notices; the newest is of %(newest)s."),
    "begun": _("Is being crawled for the first time."),
}


@dataclass(frozen=True)
class Health:
    status: Status
    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    last_worked: datetime | None = None


def health(
    source: Definition, runs: Sequence[SourceRun], now: datetime, *, has_key: bool = False
) -> Health:
    """How the source is. `runs` are its own, newest first; `has_key`: the key it needs is given."""
    worked = [run for run in runs if run.outcome == SourceRun.Outcome.OK]
    last_worked = worked[0].finished_at if worked else None
    status, code, params = _judge(source, runs, now, has_key=has_key)
    return Health(status, code, params, last_worked)


Verdict = tuple[Status, str, dict[str, str | int]]


def _judge(
    source: Definition, runs: Sequence[SourceRun], now: datetime, *, has_key: bool
) -> Verdict:
    if source.crawl is None:
        return Status.BACKFILL, "backfill", {}
    if source.crawl.needs_key and not has_key:
        return Status.NEEDS_KEY, "needs_key", {"variable": source.crawl.needs_key}
    if not runs:
        return Status.NEVER_RUN, "never_run", {}
    return _late(source.crawl, runs[0], now) or _crawled(source, runs, now)


def _crawled(source: Definition, runs: Sequence[SourceRun], now: datetime) -> Verdict:
    if _at_work(runs[0], now):  # judged by what was before
        runs = runs[1:]
    if not runs:
        return Status.WORKING, "begun", {}
    return _ended(runs[0]) or _news(source, runs, now)


def _at_work(run: SourceRun, now: datetime) -> bool:
    return run.outcome == SourceRun.Outcome.RUNNING and now - run.started_at < DEAD_AFTER


def _late(crawl: Crawl, run: SourceRun, now: datetime) -> Verdict | None:
    if now - run.started_at <= LATE_AFTER * timedelta(minutes=crawl.every_minutes):
        return None
    last = run.started_at.isoformat(timespec="minutes")
    return Status.BROKEN, "late", {"last": last, "minutes": crawl.every_minutes}


def _ended(run: SourceRun) -> Verdict | None:
    match SourceRun.Outcome(run.outcome):
        case SourceRun.Outcome.FAILED:
            return Status.BROKEN, "failed", {"error": run.error}
        case SourceRun.Outcome.EMPTY:
            return Status.BROKEN, "empty", {}
        case SourceRun.Outcome.RUNNING:
            return Status.BROKEN, "killed", {}
        case SourceRun.Outcome.OK:
            return None


def _news(source: Definition, runs: Sequence[SourceRun], now: datetime) -> Verdict:
    """It works. Is what it brings still new?"""
    # A date in the future is a misprint, and must not hide a silence until it comes.
    latest = now.date() + timedelta(days=1)
    dates: list[date] = [run.newest for run in runs if run.newest and run.newest <= latest]
    if not dates:
        return Status.QUIET, "nothing_new", {"newest": "–"}
    newest = max(dates)
    if (now.date() - newest).days > source.normal.quiet_days:
        days = source.normal.quiet_days
        return Status.BROKEN, "silent", {"newest": newest.isoformat(), "days": days}
    if runs[0].newest != newest:
        return Status.QUIET, "nothing_new", {"newest": newest.isoformat()}
    return Status.WORKING, "working", {"items": runs[0].items, "newest": newest.isoformat()}


def sentence(found: Health) -> str:
    """Why, in the reader's language."""
    return str(SENTENCES[found.code]) % found.params
