"""ePing, the WTO's alert system: a page of the notifications search as JSON.

`{"items": [{…}, …], "totalCount": n}`; the list has also been seen under `notifications`, `rows`
and `data`. One item is one notification; the fields read are those that the functions below name.
Errors arrive with HTTP 200 now and then: a page without a list is one rejected row that quotes
the message.
Source: WTO API portal, ePing notifications search.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from bundles.items import NoticeItem, RejectedRow
from bundles.words import DateKind
from crawlers.parsing import wto_notifications
from crawlers.parsing.rows import UnreadableError, load, optional, read_or_reject, reject, required
from crawlers.parsing.wto_notifications import Notification, Wording

SOURCE = "wto-eping"
LISTS = ("items", "notifications", "rows", "data")
SEARCH = "https://eping.wto.org/en/Search/Index?documentSymbol="
DATE_FIELDS = {
    DateKind.COMMENTS_DUE: "commentDeadlineDate",
    DateKind.ADOPTION: "proposedAdoptionDate",
    DateKind.IN_FORCE: "proposedEntryIntoForceDate",
}

Row = Mapping[str, Any]


def parse(stream: BinaryIO, place: str) -> Iterator[NoticeItem | RejectedRow]:
    """Every notification of a page; what is no page is one rejected row."""
    text = ""
    try:
        text, page = load(stream)
        rows = listed(page)
    except UnreadableError as error:
        yield reject(SOURCE, place, str(error), text)
        return
    for number, row in enumerate(rows):
        yield read_or_reject(SOURCE, f"{place}#/{number}", row, partial(item, row))


def listed(page: Any) -> list[Any]:
    """The list of a page, wherever it stands; raises UnreadableError with the page's message."""
    if isinstance(page, list):
        return page
    if not isinstance(page, dict):
        raise UnreadableError(f"not a page of notifications: {type(page).__name__}")
    for name in LISTS:
        if isinstance(page.get(name), list):
            rows: list[Any] = page[name]
            return rows
    message = page.get("message") or page.get("error") or page.get("title") or "no list of items"
    raise UnreadableError(f"not a page of notifications: {message}")


def item(row: Any) -> NoticeItem:
    """One notification; raises UnreadableError, ValidationError."""
    if not isinstance(row, dict):
        raise UnreadableError(f"not a notification: {type(row).__name__}")
    symbols = wto_notifications.symbols(required(row, "documentSymbol"))
    products = optional(row, "productsFreeTextPlain", "productsFreeText")
    return Notification(
        source=SOURCE,
        symbols=symbols,
        member=required(row, "notifyingMember"),
        published=wto_notifications.day("distributionDate", required(row, "distributionDate")),
        url=optional(row, "linkToNotification") or SEARCH + str(symbols[0]),
        wording=_wording(row),
        products=products,
        boxes={kind: optional(row, field) for kind, field in DATE_FIELDS.items()},
        coded={"field:productsFreeText": products},
    ).item()


def _wording(row: Row) -> Wording:
    return Wording(
        language="en",
        title=required(row, "titlePlain", "title"),
        description=optional(row, "descriptionPlain", "description"),
        articles=optional(row, "articles"),
        form=optional(row, "notificationType"),
    )
