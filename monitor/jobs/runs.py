"""What ran: one `JobRun` a job, opened before it and closed after it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from monitor.jobs.models import JobRun


def run(
    job: str, work: Callable[[datetime], Mapping[str, int]], clock: Callable[[], datetime]
) -> None:
    """Do `work(now)` and record when, with what counts, or with what error; the error goes on."""
    now = clock()
    record = JobRun.objects.create(job=job, started_at=now)
    try:
        record.counts = dict(work(now))
    except Exception as error:
        record.error = f"{type(error).__name__}: {error}"
        raise
    finally:
        record.finished_at = clock()
        record.save()


def last_started(job: str) -> datetime | None:
    runs = JobRun.objects.filter(job=job).order_by("-started_at")
    return runs.values_list("started_at", flat=True).first()


def forget(before: datetime) -> int:
    """Delete the records of runs that began before; returns how many."""
    return JobRun.objects.filter(started_at__lt=before).delete()[0]


KEPT = timedelta(days=90)
"""How long it is of interest what ran."""
