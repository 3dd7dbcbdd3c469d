from datetime import date, timedelta

import pytest

from monitor.sources.health import SENTENCES, STATUSES, Status, health, sentence
from monitor.sources.models import SourceRun
from monitor.sources.registry import Definition

Outcome = SourceRun.Outcome
BOTH = {"zh": "名", "en": "name"}


def source(**changes) -> Definition:
    given = {
        "id": "us-example",
        "name": BOTH,
        "publisher": BOTH,
        "jurisdiction": "US",
        "language": "en",
        "url": "https://example.org/",
        "licence": BOTH,
        "covers": BOTH,
        "crawl": {"endpoint": "https://example.org/api", "every_minutes": 60, "delay_seconds": 1},
        "normal": {"should_have_results": True, "quiet_days": 5, "max_rejected_share": 0.1},
        "proven": {
            "parser": "real",
            "parser_by": BOTH,
            "endpoint": "unproven",
            "endpoint_by": BOTH,
        },
    }
    return Definition.model_validate(given | changes)


def run(now, hours_ago=1.0, outcome=Outcome.OK, days_old=0, **more) -> SourceRun:
    started = now - timedelta(hours=hours_ago)
    newest = None if days_old is None else now.date() - timedelta(days=days_old)
    return SourceRun(
        started_at=started, finished_at=started, outcome=outcome, newest=newest, **more
    )


def test_it_works(now):
    found = health(source(), [run(now, items=7)], now)
    assert (found.status, found.code) == (Status.WORKING, "working")
    assert found.params == {"items": 7, "newest": "2025-06-02"}
    assert found.last_worked == now - timedelta(hours=1)


def test_nothing_new_is_quiet(now):
    runs = [run(now, days_old=None), run(now, 2, days_old=3)]
    assert health(source(), runs, now).status == Status.QUIET


def test_nothing_at_all_in_any_run_is_quiet(now):
    assert health(source(), [run(now, days_old=None)], now).status == Status.QUIET


def test_a_date_in_the_future_hides_no_silence(now):
    found = health(source(), [run(now, days_old=-30), run(now, 2, days_old=9)], now)
    assert found.code == "silent"


def test_silence_for_too_long_is_broken(now):
    assert health(source(), [run(now, days_old=5)], now).status == Status.WORKING
    found = health(source(), [run(now, days_old=6)], now)
    assert (found.status, found.code) == (Status.BROKEN, "silent")


@pytest.mark.parametrize(
    ("outcome", "code"), [(Outcome.FAILED, "failed"), (Outcome.EMPTY, "empty")]
)
def test_a_crawl_that_ended_badly_is_broken_and_the_last_good_one_is_named(now, outcome, code):
    found = health(source(), [run(now, outcome=outcome, error="HTTP 500"), run(now, 2)], now)
    assert (found.status, found.code) == (Status.BROKEN, code)
    assert found.last_worked == now - timedelta(hours=2)


def test_a_crawl_at_work_is_judged_by_what_was_before(now):
    at_work = run(now, 0.1, outcome=Outcome.RUNNING, days_old=None)
    assert health(source(), [at_work], now).code == "begun"
    assert health(source(), [at_work, run(now, outcome=Outcome.EMPTY)], now).code == "empty"


def test_a_crawl_that_never_reported_is_broken(now):
    rare = source(crawl=source().crawl.model_dump() | {"every_minutes": 1440})
    found = health(rare, [run(now, 7, outcome=Outcome.RUNNING)], now)
    assert (found.status, found.code) == (Status.BROKEN, "killed")


def test_no_crawl_for_three_intervals_is_broken(now):
    assert health(source(), [run(now, 3)], now).status == Status.WORKING
    assert health(source(), [run(now, 3.1)], now).code == "late"


def test_without_a_crawl_it_is_back_fill_only(now):
    assert health(source(crawl=None), [], now).status == Status.BACKFILL


def test_a_key_is_needed_and_that_is_no_error(now):
    keyed = source(crawl=source().crawl.model_dump() | {"needs_key": "FENGHUO_EXAMPLE_KEY"})
    found = health(keyed, [], now)
    assert (found.status, found.params) == (Status.NEEDS_KEY, {"variable": "FENGHUO_EXAMPLE_KEY"})
    assert health(keyed, [], now, has_key=True).status == Status.NEVER_RUN


def test_everything_can_be_said(now):
    params = {
        "variable": "V",
        "error": "E",
        "last": "L",
        "minutes": 1,
        "newest": str(date(2025, 6, 2)),
        "days": 1,
        "items": 1,
    }
    for said in SENTENCES.values():
        assert str(said) % params
    assert set(STATUSES) == set(Status)
    assert sentence(health(source(), [run(now, outcome=Outcome.FAILED, error="E")], now))
