from datetime import date, timedelta

import pytest

from monitor.sources import runs
from monitor.sources.models import SourceRun

pytestmark = pytest.mark.django_db
Outcome = SourceRun.Outcome


def test_a_run_is_opened_and_closed(now):
    run = runs.open_run("us-example", now)
    assert SourceRun.objects.get().outcome == Outcome.RUNNING
    result = runs.Result(Outcome.OK, captures=3, items=2, rejected=1, newest=date(2025, 6, 1))
    runs.close_run(run, result, now + timedelta(minutes=1))
    run.refresh_from_db()
    assert (run.outcome, run.captures, run.items, run.rejected) == (Outcome.OK, 3, 2, 1)
    assert (run.newest, run.finished_at) == (date(2025, 6, 1), now + timedelta(minutes=1))
    assert runs.last_started("us-example") == now


def test_a_run_that_never_reported_is_closed_by_the_next(now):
    dead = runs.open_run("us-example", now - runs.DEAD_AFTER)
    other = runs.open_run("eu-example", now - runs.DEAD_AFTER)
    young = runs.open_run("us-example", now - timedelta(minutes=1))
    runs.open_run("us-example", now)
    for run, outcome in [
        (dead, Outcome.FAILED),
        (other, Outcome.RUNNING),
        (young, Outcome.RUNNING),
    ]:
        run.refresh_from_db()
        assert run.outcome == outcome


def test_what_did_not_take_place_is_not_recorded(now):
    runs.drop_run(runs.open_run("us-example", now))
    assert runs.last_started("us-example") is None


def test_health_looks_at_ten_runs_or_as_many_as_there_were_days(now):
    for hours in range(30):
        runs.open_run("us-example", now - timedelta(hours=hours))
    assert len(runs.recent("us-example", now, days=0)) == 10
    found = runs.recent("us-example", now, days=1)
    assert len(found) == 25
    assert found[0].started_at == now
