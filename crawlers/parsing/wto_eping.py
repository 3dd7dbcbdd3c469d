"""ePing, the WTO's alert system: a page of the notifications search as JSON.

`{"items": [{…}, …], "totalCount": n}`; the list has also been seen under `notifications`, `rows`
and `data`. One item is one notification; the fields read are those that the functions below name.
Errors arrive with HTTP 200 now and then: a page without a list is one rejected row that quotes
the message.
Source: WTO API portal, ePing notifications search.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, BinaryIO

from bundles.items import NoticeItem, PrintedDate, RejectedRow
from bundles.words import DateKind
from crawlers.parsing import day_words, wto_notifications
from crawlers.parsing.rows import UnreadableError, load, optional, read_or_reject, reject, required
from crawlers.parsing.wto_notifications import Wording
from crawlers.parsing.wto_symbols import Symbol

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
    published = _published(row)
    wording = _wording(row)
    dates = _dates(row, wording, published)
    first, *also = wto_notifications.events(symbols[0], wording, published, dates)
    kinds = wto_notifications.kinds(symbols[0], wording)
    origins = wto_notifications.origins(symbols[0], wording.title, "en")
    products = optional(row, "productsFreeTextPlain", "productsFreeText")
    member = required(row, "notifyingMember")
    return NoticeItem(
        source=SOURCE,
        number=", ".join(map(str, symbols)),
        title=wording.title,
        published=published,
        url=_url(row, symbols[0]),
        language="en",
        abstract=wording.description or None,
        authority=member,
        jurisdiction=wto_notifications.jurisdiction(symbols, member, "en"),
        kinds=kinds,
        event=first,
        also=tuple(also),
        origins=origins,
        symbols=tuple(map(str, symbols)),
        references=wto_notifications.references(symbols, wording.text),
        product=wto_notifications.product(products),
        codes=wto_notifications.printed_codes(
            {"field:productsFreeText": products} | wording.prose(), published.year
        ),
        dates=tuple(dates),
        threads=(wto_notifications.thread(symbols, kinds[0], wording.title, origins),),
    )


def _wording(row: Row) -> Wording:
    return Wording(
        language="en",
        title=required(row, "titlePlain", "title"),
        description=optional(row, "descriptionPlain", "description"),
        articles=optional(row, "articles"),
        form=optional(row, "notificationType"),
    )


def _published(row: Row) -> date:
    text = required(row, "distributionDate")
    day = day_words.read(text)
    if day is None:
        raise UnreadableError(f"distributionDate: {text} is no date")
    return day


def _dates(row: Row, wording: Wording, published: date) -> list[PrintedDate]:
    boxes = (
        wto_notifications.field_date(kind, optional(row, field), published)
        for kind, field in DATE_FIELDS.items()
    )
    return wto_notifications.merged_dates(boxes, wording.text)


def _url(row: Row, symbol: Symbol) -> str:
    """The notification's own page, else the search that finds it."""
    return optional(row, "linkToNotification") or SEARCH + str(symbol)
