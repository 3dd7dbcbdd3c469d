"""Chinese bulletins of TBT and SPS notifications, one JSON object a line.

What China's enquiry points and provincial platforms publish of other Members' notifications (and
of China's own): symbol, date, Member, products with codes, title, summary, articles, dates. By its
symbol a line joins the same measure as the WTO's own notification. A deadline such as `通报后60天`
is counted from the date of the line and kept as printed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, BinaryIO

from bundles.items import NoticeItem, PrintedDate, RejectedRow
from bundles.words import DateKind
from crawlers.parsing import day_words, wto_notifications
from crawlers.parsing.rows import UnreadableError, loads, optional, read_or_reject, required
from crawlers.parsing.wto_notifications import Wording

SOURCE = "cn-tbt-bulletin"
DATE_FIELDS = {
    DateKind.COMMENTS_DUE: "comment_deadline",
    DateKind.ADOPTION: "approval",
    DateKind.IN_FORCE: "entry_into_force",
}

Row = Mapping[str, Any]


def parse(stream: BinaryIO, place: str) -> Iterator[NoticeItem | RejectedRow]:
    """Every line that is not blank."""
    for number, line in enumerate(stream, 1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
        if text:
            yield read_or_reject(SOURCE, f"{place}:{number}", text, partial(item, text))


def item(line: str) -> NoticeItem:
    """One notification; raises UnreadableError, ValidationError."""
    row = loads(line)
    if not isinstance(row, dict):
        raise UnreadableError(f"not a notification: {type(row).__name__}")
    symbols = wto_notifications.symbols(required(row, "symbol"))
    published = _published(row)
    wording = _wording(row)
    dates = _dates(row, wording, published)
    first, *also = wto_notifications.events(symbols[0], wording, published, dates)
    kinds = wto_notifications.kinds(symbols[0], wording)
    origins = wto_notifications.origins(symbols[0], wording.title, "zh")
    products = optional(row, "products")
    member = required(row, "member")
    return NoticeItem(
        source=SOURCE,
        number=", ".join(map(str, symbols)),
        title=wording.title,
        published=published,
        url=required(row, "url").split()[0],
        language="zh",
        abstract=wording.description or None,
        authority=member,
        jurisdiction=wto_notifications.jurisdiction(symbols, member, "zh"),
        kinds=kinds,
        event=first,
        also=tuple(also),
        origins=origins,
        symbols=tuple(map(str, symbols)),
        references=wto_notifications.references(symbols, wording.text),
        product=wto_notifications.product(products),
        codes=wto_notifications.printed_codes(_coded(row) | wording.prose(), published.year),
        dates=tuple(dates),
        threads=(wto_notifications.thread(symbols, kinds[0], wording.title, origins),),
    )


def _wording(row: Row) -> Wording:
    return Wording(
        language="zh",
        title=required(row, "title"),
        description=optional(row, "summary"),
        articles=optional(row, "articles"),
    )


def _published(row: Row) -> date:
    text = required(row, "date")
    day = day_words.read(text)
    if day is None:
        raise UnreadableError(f"date: {text} is no date")
    return day


def _dates(row: Row, wording: Wording, published: date) -> list[PrintedDate]:
    boxes = (
        wto_notifications.field_date(kind, optional(row, field), published)
        for kind, field in DATE_FIELDS.items()
    )
    return wto_notifications.merged_dates(boxes, wording.description)


def _coded(row: Row) -> dict[str, str]:
    """The fields that hold codes; the list `hs` is a reading of the printed `hs_raw`."""
    coded = {"field:products": optional(row, "products")}
    if raw := optional(row, "hs_raw"):
        coded["field:hs_raw"] = raw
    else:
        coded["field:hs"] = _joined(row, "hs")
    coded["field:ics"] = f"ICS {_joined(row, 'ics')}" if row.get("ics") else ""
    return coded


def _joined(row: Row, field: str) -> str:
    entries = row.get(field) or []
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise UnreadableError(f"{field}: not a list of codes")
    return ", ".join(entries)
