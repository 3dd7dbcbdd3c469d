"""Sources that answer with numbered pages of JSON."""

import json
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, NamedTuple

from scrapy import Request
from scrapy.http import Response

from crawlers.families import Output, SourceSpider, Unexpected

Page = dict[str, Any]


class Before(NamedTuple):
    """What of a query has come so far."""

    rows: int = 0
    pages: tuple[str, ...] = ()


class PagedJsonSpider(SourceSpider):
    """Asks `queries()`, and of each answer its `next_page()`, until there is none.

    What a query brought is counted against what its publisher says there is: a list that ends
    early is a failure, not a short list.
    """

    @abstractmethod
    def queries(self) -> Iterable[str]:
        """The URLs of first pages."""

    @abstractmethod
    def rows(self, page: Page) -> list[Any]:
        """The rows of a page. Raises `Unexpected` if it is none."""

    @abstractmethod
    def total(self, page: Page) -> int | None:
        """How many rows the query has, as far as the publisher says."""

    @abstractmethod
    def next_page(self, page: Page, response: Response) -> str | None:
        """The URL of the page after this one."""

    def documents(self, _rows: list[Any], response: Response) -> Output:
        """What is in a page. Unless a source differs: what its parser reads in the response."""
        yield from self.read(response.body, response.url, response.meta["capture"])

    def first(self) -> Iterable[Request]:
        for url in self.queries():
            yield self.ask(url, self.page, cb_kwargs={"before": Before()})

    def page(self, response: Response, before: Before) -> Output:
        page = parsed(response)
        rows = self.rows(page)
        yield from self.documents(rows, response)
        now = Before(before.rows + len(rows), (*before.pages, response.url))
        total = self.total(page)
        if url := self.next_page(page, response):
            yield self.ask(url, self.page, cb_kwargs={"before": now})
        elif total is not None and now.rows < total:
            for asked in now.pages:  # none of them is to be gone on with
                self.session.spoil(asked)
            raise Unexpected(f"{response.url}: the list ends at {now.rows} of {total}")


def parsed(response: Response) -> Page:
    """The object that a response holds. Raises `Unexpected` for anything else."""
    try:
        page = json.loads(response.body)
    except ValueError as error:
        raise Unexpected(f"{response.url}: no JSON: {error}") from error
    if not isinstance(page, dict):
        raise Unexpected(f"{response.url}: {type(page).__name__} instead of an object")
    return page
