import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from config.cli import fenghuo
from config.standing import standing
from monitor.jobs import lease
from monitor.jobs.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bundles(tmp_path, settings):
    settings.FENGHUO_BUNDLES = tmp_path


def test_the_clock_that_never_ran_runs_and_stands_still(now):
    assert standing(now)["clock"]["heartbeat"] is None
    lease.acquire("clock", "host:1:a", now, timedelta(seconds=45))
    assert standing(now)["clock"] == {
        "running": True,
        "holder": "host:1:a",
        "heartbeat": "2025-06-02T01:00:00+00:00",
    }
    assert standing(now + timedelta(seconds=45))["clock"]["running"] is False


def test_every_room_source_and_state_of_the_outbox_is_there(now):
    found = standing(now)
    rooms = [room["room"] for room in found["rooms"]]
    assert rooms[0] == "read"
    assert all(room["waiting"] == room["failed"] == 0 for room in found["rooms"])
    assert {"eu-rasff", "us-federal-register"} <= {row["source"] for row in found["sources"]}
    assert found["outbox"]["failed"] == 0


def test_the_last_run_of_a_job_is_shown(now):
    for hours, counts in ((2, {"rows": 1}), (1, {"rows": 2})):
        started = now - timedelta(hours=hours)
        JobRun.objects.create(job="corridor", started_at=started, counts=counts)
    [job] = standing(now)["jobs"]
    assert job["counts"] == {"rows": 2}


def test_status_for_programs_and_for_people():
    lease.acquire("clock", "host:1:a", datetime.now(UTC), timedelta(seconds=45))
    told = CliRunner().invoke(fenghuo, ["status", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["clock"]["holder"] == "host:1:a"
    told = CliRunner().invoke(fenghuo, ["status"])
    assert told.exit_code == 0
    assert "host:1:a" in told.stdout
    assert "us-federal-register" in told.stdout


def test_sources_for_programs_and_in_plain_lines():
    told = CliRunner().invoke(fenghuo, ["sources", "--json"])
    assert told.exit_code == 0
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert {line["source"]: line["status"] for line in lines}["us-fda-recalls"] == "backfill"
    told = CliRunner().invoke(fenghuo, ["sources"])
    assert len(told.stdout.splitlines()) == len(lines)
    assert all(line.count("\t") == 5 for line in told.stdout.splitlines())


def test_a_source_that_nobody_knows_is_a_wrong_call():
    told = CliRunner().invoke(fenghuo, ["crawl", "nobody"])
    assert told.exit_code == 2
    assert "can be crawled: eu-rasff" in told.stderr
