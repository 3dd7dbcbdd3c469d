"""From the spider into the bundle; and the alarm, since Scrapy goes on after an error."""

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from bundles.items import NoticeItem, RejectedRow
from crawlers.families import SourceSpider


class ToBundle:
    """An item pipeline: every row goes into the bundle, read or rejected."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: NoticeItem | RejectedRow) -> NoticeItem | RejectedRow:
        SourceSpider.of(self._crawler).session.take(item)
        return item


class Alarm:
    """An extension: an error in a spider or a pipeline makes the whole crawl a failed one."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.unusable, signal=signals.spider_error)
        crawler.signals.connect(self.failed, signal=signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def unusable(self, failure: Failure, response: Response | None) -> None:
        if response is not None:
            SourceSpider.of(self._crawler).session.spoil(response.url)
        self.failed(failure)

    def failed(self, failure: Failure) -> None:
        error = failure.value
        SourceSpider.of(self._crawler).session.fail(f"{type(error).__name__}: {error}")
