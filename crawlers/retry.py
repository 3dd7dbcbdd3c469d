"""Trying again: later each time, not in step with others, not before the publisher allows it."""

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.families import SourceSpider

TOLD_TO_WAIT = frozenset({429, 503})


def back_off(attempt: int, first: float, longest: float, luck: float) -> float:
    """Seconds before try `attempt` (1 is the first retry): doubled each time, less up to a half.

    `luck` is in [0, 1): crawlers that failed together are not to come back together.
    """
    return float(min(first * 2 ** (attempt - 1), longest)) * (1 - luck / 2)


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None if it cannot be read."""
    if value.strip().isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, with the waiting that they lack."""

    async def process_response(  # type: ignore[override] # Scrapy awaits what is awaitable
        self, request: Request, response: Response
    ) -> Request | Response:
        again = super().process_response(request, response)
        if isinstance(again, Request):
            await self._wait(again, response)
        return again

    async def process_exception(  # type: ignore[override] # as above
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            await self._wait(again, None)
        return again

    async def _wait(self, again: Request, response: Response | None) -> None:
        session = SourceSpider.of(self.crawler).session
        job = session.job
        wait = back_off(
            again.meta["retry_times"],
            job.retry_wait,
            job.retry_wait_longest,
            random.random(),  # noqa: S311 - spreads retries, guards nothing
        )
        wait = max(wait, self._asked(response, session.clock()))
        if wait > job.retry_wait_longest:
            raise IgnoreRequest(f"the publisher asks to wait {wait:.0f} s")
        await asyncio.sleep(wait)

    @staticmethod
    def _asked(response: Response | None, now: datetime) -> float:
        if response is None or response.status not in TOLD_TO_WAIT:
            return 0.0
        header = response.headers.get("Retry-After")
        return (retry_after(header.decode("latin-1"), now) or 0.0) if header else 0.0
