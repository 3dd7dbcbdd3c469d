"""One file with everything in it; and what every source has to bear from the network."""

import gzip
import time

import pytest

from bundles import files
from crawlers import warc

SOURCE, PATH = "eu-rasff", "/listing.csv"
HEADER = (
    '\ufeff"Date of Case",Reference,"Notification From","Country Origin",Product,'
    '"Product Category","Hazard Substance","Hazard Category"'
)
TAG = '"v1"'


def listing(*rows: str) -> bytes:
    return "\r\n".join([HEADER, *rows, ""]).encode()


def row(number: int, origin: str = "China") -> str:
    return (
        f'"May 3{number % 2}, 2025","2025.{number:04}",Poland,{origin},"Bamboo spoon {number}",'
        '"Food contact materials","Melamine - migration",Migration'
    )


def test_the_second_crawl_fetches_nothing_that_has_not_changed(publisher, crawler, answers):
    def answer(asked):
        if asked.headers.get("If-None-Match") == TAG:
            return answers(status=304)
        return answers(listing(row(1), row(2)), headers={"ETag": TAG, "Content-Type": "text/csv"})

    publisher.on(PATH, by=answer)
    job = crawler.job(SOURCE, PATH)
    first, second = crawler.crawl(job), crawler.crawl(job)
    assert (first.outcome, first.items) == ("ok", 2)
    assert (second.outcome, second.items, second.error) == ("ok", 0, "")
    assert "If-None-Match" not in publisher.requests(PATH)[0].headers
    assert publisher.requests(PATH)[1].headers["If-None-Match"] == TAG


def test_a_crawl_that_died_before_its_bundle_is_not_told_that_nothing_changed(
    publisher, crawler, answers
):
    broken = answers(listing("torn"), headers={"ETag": TAG})
    publisher.on(PATH, broken, answers(listing(row(1)), headers={"ETag": TAG}))
    job = crawler.job(SOURCE, PATH)
    assert crawler.crawl(job).outcome == "failed"
    assert crawler.crawl(job).outcome == "ok"
    assert "If-None-Match" not in publisher.requests(PATH)[1].headers


def test_errors_are_tried_again_and_not_before_the_publisher_allows(publisher, crawler, answers):
    publisher.on(
        PATH,
        answers(status=429, headers={"Retry-After": "1"}),
        answers(status=500),
        answers(listing(row(1))),
    )
    times = []
    answer = publisher.answer

    def noted(asked):
        times.append(time.monotonic())
        return answer(asked)

    publisher.answer = noted
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert (report.outcome, report.items) == ("ok", 1)
    _robots, first, second, _third = times
    assert second - first >= 1
    [folder] = files.waiting(crawler.bundles)
    kept = [record.status for record in files.captures(folder) if PATH in record.url]
    assert kept == [429, 500, 200]


def test_who_asks_to_wait_too_long_is_left_alone(publisher, crawler, answers):
    publisher.on(PATH, answers(status=503, headers={"Retry-After": "86400"}))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "asks to wait 86400 s" in report.error
    assert len(publisher.requests(PATH)) == 1


def test_an_error_that_stays_is_a_failure(publisher, crawler, answers):
    publisher.on(PATH, answers(status=500))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "HTTP 500" in report.error
    assert len(publisher.requests(PATH)) == 3
    assert files.waiting(crawler.bundles) == []


def test_where_robots_may_not_go_we_do_not_go(publisher, crawler, answers):
    publisher.on("/robots.txt", answers(b"User-agent: *\nDisallow: /listing"))
    publisher.on(PATH, answers(listing(row(1))))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "robots.txt" in report.error
    assert publisher.requests(PATH) == []


def test_nothing_from_a_source_that_always_has_something(publisher, crawler, answers):
    publisher.on(PATH, answers(listing(), headers={"ETag": TAG}))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert (report.outcome, report.items) == ("empty", 0)
    # What it answered is kept as evidence, but the source is asked anew.
    [folder] = files.waiting(crawler.bundles)
    assert report.bundle == folder.name
    assert not crawler.remembers(SOURCE)


def test_nothing_from_a_source_that_may_have_nothing(publisher, crawler, answers):
    publisher.on(PATH, answers(listing()))
    report = crawler.crawl(crawler.job(SOURCE, PATH, should_have_results=False))
    assert report.outcome == "ok"


@pytest.mark.parametrize(("share", "outcome"), [(0.2, "failed"), (0.25, "ok")])
def test_too_many_rows_that_cannot_be_read(publisher, crawler, answers, share, outcome):
    publisher.on(PATH, answers(listing(row(1), row(2), row(3), "torn")))
    report = crawler.crawl(crawler.job(SOURCE, PATH, max_rejected_share=share))
    assert (report.outcome, report.items, report.rejected) == (outcome, 3, 1)
    # The rows are kept, whatever is thought of the crawl.
    [folder] = files.waiting(crawler.bundles)
    assert len(list(files.items(folder))) == 3
    assert [r.raw for r in files.rejected(folder)] == ['["torn"]']
    assert crawler.remembers(SOURCE) is (outcome == "ok")


def test_a_redirect_to_somebody_else_is_not_taken_for_an_empty_source(publisher, crawler, answers):
    away = {"Location": publisher.url.replace("127.0.0.1", "localhost") + PATH}
    publisher.on(PATH, answers(status=302, headers=away))
    report = crawler.crawl(crawler.job(SOURCE, PATH, should_have_results=False))
    assert report.outcome == "failed"
    assert "never answered" in report.error
    assert len(publisher.requests(PATH)) == 1


def test_compressed_answers_are_kept_as_they_came(publisher, crawler, answers):
    sent = gzip.compress(listing(row(1)), mtime=0)
    publisher.on(PATH, answers(sent, headers={"Content-Encoding": "gzip"}))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.items == 1
    [folder] = files.waiting(crawler.bundles)
    [record] = [r for r in files.captures(folder) if PATH in r.url]
    assert warc.read_at(folder / "captures.warc.gz", record.offset) == sent
