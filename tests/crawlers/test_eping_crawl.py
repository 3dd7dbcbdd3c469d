"""Pages of JSON with a key: paging, refusals, and a crawler that is killed half-way."""

import gzip
import hashlib
import threading
from datetime import date
from typing import Any

from bundles import files
from crawlers import memory, warc

SOURCE, PATH = "wto-eping", "/eping/notifications/search"
TOTAL = 230


def notification(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "documentSymbol": f"G/TBT/N/USA/{number}",
        "area": "TBT",
        "notificationType": "Regular notification",
        "notifyingMember": "United States of America",
        "title": f"Plugs and sockets, part {number}",
        "productsFreeText": "Plugs (HS 853669)",
        "distributionDate": "2025-06-01T00:00:00",
        "commentDeadlineDate": "2025-08-01",
    }


def page(number: int, total: int = TOTAL) -> dict[str, Any]:
    rows = range((number - 1) * 100 + 1, min(number * 100, total) + 1)
    return {"items": [notification(n) for n in rows], "totalCount": total, "currentPage": number}


def serve(publisher, answer, wait=None):
    def pages(asked):
        number = int(asked.query["page"][0])
        if wait and number == 2:
            wait[0].set()
            wait[1].wait(60)
        return answer.json(page(number))

    publisher.on(PATH, by=pages)


def test_all_pages_are_fetched_kept_and_read(publisher, crawler, answers):
    serve(publisher, answers)
    report = crawler.crawl(crawler.job(SOURCE, PATH, key="a-secret-key"))
    assert (report.outcome, report.error) == ("ok", "")
    assert (report.items, report.rejected, report.newest) == (TOTAL, 0, date(2025, 6, 1))
    asked = publisher.requests(PATH)
    assert [a.query["page"] for a in asked] == [["1"], ["2"], ["3"]]
    assert asked[0].query["distributionDateFrom"] == ["2025-06-01"]
    assert asked[0].query["distributionDateTo"] == ["2025-06-02"]
    assert {a.headers["Ocp-Apim-Subscription-Key"] for a in asked} == {"a-secret-key"}
    [folder] = files.waiting(crawler.bundles)
    assert files.manifest(folder).items == TOTAL
    assert len({item.number for item in files.items(folder)}) == TOTAL
    assert crawler.parts() == []


def test_what_was_fetched_reads_back_as_it_was_sent(publisher, crawler, answers):
    serve(publisher, answers)
    crawler.crawl(crawler.job(SOURCE, PATH, key="a-secret-key"))
    [folder] = files.waiting(crawler.bundles)
    records = list(files.captures(folder))
    pages = {record.sha256: record for record in records if PATH in record.url}
    assert len(pages) == 3
    for number, record in enumerate(pages.values(), 1):
        sent = answers.json(page(number)).body
        kept = warc.read_at(folder / "captures.warc.gz", record.offset)
        assert kept == sent
        assert record.sha256 == hashlib.sha256(sent).hexdigest()
        assert (record.status, record.length) == (200, len(sent))
    assert {item.capture for item in files.items(folder)} == set(pages)
    assert b"a-secret-key" not in gzip.decompress((folder / "captures.warc.gz").read_bytes())


def test_the_crawler_says_who_it_is(publisher, crawler, answers):
    serve(publisher, answers)
    crawler.crawl(crawler.job(SOURCE, PATH, contact="desk@example.org"))
    said = {asked.headers["User-Agent"] for asked in publisher.asked}
    assert len(said) == 1
    assert said.pop().endswith("; desk@example.org)")
    assert publisher.asked[0].path == "/robots.txt"


def test_a_refusal_with_status_200_is_a_failure(publisher, crawler, answers):
    publisher.on(PATH, answers.json({"statusCode": 401, "message": "Access denied"}))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "Access denied" in report.error
    assert files.waiting(crawler.bundles) == []
    assert not crawler.remembers(SOURCE)


def test_a_refusal_is_not_what_the_next_crawl_goes_on_with(publisher, crawler, answers):
    quota = answers.json({"message": "Out of call volume quota"})
    publisher.on(PATH, quota, answers.json({"items": [], "totalCount": TOTAL}))
    job = crawler.job(SOURCE, PATH)
    assert "volume quota" in crawler.crawl(job).error
    assert "ends at 0 of 230" in crawler.crawl(job).error
    serve(publisher, answers)
    assert crawler.crawl(job).outcome == "ok"
    assert [a.query["page"] for a in publisher.requests(PATH)] == [[n] for n in "11123"]


def test_a_list_that_ends_early_is_a_failure(publisher, crawler, answers):
    first, cut = page(1), {"items": [], "totalCount": TOTAL}
    publisher.on(PATH, answers.json(first), answers.json(cut))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "ends at 100 of 230" in report.error


def test_a_killed_crawl_loses_nothing_and_asks_for_nothing_twice(publisher, crawler, answers):
    asked, go_on = threading.Event(), threading.Event()
    serve(publisher, answers, wait=(asked, go_on))
    process = crawler.start(crawler.job(SOURCE, PATH))
    assert asked.wait(60)
    process.kill()
    process.communicate()
    go_on.set()
    assert files.waiting(crawler.bundles) == []
    assert len(crawler.parts()) == 1

    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert (report.outcome, report.items) == ("ok", TOTAL)
    assert [a.query["page"] for a in publisher.requests(PATH)] == [["1"], ["2"], ["2"], ["3"]]
    [folder] = files.waiting(crawler.bundles)
    assert len({item.number for item in files.items(folder)}) == TOTAL
    assert crawler.parts() == []


def test_a_crawl_that_is_told_to_stop_is_not_taken_for_a_whole_one(publisher, crawler, answers):
    asked, go_on = threading.Event(), threading.Event()
    serve(publisher, answers, wait=(asked, go_on))
    process = crawler.start(crawler.job(SOURCE, PATH))
    assert asked.wait(60)
    process.terminate()
    go_on.set()
    out, _ = process.communicate(timeout=120)
    assert b'"outcome":"failed"' in out
    assert files.waiting(crawler.bundles) == []


def test_the_next_crawl_begins_a_little_before_the_end_of_the_last(publisher, crawler, answers):
    serve(publisher, answers)
    job = crawler.job(SOURCE, PATH, first_days=40, overlap_days=3)
    crawler.crawl(job)
    begun = [a.query["distributionDateFrom"] for a in publisher.requests(PATH)]
    assert sorted({b[0] for b in begun}) == ["2025-04-23", "2025-05-23"]
    publisher.asked.clear()
    crawler.crawl(job)
    begun = [a.query["distributionDateFrom"] for a in publisher.requests(PATH)]
    assert {b[0] for b in begun} == {"2025-05-30"}


def test_two_crawls_of_a_source_do_not_meet(publisher, crawler, answers):
    serve(publisher, answers)
    with memory.alone(crawler.state / SOURCE) as mine:
        assert mine
        assert crawler.crawl(crawler.job(SOURCE, PATH)).outcome == "busy"
    assert publisher.asked == []
    assert crawler.crawl(crawler.job(SOURCE, PATH)).outcome == "ok"


def test_a_redirect_never_carries_the_key_away(publisher, crawler, answers):
    away = {"Location": f"{publisher.url}/elsewhere"}
    publisher.on(PATH, answers(status=302, headers=away))
    report = crawler.crawl(crawler.job(SOURCE, PATH, key="a-secret-key"))
    assert report.outcome == "failed"
    assert publisher.requests("/elsewhere") == []
