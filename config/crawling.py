"""Crawls as the house runs them: a process of their own each, recorded by their parent.

The crawlers know nothing of our records; they are told a job and give back a report.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from config.environment import ROOT
from crawlers.backfill import bundle_file
from crawlers.job import Job, Report
from monitor.sources import registry, runs
from monitor.sources.models import SourceRun
from monitor.sources.registry import Definition

LONGEST = runs.DEAD_AFTER - timedelta(minutes=30)
"""A crawl that takes longer is killed; the next one goes on where it stopped."""


class UnknownSource(Exception):
    """No source has this id, or it cannot be crawled: the message says which are there."""


def definitions() -> dict[str, Definition]:
    """Every source of this installation. Raises `registry.WrongSource`."""
    return registry.load(settings.FENGHUO_SOURCES)


def key(source: Definition) -> str | None:
    """The publisher's key, if the source needs one and it is given."""
    name = source.crawl.needs_key if source.crawl else None
    return (os.environ.get(name) or None) if name else None


def crawlable(source: Definition) -> bool:
    """Whether it has a live crawl, and the key for it."""
    return source.crawl is not None and (source.crawl.needs_key is None or bool(key(source)))


def chosen(ids: Iterable[str]) -> list[Definition]:
    """The sources named, or every one that can be crawled. Raises `UnknownSource`."""
    known = {name: source for name, source in definitions().items() if source.crawl}
    if unknown := sorted(set(ids) - set(known)):
        raise UnknownSource(f"{', '.join(unknown)}: can be crawled: {', '.join(known)}")
    return [known[name] for name in ids] or [s for s in known.values() if crawlable(s)]


def crawl(ids: Sequence[str], now: datetime) -> bool:
    """Crawl the sources named, or all, one after another; whether all went well."""
    reports = [crawl_source(source, now) for source in chosen(ids)]
    return all(well(report) for report in reports)


def well(report: Report) -> bool:
    """Nothing is wrong: it was crawled, is being crawled, or waits for its key."""
    return report.outcome not in {"empty", "failed"}


def crawl_source(source: Definition, now: datetime) -> Report:
    """Crawl one source and record the run; one that did nothing is not recorded."""
    began = time.monotonic()
    run = runs.open_run(source.id, now)
    report = fetch(source, now, settings.FENGHUO_BUNDLES)
    if report.outcome in {"busy", "needs_key"}:
        runs.drop_run(run)
    else:
        took = timedelta(seconds=time.monotonic() - began)
        runs.close_run(run, _result(report), now + took)
    return report


def fetch(source: Definition, now: datetime, out: Path) -> Report:
    """Crawl one source into `out`, in a process of its own; touches no records."""
    if not crawlable(source):
        return Report(outcome="needs_key")
    return _in_process(job(source, now, out))


def job(source: Definition, now: datetime, out: Path) -> Job:
    """What the crawler is told. Raises `UnknownSource` for a source without a live crawl."""
    if source.crawl is None:
        raise UnknownSource(f"{source.id}: back-fill only")
    return Job(
        source=source.id,
        endpoint=str(source.crawl.endpoint),
        out=out,
        state=settings.VAR / "crawl",
        now=now,
        contact=settings.ENVIRONMENT.contact,
        key=key(source),
        first_days=source.crawl.first_days,
        overlap_days=source.crawl.overlap_days,
        should_have_results=source.normal.should_have_results,
        max_rejected_share=source.normal.max_rejected_share,
        delay=source.crawl.delay_seconds,
    )


def _in_process(what: Job) -> Report:
    what.out.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crawlers.run"],
            input=what.model_dump_json().encode(),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=_environment(),
            timeout=LONGEST.total_seconds(),
            check=False,
        )
        return Report.model_validate_json(done.stdout)
    except subprocess.TimeoutExpired:
        return Report(outcome="failed", error=f"stopped after {LONGEST}")
    except ValidationError:
        return Report(outcome="failed", error=f"the crawler died (status {done.returncode})")


def _environment() -> dict[str, str]:
    """Ours without what only we need: passwords have no business in a process that fetches."""
    ours = ("FENGHUO_", "DATABASE_URL", "ELASTICSEARCH_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _result(report: Report) -> runs.Result:
    lacking = f"{report.unfinished} without their full text" if report.unfinished else ""
    return runs.Result(
        outcome=SourceRun.Outcome(report.outcome),
        captures=report.captures,
        items=report.items,
        rejected=report.rejected,
        newest=report.newest,
        error=report.error or lacking,
    )


def backfill(source: str, files: Sequence[Path], now: datetime) -> list[Path]:
    """Bundle stored responses, for the read room to take in. Raises as `bundle_file` does."""
    settings.FENGHUO_BUNDLES.mkdir(parents=True, exist_ok=True)
    return [bundle_file(source, file, settings.FENGHUO_BUNDLES, now) for file in files]
