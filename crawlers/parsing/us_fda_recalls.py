"""US FDA recalls: a response of the iRES enforcement-report service as JSON.

`{"MESSAGE": …, "STATUSCODE": …, "RESULTCOUNT": n, "RESULT": [{…}, …]}`; one row is one product of
a recall event. The service's status codes are its own: 400 is success, 412 is "no results found",
anything else (401 without authorisation) is an error, all of them with HTTP 200.

* number. `PRODUCTID`, which every row has from the first day; the public recall number
  (`F-1094-2024`) is given on classification only and is the case number here.
* measure. The recall event: one decision of one firm, often about many products.
* event. `recalled` until the FDA has terminated the recall (a firm that reports itself done has
  not closed it), then `closed`.
* origin. The service has no such field; it is read where the description says `Product of …`.
* published. The enforcement report's date, else the day on which the recall began.

Source: FDA, "Enforcement Report API" (iRES) definitions; 21 CFR 7.40-7.59.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

from bundles import places
from bundles.items import Company, NoticeItem, RejectedRow, Thread
from bundles.words import Event, Kind
from crawlers.parsing.rows import (
    UnreadableError,
    load,
    optional,
    read_or_reject,
    reject,
    required,
    shorten,
)

SOURCE = "us-fda-recalls"
URL = "https://www.accessdata.fda.gov/scripts/ires/?Product="
SUCCESS, EMPTY = 400, 412
EVENTS = {
    "Ongoing": Event.RECALLED,
    "Completed": Event.RECALLED,
    "Terminated": Event.CLOSED,
}
CLASSES = {"1": "Class I", "2": "Class II", "3": "Class III", "NC": "Not yet classified"}
TITLE_LIMIT = 240
_MADE_IN = re.compile(
    r"(?:product of|made in|manufactured in|produced in|packed in|country of origin:?|origin:)"
    r"\s+(?:the )?(.{2,40})",
    re.IGNORECASE,
)

Row = Mapping[str, Any]


def parse(stream: BinaryIO, place: str) -> Iterator[NoticeItem | RejectedRow]:
    """Every product of a response; a refused request is one rejected row, an empty answer none."""
    text = ""
    try:
        text, answer = load(stream)
        rows = products(answer)
    except UnreadableError as error:
        yield reject(SOURCE, place, str(error), text)
        return
    for number, row in enumerate(rows):
        yield read_or_reject(SOURCE, f"{place}#/RESULT/{number}", row, partial(item, row))


def products(answer: Any) -> list[Any]:
    """The rows of an answer; raises UnreadableError with the service's own message."""
    if not isinstance(answer, dict) or "STATUSCODE" not in answer:
        raise UnreadableError("not an answer of iRES: no STATUSCODE")
    if answer["STATUSCODE"] == EMPTY:
        return []
    if answer["STATUSCODE"] != SUCCESS:
        raise UnreadableError(f"iRES {answer['STATUSCODE']}: {answer.get('MESSAGE')}")
    rows = answer.get("RESULT")
    if not isinstance(rows, list):
        raise UnreadableError("not an answer of iRES: no RESULT")
    return rows


def item(row: Any) -> NoticeItem:
    """One product; raises UnreadableError, ValidationError."""
    if not isinstance(row, dict):
        raise UnreadableError(f"not a product: {type(row).__name__}")
    firm = required(row, "FIRMLEGALNAM")
    product = required(row, "PRODUCTDESCRIPTIONTXT")
    title = shorten(f"{firm}: {product}", TITLE_LIMIT)
    origins = _origins(product)
    return NoticeItem(
        source=SOURCE,
        number=required(row, "PRODUCTID"),
        title=title,
        published=_published(row),
        url=URL + required(row, "PRODUCTID"),
        language="en",
        abstract=_abstract(row),
        authority=f"US Food and Drug Administration ({required(row, 'CENTERCD')})",
        jurisdiction="US",
        kinds=(Kind.RECALL,),
        event=_event(required(row, "PHASETXT")),
        origins=origins,
        case_numbers=tuple(filter(None, [optional(row, "RECALLNUM")])),
        companies=(Company(name=firm),),
        product=product,
        threads=_threads(required(row, "RECALLEVENTID"), title, origins),
    )


def _event(phase: str) -> Event:
    if phase not in EVENTS:
        raise UnreadableError(f"PHASETXT: {phase} is none of {', '.join(EVENTS)}")
    return EVENTS[phase]


def _published(row: Row) -> date:
    text = optional(row, "ENFORCEMENTREPORTDT") or required(row, "RECALLINITIATIONDT")
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError as error:
        raise UnreadableError(f"ENFORCEMENTREPORTDT: {text} is no date") from error


def _abstract(row: Row) -> str:
    """Class, reason, who got it: the facts beside the description, one a line."""
    grade = required(row, "CENTERCLASSIFICATIONTYPETXT")
    if grade not in CLASSES:
        raise UnreadableError(
            f"CENTERCLASSIFICATIONTYPETXT: {grade} is none of {', '.join(CLASSES)}"
        )
    parts = (
        CLASSES[grade],
        required(row, "PRODUCTSHORTREASONTXT"),
        optional(row, "PRODUCTDISTRIBUTEDQUANTITY"),
        optional(row, "DISTRIBUTIONAREASUMMARYTXT"),
    )
    return "\n".join(part for part in parts if part)


def _origins(product: str) -> tuple[str, ...]:
    """Where the description says that the goods were made; the first place after the words."""
    named = (places.find(tail)[:1] for tail in _MADE_IN.findall(product))
    return tuple(dict.fromkeys(code for codes in named for code in codes))


def _threads(event: str, title: str, origins: tuple[str, ...]) -> tuple[Thread, ...]:
    origin = origins[0] if len(origins) == 1 else None
    key = f"us-fda:recall-event:{event}"
    return (Thread(kind=Kind.RECALL, origin=origin, title=title, keys=(key,)),)
