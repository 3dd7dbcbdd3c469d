"""Keeps every response as it comes over the wire, and answers what a dead crawl has fetched."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.families import SourceSpider
from crawlers.warc import Exchange
from crawlers.warc import Headers as Pairs

FETCHED = "fenghuo_fetched_at"
CAPTURE = "capture"
"""In `response.meta`: the SHA-256 of what was fetched."""


class Capturing:
    """A downloader middleware, next to the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        # Rules for robots are always asked for anew: they say what is allowed now.
        if request.method != "GET" or request.url.endswith("/robots.txt"):
            return None
        answer = SourceSpider.of(self._crawler).session.journal.answer(request.url)
        if answer is None:
            return None
        request.meta[FETCHED] = answer.fetched_at
        return _response(answer)

    def process_response(self, request: Request, response: Response) -> Response:
        session = SourceSpider.of(self._crawler).session
        fetched_at = request.meta.pop(FETCHED, None) or session.clock()
        request.meta[CAPTURE] = session.capture(
            Exchange(
                url=request.url,
                method=request.method,
                asked=_pairs(request.headers),
                status=response.status,
                answered=_pairs(response.headers),
                body=response.body,
                fetched_at=fetched_at,
            )
        )
        return response


def _pairs(headers: Headers) -> Pairs:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def _response(it: Exchange) -> Response:
    headers = Headers(it.answered)
    kind = responsetypes.from_args(headers=headers, url=it.url, body=it.body)
    return kind(url=it.url, status=it.status, headers=headers, body=it.body)
