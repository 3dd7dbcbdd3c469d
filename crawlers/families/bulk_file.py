"""Sources that publish one file with everything in it: fetched only when it has changed."""

from collections.abc import Iterable

from scrapy import Request
from scrapy.http import Response

from crawlers.families import Output, SourceSpider
from crawlers.memory import Validator


class BulkFileSpider(SourceSpider):
    """Asks for the endpoint with what the publisher gave us to ask "has it changed?" with."""

    def first(self) -> Iterable[Request]:
        url = self.session.job.endpoint
        kept = self.session.memory.validators.get(url, Validator())
        headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
        yield self.ask(
            url,
            self.file,
            headers={name: value for name, value in headers.items() if value},
            meta={"handle_httpstatus_list": [304]},
        )

    def file(self, response: Response) -> Output:
        if response.status == 304:
            self.session.unchanged = True
            return
        self.session.validators[self.session.job.endpoint] = Validator(
            etag=_header(response, "ETag"), last_modified=_header(response, "Last-Modified")
        )
        yield from self.read(response.body, response.url, response.meta["capture"])


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
