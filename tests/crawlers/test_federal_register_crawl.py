"""Two queries a week; the documents of cases with their full text."""

from typing import Any
from urllib.parse import urlencode

from bundles import files

SOURCE, PATH = "us-federal-register", "/api/v1/documents.json"
CASES = {"international-trade-administration", "international-trade-commission"}


def document(publisher, number: str, slug: str, **more: Any) -> dict[str, Any]:
    return {
        "document_number": number,
        "title": f"Certain Bolts From India: Initiation of an Antidumping Case ({number})",
        "abstract": "The agency starts to look at bolts.",
        "publication_date": "2025-06-02",
        "html_url": f"https://www.federalregister.gov/d/{number}",
        "type": "Notice",
        "agencies": [{"name": "International Trade Administration", "slug": slug}],
        "raw_text_url": f"{publisher.url}/text/{number}.txt",
        **more,
    }


def of_cases(asked) -> bool:
    return set(asked.query["conditions[agencies][]"]) == CASES


def serve(publisher, answers, cases, rules=()):
    """The documents of cases, two a page; those of the rule-makers."""

    def answer(asked):
        if not of_cases(asked):
            return answers.json({"count": len(rules), "results": list(rules)} if rules else EMPTY)
        start = int(asked.query.get("page", ["1"])[0]) * 2 - 2
        page = {"count": len(cases), "results": cases[start : start + 2]}
        if start + 2 < len(cases):
            query = [("page", start // 2 + 2), *(("conditions[agencies][]", c) for c in CASES)]
            page["next_page_url"] = f"{publisher.url}{PATH}?{urlencode(query)}"
        return answers.json(page)

    publisher.on(PATH, by=answer)


EMPTY = {"count": 0, "description": "nothing found"}
PLAIN = {"Content-Type": "text/plain"}
WRAPPED = (
    b"<html><head><title>x</title></head><body>"
    b"<pre>\n[A-533-999]\nScope &amp; dates\n</pre></body></html>"
)


def test_cases_are_read_with_their_text(publisher, crawler, answers):
    ita = "international-trade-administration"
    cases = [document(publisher, f"2025-0000{n}", ita) for n in range(1, 4)]
    rule = document(publisher, "2025-00009", "energy-department", type="Rule")
    serve(publisher, answers, cases, [rule])
    for number in (1, 2, 3):
        html = {"Content-Type": "text/html"}
        publisher.on(f"/text/2025-0000{number}.txt", answers(WRAPPED, headers=html))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert (report.outcome, report.items, report.unfinished) == ("ok", 4, 0)
    [folder] = files.waiting(crawler.bundles)
    items = {item.number: item for item in files.items(folder)}
    assert items["2025-00001"].body == "[A-533-999]\nScope & dates"
    assert items["2025-00009"].body is None
    assert publisher.requests("/text/2025-00009.txt") == []


def test_what_is_asked_of_the_api(publisher, crawler, answers):
    ita = "international-trade-administration"
    serve(publisher, answers, [document(publisher, "2025-00001", ita)])
    crawler.crawl(crawler.job(SOURCE, PATH, first_days=8))
    asked = [a.query for a in publisher.requests(PATH)]
    days = [
        (a["conditions[publication_date][gte]"][0], a["conditions[publication_date][lte]"][0])
        for a in asked
        if set(a["conditions[agencies][]"]) == CASES
    ]
    assert sorted(days) == [("2025-05-25", "2025-05-31"), ("2025-06-01", "2025-06-02")]
    for query in asked:
        cases = set(query["conditions[agencies][]"]) == CASES
        assert query.get("conditions[type][]") == (None if cases else ["RULE", "PRORULE"])
        assert "raw_text_url" in query["fields[]"]


def test_a_text_that_does_not_come_keeps_no_notice_back(publisher, crawler, answers):
    ita = "international-trade-administration"
    away = document(publisher, "2025-00002", ita, raw_text_url="https://elsewhere.example/x.txt")
    image = document(publisher, "2025-00003", ita, raw_text_url=f"{publisher.url}/scan.png")
    publisher.on(
        "/scan.png", answers(b"\x89PNG\r\n\x1a\n\x00\x00", headers={"Content-Type": "image/png"})
    )
    serve(publisher, answers, [document(publisher, "2025-00001", ita), away, image])
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert (report.outcome, report.items, report.unfinished) == ("ok", 3, 3)


def test_what_has_not_changed_is_not_asked_for_again(publisher, crawler, answers):
    ita = "international-trade-administration"
    first, second = (document(publisher, f"2025-0000{n}", ita) for n in (1, 2))
    serve(publisher, answers, [first, second])
    publisher.on("/text/2025-00001.txt", answers(b"text one", headers=PLAIN))
    crawler.crawl(crawler.job(SOURCE, PATH))
    # The text of the second did not come; then it does, and nothing is new after that.
    publisher.on("/text/2025-00002.txt", answers(b"text two", headers=PLAIN))
    reports = [crawler.crawl(crawler.job(SOURCE, PATH)) for _ in range(2)]
    assert [r.error for r in reports] == ["", ""]
    assert [(r.outcome, r.items, r.unfinished) for r in reports] == [("ok", 1, 0), ("ok", 0, 0)]
    assert len(publisher.requests("/text/2025-00001.txt")) == 1
    # A correction of what the list says is brought again, with its text.
    serve(publisher, answers, [first | {"title": "Certain Bolts From India; Correction"}, second])
    assert crawler.crawl(crawler.job(SOURCE, PATH)).items == 1
    assert len(publisher.requests("/text/2025-00001.txt")) == 2


def test_a_row_that_cannot_be_read_is_rejected_with_its_number(publisher, crawler, answers):
    ita = "international-trade-administration"
    bad = document(publisher, "2025-00002", ita, publication_date="soon", raw_text_url=None)
    serve(publisher, answers, [document(publisher, "2025-00001", ita), bad])
    report = crawler.crawl(crawler.job(SOURCE, PATH, max_rejected_share=0.5))
    assert (report.outcome, report.items, report.rejected) == ("ok", 1, 1)
    [folder] = files.waiting(crawler.bundles)
    [row] = files.rejected(folder)
    assert "2025-00002" in row.place


def test_rows_without_a_number_are_each_rejected(publisher, crawler, answers):
    serve(publisher, answers, [{"title": "one"}, {"title": "two"}])
    report = crawler.crawl(crawler.job(SOURCE, PATH, max_rejected_share=1))
    assert (report.outcome, report.rejected) == ("ok", 2)


def test_a_next_page_elsewhere_is_not_followed(publisher, crawler, answers):
    ita = "international-trade-administration"
    page = {
        "count": 2,
        "results": [document(publisher, "2025-00001", ita)],
        "next_page_url": "https://elsewhere.example/documents.json?page=2",
    }
    publisher.on(PATH, answers.json(page))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "leads away" in report.error


def test_what_the_api_hides_is_a_failure(publisher, crawler, answers):
    publisher.on(PATH, answers.json({"count": 10_000, "results": []}))
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
    assert "10000" in report.error


def test_pages_that_lead_in_a_circle_are_a_failure(publisher, crawler, answers):
    def answer(asked):
        circle = f"{publisher.url}{PATH}?page=2"
        return answers.json({"count": 9, "results": [{}], "next_page_url": circle})

    publisher.on(PATH, by=answer)
    report = crawler.crawl(crawler.job(SOURCE, PATH))
    assert report.outcome == "failed"
