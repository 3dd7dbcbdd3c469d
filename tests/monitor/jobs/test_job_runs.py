from datetime import timedelta

import pytest

from monitor.jobs import runs
from monitor.jobs.models import JobRun

pytestmark = pytest.mark.django_db


def test_a_run_is_recorded_with_its_counts(now):
    times = iter([now, now + timedelta(seconds=3)])
    runs.run("corridor", lambda moment: {"rows": moment.day}, lambda: next(times))
    [record] = JobRun.objects.all()
    assert (record.started_at, record.finished_at) == (now, now + timedelta(seconds=3))
    assert (record.counts, record.error) == ({"rows": 2}, "")


def test_an_error_is_recorded_and_goes_on(now):
    def work(_):
        raise ValueError("no such room")

    with pytest.raises(ValueError, match="no such room"):
        runs.run("corridor", work, lambda: now)
    [record] = JobRun.objects.all()
    assert record.error == "ValueError: no such room"
    assert record.finished_at == now


def test_old_runs_are_forgotten(now):
    for days in (0, 1, 2):
        JobRun.objects.create(job="corridor", started_at=now - timedelta(days=days))
    assert runs.forget(now - timedelta(days=1)) == 1
    assert runs.last_started("corridor") == now
