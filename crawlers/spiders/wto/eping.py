"""TBT and SPS notifications, from the ePing API of the WTO (subscription key needed).

Parameters and fields as its third-party clients use them; never asked live by us.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Response
from w3lib.url import add_or_replace_parameter, url_query_parameter

from crawlers.families import Unexpected
from crawlers.families.json_api import Page, PagedJsonSpider
from crawlers.parsing.rows import UnreadableError
from crawlers.parsing.wto_eping import listed

PER_PAGE = 100
DAYS = 30


class Eping(PagedJsonSpider):
    name = "wto-eping"
    # Scrapy takes well-known secrets off a redirect to another host, but not this source's header.
    custom_settings = {"REDIRECT_ENABLED": False}

    def headers(self) -> dict[str, str]:
        return {"Ocp-Apim-Subscription-Key": self.session.job.key or ""}

    def queries(self) -> Iterable[str]:
        for window in self.session.windows(DAYS):
            query = {
                "language": 1,
                "pageSize": PER_PAGE,
                "page": 1,
                "distributionDateFrom": window.start.isoformat(),
                "distributionDateTo": window.end.isoformat(),
            }
            yield f"{self.session.job.endpoint}?{urlencode(query)}"

    def rows(self, page: Page) -> list[Any]:
        # The gateway sends refusals with status 200 too: whatever has no list is no answer.
        try:
            return listed(page)
        except UnreadableError as error:
            raise Unexpected(str(error)) from error

    def total(self, page: Page) -> int | None:
        total = page.get("totalCount")
        return total if isinstance(total, int) else None

    def next_page(self, page: Page, response: Response) -> str | None:
        number = int(url_query_parameter(response.url, "page") or 1)
        rows, total = len(self.rows(page)), self.total(page)
        more = rows == PER_PAGE if total is None else rows > 0 and number * PER_PAGE < total
        return add_or_replace_parameter(response.url, "page", str(number + 1)) if more else None
