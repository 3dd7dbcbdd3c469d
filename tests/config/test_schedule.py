from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config import crawling, schedule
from config.clock import Daily, Every
from monitor.sources.models import SourceRun
from monitor.trail.expiry import years_ago
from monitor.trail.models import Entry, Person
from monitor.trail.recording import record
from monitor.trail.verifying import checkpoint, verify

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT = Daily(8, 0, "Asia/Shanghai")


@pytest.fixture
def sources():
    return [s for s in crawling.definitions().values() if s.crawl]


def test_everything_that_is_done_by_the_clock(sources):
    names = [job.name for job in schedule.jobs(sources)]
    assert names[:2] == ["corridor", "housekeeping"]
    crawls = {"crawl us-federal-register", "crawl eu-rasff", "crawl wto-eping"}
    assert set(names[2:]) == {"deadlines", "files"} | crawls


def test_without_its_key_a_source_is_not_scheduled(monkeypatch):
    monkeypatch.delenv("FENGHUO_EPING_KEY", raising=False)
    assert "wto-eping" not in {source.id for source in crawling.chosen([])}
    monkeypatch.setenv("FENGHUO_EPING_KEY", "a-key")
    assert "wto-eping" in {source.id for source in crawling.chosen([])}


@pytest.mark.parametrize("unknown", ["nobody", "us-fda-recalls"])
def test_what_cannot_be_crawled_is_said(unknown):
    with pytest.raises(crawling.UnknownSource, match=unknown):
        crawling.chosen([unknown])


def test_a_crawl_is_due_its_interval_after_the_last_one(now):
    every = Every(minutes=60)
    assert every.due(None, now) == now
    assert every.due(now - timedelta(minutes=20), now) == now + timedelta(minutes=40)
    assert every.due(now - timedelta(days=3), now) == now


def test_a_digest_that_was_missed_is_made_up_for():
    now = datetime(2025, 6, 2, 10, 0, tzinfo=SHANGHAI).astimezone(UTC)
    yesterday, today = now - timedelta(days=1, hours=2), now - timedelta(hours=2)
    tomorrow = datetime(2025, 6, 3, 8, 0, tzinfo=SHANGHAI)
    assert EIGHT.due(yesterday, now) == now
    assert EIGHT.due(today, now) == tomorrow
    assert EIGHT.due(None, now) == tomorrow


@pytest.mark.django_db
def test_the_last_crawl_counts_whoever_made_it(sources, now):
    [job] = [j for j in schedule.jobs(sources) if j.name == "crawl eu-rasff"]
    assert job.last() is None
    SourceRun.objects.create(source="eu-rasff", started_at=now)
    assert job.last() == now


@pytest.mark.django_db
def test_housekeeping_lets_lines_of_the_trail_go_after_six_years(tmp_path, settings, now):
    settings.FENGHUO_BUNDLES = tmp_path
    old = years_ago(now, 6) - timedelta(days=1)
    first = record(None, "x", None, concerned=None, now=old, about="gone@example.org")
    record(None, "x", None, concerned=None, now=now, about="here@example.org")
    done = schedule.housekeeping(now)
    assert done["trail_lines"] == 1
    stays, boundary = Entry.objects.order_by("number")
    assert (stays.number, boundary.verb, boundary.by) == (2, "expire", Entry.By.HOUSE)
    assert boundary.after["hash"] == first.hash
    assert list(Person.objects.values_list("mail", flat=True)) == ["here@example.org"]
    assert verify() == checkpoint()
    assert schedule.housekeeping(now)["trail_lines"] == 0
    assert schedule.housekeeping(now + timedelta(days=6 * 366))["trail_lines"] == 2


@pytest.mark.django_db
def test_housekeeping_throws_away_what_dead_crawls_left(tmp_path, settings, now):
    settings.FENGHUO_BUNDLES = tmp_path
    for name in ("eu-rasff-20250601T000000Z-0.part", "eu-rasff-20250601T000000Z-1"):
        (tmp_path / name).mkdir()
    done = schedule.housekeeping(now + timedelta(days=36500))
    assert done == Counter(parts=1, job_runs=0)
    assert [p.name for p in tmp_path.iterdir()] == ["eu-rasff-20250601T000000Z-1"]
