"""RASFF, the EU's Rapid Alert System for Food and Feed: the listing as CSV.

One row is one notification. The listing prints the date of the case, the reference, who notified,
where the goods come from, product, category and hazards. It prints neither the classification of
the notification (alert, information, border rejection) nor any HS code. What follows from that:

* kinds. Goods made within the internal market or EFTA can have been found on the market only:
  `recall`. For goods of third countries alone the listing leaves open whether they were turned
  back at the border or found on the market: `recall` and `border_refusal`, so that a filter on
  either finds them.
* event. What the row does say is that the network was alerted: `alert_added`.
* number. The reference is unique in the listing: one notification with several products or
  hazards is one row with lists in its cells. A reference met twice is the same notification again,
  which the corridor takes in once.
* authority. The notifying country, within the network.

Source: Regulation (EC) No 178/2002, Article 50; RASFF Window, European Commission.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from bundles import places
from bundles.items import NoticeItem, RejectedRow, Thread
from bundles.words import Event, Kind
from crawlers.parsing.rows import (
    UnreadableError,
    read_or_reject,
    reject,
    required,
    shorten,
)

SOURCE = "eu-rasff"
URL = "https://webgate.ec.europa.eu/rasff-window/screen/search"
COLUMNS = (
    "Date of Case",
    "Reference",
    "Notification From",
    "Country Origin",
    "Product",
    "Product Category",
    "Hazard Substance",
    "Hazard Category",
)
MARKET = frozenset([*places.members("EU"), "CH", "IS", "LI", "NO"])
NETWORK = MARKET | {"EU", "GB"}
UNSAID = frozenset({"", "n/a", "unknown origin"})
TITLE_LIMIT = 300

Row = dict[str, str]


def parse(stream: BinaryIO, place: str) -> Iterator[NoticeItem | RejectedRow]:
    """Every row of the listing; a file without the listing's columns is one rejected row."""
    rows = csv.reader(_decoded(stream))
    header = _next(rows)
    if fault := _fault(header):
        yield reject(SOURCE, f"{place}:1", f"not the RASFF listing: {fault}", header)
        return
    while (cells := _next(rows)) is not None:
        if cells:
            yield _read(list(header or ()), cells, f"{place}:{rows.line_num}")


def _decoded(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream):
        yield line.decode("utf-8" if number else "utf-8-sig", "replace")


def _fault(header: list[str] | str | None) -> str:
    """What keeps a first row from being the header, empty where nothing does."""
    if isinstance(header, str):
        return header
    missing = [column for column in COLUMNS if column not in (header or [])]
    return f"no column {', '.join(missing)}" if missing else ""


def _next(rows: Iterator[list[str]]) -> list[str] | str | None:
    """The next row, the reason why it is none, or None at the end."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return f"not CSV: {error}"


def _read(header: list[str], cells: list[str] | str, place: str) -> NoticeItem | RejectedRow:
    if isinstance(cells, str):
        return reject(SOURCE, place, cells, "")
    if len(cells) != len(header):
        reason = f"{len(cells)} cells where the header has {len(header)}"
        return reject(SOURCE, place, reason, cells)
    row = dict(zip(header, cells, strict=True))
    return read_or_reject(SOURCE, place, row, partial(item, row))


def item(row: Row) -> NoticeItem:
    """One notification; raises UnreadableError, ValidationError."""
    if "\ufffd" in "".join(row.values()):
        raise UnreadableError("not UTF-8")
    number = required(row, "Reference")
    found_in = origins(row["Country Origin"])
    product = required(row, "Product")
    hazards = _distinct(row["Hazard Substance"])
    title = shorten(": ".join(filter(None, [product, "; ".join(hazards[:3])])), TITLE_LIMIT)
    return NoticeItem(
        source=SOURCE,
        number=number,
        title=title,
        published=_day(required(row, "Date of Case")),
        url=URL,
        language="en",
        abstract=_abstract(row, hazards),
        authority=f"RASFF ({_notifier(required(row, 'Notification From'))})",
        jurisdiction="EU",
        kinds=_kinds(found_in),
        event=Event.ALERT_ADDED,
        origins=found_in,
        product=product,
        threads=_threads(number, found_in, title),
    )


def origins(cell: str) -> tuple[str, ...]:
    """`Italy; Spain` as codes; raises UnreadableError for a name that is no place."""
    names = [name.strip() for name in cell.split(";")]
    codes = {name: places.parse(name) for name in names if name not in UNSAID}
    if unknown := [name for name, code in codes.items() if code is None]:
        raise UnreadableError(f"Country Origin: {', '.join(unknown)} is no known place")
    return tuple(dict.fromkeys(code for code in codes.values() if code))


def _kinds(found_in: tuple[str, ...]) -> tuple[Kind, ...]:
    if found_in and not MARKET & set(found_in):
        return (Kind.RECALL, Kind.BORDER_REFUSAL)
    return (Kind.RECALL,)


def _notifier(name: str) -> str:
    code = places.parse(name)
    if code not in NETWORK:
        raise UnreadableError(f"Notification From: {name} is no member of the network")
    return "European Commission" if code == "EU" else places.name(str(code))


def _threads(number: str, found_in: tuple[str, ...], title: str) -> tuple[Thread, ...]:
    """One measure a notification; where goods of several origins are meant, one for each."""
    if len(found_in) < 2:
        origin = found_in[0] if found_in else None
        key = f"{SOURCE}:{number}"
        return (Thread(kind=Kind.RECALL, origin=origin, title=title, keys=(key,)),)
    return tuple(
        Thread(kind=Kind.RECALL, origin=code, title=title, keys=(f"{SOURCE}:{number}:{code}",))
        for code in found_in
    )


def _abstract(row: Row, hazards: list[str]) -> str:
    parts = [row["Product Category"].strip(), *hazards, *_distinct(row["Hazard Category"])]
    return "; ".join(part for part in parts if part)


def _distinct(cell: str) -> list[str]:
    """The entries of a cell: it repeats a substance for every sample in which it was found."""
    entries = (" ".join(entry.split()) for entry in cell.split(";"))
    return list(dict.fromkeys(entry for entry in entries if entry not in UNSAID))


def _day(text: str) -> date:
    for form in ("%b %d, %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise UnreadableError(f"Date of Case: {text} is no date")
