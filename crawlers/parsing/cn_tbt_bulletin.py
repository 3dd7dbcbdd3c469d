"""Chinese bulletins of TBT and SPS notifications, one JSON object a line.

What China's enquiry points and provincial platforms publish of other Members' notifications (and
of China's own): symbol, date, Member, products with codes, title, summary, articles, dates. By its
symbol a line joins the same measure as the WTO's own notification. A deadline such as `通报后60天`
is counted from the date of the line and kept as printed.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from bundles.items import NoticeItem, RejectedRow
from bundles.words import DateKind
from crawlers.parsing import wto_notifications
from crawlers.parsing.rows import UnreadableError, loads, optional, read_or_reject, required
from crawlers.parsing.wto_notifications import Notification, Wording

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
    return Notification(
        source=SOURCE,
        symbols=wto_notifications.symbols(required(row, "symbol")),
        member=required(row, "member"),
        published=wto_notifications.day("date", required(row, "date")),
        url=required(row, "url").split()[0],
        wording=_wording(row),
        products=optional(row, "products"),
        boxes={kind: optional(row, field) for kind, field in DATE_FIELDS.items()},
        coded=_coded(row),
    ).item()


def _wording(row: Row) -> Wording:
    return Wording(
        language="zh",
        title=required(row, "title"),
        description=optional(row, "summary"),
        articles=optional(row, "articles"),
    )


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
