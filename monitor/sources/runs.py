"""What the sources did: one `SourceRun` a crawl, opened before it and closed after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.sources.models import SourceRun

DEAD_AFTER = timedelta(hours=6)
"""A crawl that has not reported for so long was killed."""


@dataclass(frozen=True)
class Result:
    """What a crawl reports of itself."""

    outcome: SourceRun.Outcome
    captures: int = 0
    items: int = 0
    rejected: int = 0
    newest: date | None = None
    error: str = ""


def open_run(source: str, now: datetime) -> SourceRun:
    """Note that a crawl begins; crawls of the source that never reported are closed as failed."""
    stale = SourceRun.objects.filter(source=source, outcome=SourceRun.Outcome.RUNNING)
    stale.filter(started_at__lte=now - DEAD_AFTER).update(
        outcome=SourceRun.Outcome.FAILED, finished_at=now, error="it never reported: killed?"
    )
    return SourceRun.objects.create(source=source, started_at=now)


def close_run(run: SourceRun, result: Result, now: datetime) -> None:
    """Note how it ended."""
    run.finished_at = now
    run.outcome = result.outcome
    run.captures, run.items, run.rejected = result.captures, result.items, result.rejected
    run.newest = result.newest
    run.error = result.error
    run.save()


def note_shipped(source: str, result: Result, began: datetime, ended: datetime) -> None:
    """Note a crawl of another machine by the bundle that it shipped; our own are noted already."""
    SourceRun.objects.get_or_create(
        source=source,
        started_at=began,
        defaults={
            "finished_at": ended,
            "outcome": result.outcome,
            "captures": result.captures,
            "items": result.items,
            "rejected": result.rejected,
        },
    )


def drop_run(run: SourceRun) -> None:
    """It did not take place: another crawl of the source is at work."""
    run.delete()


def last_started(source: str) -> datetime | None:
    runs = SourceRun.objects.filter(source=source).order_by("-started_at")
    return runs.values_list("started_at", flat=True).first()


def recent(source: str, now: datetime, days: int) -> list[SourceRun]:
    """The runs that its health is judged by, newest first; at least the last ten."""
    runs = SourceRun.objects.filter(source=source).order_by("-started_at")
    within = runs.filter(started_at__gte=now - timedelta(days=days))
    return list(runs[: max(10, within.count())])
