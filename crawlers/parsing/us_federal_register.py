"""The US Federal Register: documents as its API prints them, or one document a line.

Mandatory are number, title, date and address. Everything else may be null or missing: the API
omits what was not asked for, archives keep only a few fields. What the fields do not say is read
from the words (`rulebooks/us_federal_register.toml`).

Source: Federal Register API v1, documents; 1 CFR chapter I.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, BinaryIO

from bundles.items import NoticeItem, RejectedRow
from crawlers.parsing import federal_details, headlines, rules
from crawlers.parsing.documents import Row, rows
from crawlers.parsing.federal_document import FederalDocument
from crawlers.parsing.rows import UnreadableError, plain, read_or_reject

SOURCE = "us-federal-register"
UNNAMED = "Federal Register"
"""The authority where neither a field nor the words name an agency."""

_ACCENT = re.compile(r"\[([A-Za-z]{2,8})\]")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parse(stream: BinaryIO, place: str) -> Iterator[NoticeItem | RejectedRow]:
    """Every document of an API page or of JSON Lines: an item, or a row with what is wrong."""
    for row in rows(stream, place):
        yield read_or_reject(SOURCE, row.place, row.raw, partial(_item, row))


def _item(row: Row) -> NoticeItem:
    document = FederalDocument.model_validate(row.document())
    title, abstract = clean(document.title), clean(document.abstract or "")
    return NoticeItem(
        source=SOURCE,
        number=document.document_number,
        title=title,
        published=_day(document.publication_date),
        url=document.html_url,
        language="en",
        abstract=abstract or None,
        body=document.text(),
        jurisdiction="US",
        **_said(document, title, abstract),
    )


def _said(document: FederalDocument, title: str, abstract: str) -> dict[str, Any]:
    """What the words say: kinds, event and the rest, and the details of what concerns us."""
    book = rules.book(SOURCE)
    seen = rules.Document(
        title=title,
        tail=title,
        text=abstract,
        type=document.type or "",
        number=document.document_number,
        case_numbers=" ".join(document.dockets()),
        names_an_origin=partial(_names_an_origin, title),
    )
    family = rules.family_of(book, seen)
    if family is None:
        return rules.OTHER.words() | {"authority": document.agency() or UNNAMED}
    headline = headlines.of(family.events, title)
    reading = rules.read(book, family, seen.beside(headline.tail))
    details = federal_details.Details(document, title, abstract, headline, reading)
    authority = document.agency() or rules.authority(book, title, abstract) or UNNAMED
    return reading.words() | details.fields() | {"authority": authority}


def _names_an_origin(title: str) -> bool:
    return bool(headlines.split(title).origins)


def _day(value: str) -> date:
    try:
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError as error:
        raise UnreadableError(f"publication_date: {error}") from error
    raise UnreadableError(f"publication_date: {value!r} is no date (YYYY-MM-DD)")


def clean(text: str) -> str:
    """On one line, without markup; `T[uuml]rkiye` is how the printer writes an accent."""
    return _ACCENT.sub(_accent, plain(text)) if "[" in text else plain(text)


def _accent(match: re.Match[str]) -> str:
    entity = f"&{match[1]};"
    letter = html.unescape(entity)
    return letter if letter != entity else match[0]
