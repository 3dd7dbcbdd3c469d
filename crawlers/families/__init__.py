"""What the spiders of a kind have in common. A source's own spider says only how it differs."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from functools import partial
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from bundles.items import NoticeItem, RejectedRow
from crawlers.parsing import PARSERS
from crawlers.session import Session

Row = NoticeItem | RejectedRow
Output = Iterator[Request | Row]
Callback = Callable[..., Output]
Errback = Callable[[Failure], Output]


class Unexpected(Exception):
    """The publisher's answer is not of the form that we know."""


class SourceSpider(Spider, ABC):
    """Asks, reads with the source's parser, and stops at the first answer that it cannot trust.

    A family or a source gives `first()`, the requests to begin with.
    """

    session: Session

    @classmethod
    def of(cls, crawler: Crawler) -> "SourceSpider":
        """The spider that this crawler runs."""
        return cast("SourceSpider", crawler.spider)

    def __init__(self, *, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        # A page or a redirect that leads away from the publisher is not followed.
        self.allowed_domains = [urlsplit(session.job.endpoint).hostname or ""]

    async def start(self) -> AsyncIterator[Request]:
        for request in self.first():
            yield request

    @abstractmethod
    def first(self) -> Iterable[Request]:
        """The requests to begin with."""

    def ask(
        self, url: str, callback: Callback, errback: Errback | None = None, **options: Any
    ) -> Request:
        """A request whose answer is waited for: without it, or `errback`, the crawl is not whole.

        Scrapy drops some requests without a word (twice the same, away from the site); what was
        asked and what was answered is therefore counted. Raises `Unexpected` for an address that
        is not the publisher's.
        """
        if not self.ours(url):
            raise Unexpected(f"leads away from the publisher: {url}")
        self.session.asked += 1
        return Request(
            url,
            callback=partial(self._answered, callback),
            errback=partial(self._failed, errback or self.broke),
            headers={**self.headers(), **options.pop("headers", {})},
            **options,
        )

    def ours(self, url: str) -> bool:
        """Whether it is an address of the publisher."""
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and parts.hostname in self.allowed_domains

    def headers(self) -> dict[str, str]:
        """Headers that every request of this source carries."""
        return {}

    def _answered(self, callback: Callback, response: Response, **known: Any) -> Output:
        self.session.answered += 1
        yield from callback(response, **known)

    def _failed(self, errback: Errback, failure: Failure) -> Output:
        self.session.answered += 1
        yield from errback(failure)

    def broke(self, failure: Failure) -> Output:
        """An answer that the crawl needs did not come: what is fetched waits for the next crawl."""
        self.session.fail(f"{asked(failure).url}: {reason(failure)}")
        raise CloseSpider("broke")
        yield  # a generator, as every callback is

    def closed(self, how: str) -> None:
        """Scrapy's last word: `finished`, or why it stopped before."""
        self.session.ended = True
        if how != "finished":
            self.session.fail(f"stopped: {how}")

    def read(self, body: bytes, place: str, capture: str | None) -> Iterator[Row]:
        """The rows of a response, each with the fingerprint of what it was read from."""
        for row in PARSERS[self.session.job.source](BytesIO(body), place):
            if isinstance(row, NoticeItem):
                yield row.model_copy(update={"capture": capture})
            else:
                yield row


def asked(failure: Failure) -> Request:
    """The request that failed: Scrapy hangs it on the failure."""
    return cast("Request", cast("Any", failure).request)


def reason(failure: Failure) -> str:
    """Why a request failed, in few words."""
    error = failure.value
    response = getattr(error, "response", None)
    if isinstance(response, Response):
        return f"HTTP {response.status}"
    return f"{type(error).__name__}: {error}"
