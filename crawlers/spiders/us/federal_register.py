"""The Federal Register of the United States, by its API v1.

Everything of the agencies that run trade-remedy cases, and of those that set product requirements
their rules and proposed rules. https://www.federalregister.gov/developers/documentation/api/v1
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Response, TextResponse
from scrapy.selector import Selector
from twisted.python.failure import Failure

from bundles.items import RejectedRow
from crawlers.families import Output, Row, Unexpected, asked
from crawlers.families.json_api import Page, PagedJsonSpider
from crawlers.session import Window

CASES = ("international-trade-administration", "international-trade-commission")
RULES = (
    "consumer-product-safety-commission",
    "environmental-protection-agency",
    "food-and-drug-administration",
    "energy-department",
    "federal-communications-commission",
    "national-highway-traffic-safety-administration",
)
RULE_TYPES = ("RULE", "PRORULE")
FIELDS = (
    "document_number title abstract publication_date html_url type agencies docket_ids "
    "regulation_id_numbers action dates effective_on comments_close_on citation raw_text_url "
    "correction_of"
).split()
PER_PAGE = 200
DAYS = 7
LIMIT = 10_000
"""The API never gives, nor counts, more results of one query; a week has a few hundred."""


class FederalRegister(PagedJsonSpider):
    name = "us-federal-register"

    def queries(self) -> Iterable[str]:
        for window in self.session.windows(DAYS):
            yield self._query(window, CASES, ())
            yield self._query(window, RULES, RULE_TYPES)

    def _query(self, window: Window, agencies: Iterable[str], types: Iterable[str]) -> str:
        query = [
            *(("conditions[agencies][]", agency) for agency in agencies),
            *(("conditions[type][]", kind) for kind in types),
            ("conditions[publication_date][gte]", window.start.isoformat()),
            ("conditions[publication_date][lte]", window.end.isoformat()),
            *(("fields[]", field) for field in FIELDS),
            ("order", "oldest"),
            ("per_page", PER_PAGE),
        ]
        return f"{self.session.job.endpoint}?{urlencode(query)}"

    def rows(self, page: Page) -> list[Any]:
        # A query without results has a count and no list at all.
        rows = page.get("results", [] if page.get("count") == 0 else None)
        if not isinstance(rows, list):
            raise Unexpected(f"no list of results: {str(page)[:300]}")
        return rows

    def total(self, page: Page) -> int | None:
        total = page.get("count")
        if not isinstance(total, int) or total >= LIMIT:
            raise Unexpected(f"count {total!r}: the API hides what is beyond {LIMIT} results")
        return total

    def next_page(self, page: Page, _response: Response) -> str | None:
        url = page.get("next_page_url")
        return str(url) if url else None

    def documents(self, rows: list[Any], response: Response) -> Output:
        """A case's document is read with its full text, for scope, codes and dates stand there."""
        for row in rows:
            if number(row) and self.session.is_known(number(row), line(row)):
                continue
            url = text_url(row)
            if url and self.ours(url):
                known = {"row": row, "page": response}
                yield self.ask(url, self.with_text, self.without_text, cb_kwargs=known)
            elif url:
                yield from self._read_without_text(row, response)
            else:
                yield from self._read(row, response)

    def with_text(self, response: Response, row: dict[str, Any], page: Response) -> Output:
        if not isinstance(response, TextResponse):
            yield from self._read_without_text(row, page)
            return
        yield from self._read({**row, "full_text": plain(response)}, page)

    def without_text(self, failure: Failure) -> Output:
        yield from self._read_without_text(**asked(failure).cb_kwargs)

    def _read_without_text(self, row: dict[str, Any], page: Response) -> Iterator[Row]:
        """The notice matters more than its text; the overlap of the next crawl asks again."""
        self.session.unfinished += 1
        self.session.ask_again(number(row))
        yield from self._read(row, page)

    def _read(self, row: Any, page: Response) -> Iterator[Row]:
        place = f"{page.url}#{number(row)}"
        for read in self.read(line(row), place, page.meta["capture"]):
            if isinstance(read, RejectedRow):
                self.session.ask_again(number(row))
            yield read


def number(row: Any) -> str:
    """The document's number; empty where it has none."""
    return str(row.get("document_number") or "") if isinstance(row, dict) else ""


def line(row: Any) -> bytes:
    """The document as its parser takes it: one line of JSON."""
    return json.dumps(row, ensure_ascii=False).encode()


def text_url(row: Any) -> str | None:
    """Where the full text of a case's document stands; None for other documents."""
    if not isinstance(row, dict):
        return None
    slugs = {a.get("slug") for a in row.get("agencies") or () if isinstance(a, dict)}
    url = row.get("raw_text_url")
    return url if isinstance(url, str) and slugs & set(CASES) else None


def plain(response: TextResponse) -> str:
    """The text of a document: the site wraps it in a page with one `<pre>`."""
    if "<pre" not in response.text[:2000].lower():
        return response.text
    return "".join(Selector(text=response.text).xpath("//pre//text()").getall())
