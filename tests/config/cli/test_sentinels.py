"""Sentinels from the command line."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from alerts.models import Recipient, Sentinel, Sighting
from config.cli import fenghuo
from monitor.jobs.rooms import State
from monitor.notices.models import Notice
from monitor.search import room as search

pytestmark = pytest.mark.django_db

ADD = ["sentinels", "add", "王科", "钉"]


@pytest.fixture(autouse=True)
def _recipient():
    Recipient.objects.create(name="王科", language="en")


@pytest.fixture
def notices(tmp_path: Path, settings: Settings):
    """Seven of one day and the next, in an index of their own."""
    settings.FENGHUO_INDEX = tmp_path / "index"
    now = datetime.now(UTC)
    for n in range(7):
        Notice.objects.create(
            source="us-federal-register", number=f"N-{n}", title="Steel nails", language="en",
            published=date(2025, 5, 1 + n), authority="DOC", jurisdiction="US",
            kinds=["anti_dumping"], event="initiated", item={}, fingerprint="0",
            first_seen=now, last_changed=now,
        )  # fmt: skip
    search.room().walk(now)


def run(*words):
    return CliRunner().invoke(fenghuo, list(words))


def test_add_list_and_remove():
    added = run(*ADD, "nails", "market:US", "--pace", "daily", "--level", "orange", "--exact")
    assert added.exit_code == 0, added.output
    record = json.loads(added.stdout)
    sentinel = Sentinel.objects.get()
    feed = record.pop("feed")
    assert feed == f"http://127.0.0.1:8000/feeds/sentinels/{sentinel.token}.atom?lang=en"
    assert record == {
        "sentinel": sentinel.pk,
        "recipient": "王科",
        "name": "钉",
        "query": "nails market:US",
        "exact": True,
        "level": "orange",
        "pace": "daily",
        "fault": None,
    }
    assert json.loads(run("sentinels", "list", "--json").stdout) == record
    listed = run("sentinels", "list").stdout
    assert "王科  钉 (daily, orange and louder): nails market:US" in listed
    assert sentinel.token not in listed

    assert run("sentinels", "remove", str(sentinel.pk)).exit_code == 0
    assert run("sentinels", "list").stdout == ""
    assert run("sentinels", "remove", str(sentinel.pk)).exit_code == 2


def test_a_query_may_begin_with_a_minus():
    assert run(*ADD, "-kind:recall", "nails").exit_code == 0
    assert Sentinel.objects.get().query == "-kind:recall nails"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "王科", "x", "nails", "colour:red"], "nails colour:red\n      ^^^^^^"),
        (["try", "nails", "colour:red"], "nails colour:red\n      ^^^^^^"),
        (["add", "李科", "x", "nails"], "fenghuo recipients list"),
        (["add", "王科", "x", "nails", "--level", "loud"], "allowed are red, orange"),
        (["add", "王科", "x", "nails", "--pace", "hourly"], "allowed are now, daily"),
        (["remove", "99"], "there is no sentinel 99"),
    ],
)
def test_what_cannot_be_is_refused(words, said):
    refused = run("sentinels", *words)
    assert refused.exit_code == 2
    assert said in refused.output
    assert not Sentinel.objects.exists()


def test_a_query_that_means_nothing_any_more_is_shown():
    run(*ADD, "nails")
    Sentinel.objects.update(query="colour:red")
    assert "CANNOT BE ASKED" in run("sentinels", "list").stdout
    assert json.loads(run("sentinels", "list", "--json").stdout)["fault"]["end"] == 6
    walked = run("sentinels")
    assert walked.exit_code == 0
    assert "CANNOT BE ASKED" in walked.stderr


@pytest.mark.usefixtures("notices")
def test_a_trial_shows_the_newest_and_how_many():
    tried = run("sentinels", "try", "nails")
    assert tried.exit_code == 0, tried.output
    assert [line.split()[2] for line in tried.stdout.splitlines()] == [
        f"N-{n}" for n in (6, 5, 4, 3, 2)
    ]
    assert tried.stderr == "5 of 7\n"
    assert run("sentinels", "try", "nails", "--level", "red").stderr == "0 of 0\n"


@pytest.mark.usefixtures("notices")
def test_the_room_runs_by_itself():
    run(*ADD, "nails")
    Notice.objects.update(
        classify_state=State.DONE, assess_state=State.DONE, published=datetime.now(UTC).date()
    )
    walked = run("sentinels")
    assert walked.exit_code == 0, walked.output
    assert "sightings 7" in walked.stderr
    assert Sighting.objects.count() == 7
