"""Rows of a feed: read or rejected, never dropped and never guessed at."""

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from pydantic import ValidationError

from bundles.items import NoticeItem, RejectedRow

RAW_LIMIT = 20_000
"""Characters of a rejected row that are kept: enough to see what it was."""


class UnreadableError(ValueError):
    """A row that cannot be read; the message is the reason that the operator is shown."""


def read_or_reject(
    source: str, place: str, raw: object, build: Callable[[], NoticeItem]
) -> NoticeItem | RejectedRow:
    """The item that `build` makes, or the row with the reason why it made none."""
    try:
        return build()
    except ValidationError as error:
        return reject(source, place, _reasons(error), raw)
    except UnreadableError as error:
        return reject(source, place, str(error), raw)


def reject(source: str, place: str, reason: str, raw: object) -> RejectedRow:
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    return RejectedRow(
        source=source, place=printable(place), reason=printable(reason), raw=printable(text)
    )


def printable(text: str) -> str:
    """The text as valid UTF-8: a lone surrogate out of a broken feed becomes a question mark."""
    return text[:RAW_LIMIT].encode("utf-8", "replace").decode("utf-8")


def load(stream: BinaryIO) -> tuple[str, Any]:
    """A response body as text and as JSON; raises UnreadableError where it is neither."""
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    return text, loads(text)


def loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {error}") from error


def required(row: Mapping[str, Any], *fields: str) -> str:
    """The first of the fields that is filled; raises UnreadableError where none is."""
    value = optional(row, *fields)
    if not value:
        raise UnreadableError(f"{fields[0]}: missing")
    return value


def optional(row: Mapping[str, Any], *fields: str) -> str:
    """The first of the fields that is filled, on one line and without markup, else empty."""
    for field in fields:
        value = row.get(field)
        if value is None:
            continue
        if not isinstance(value, str):
            raise UnreadableError(f"{field}: {type(value).__name__} instead of text")
        if text := plain(value):
            return text
    return ""


def plain(text: str) -> str:
    """Without tags and entities, white space folded."""
    if "<" in text:
        text = re.sub(r"<(?:/|!)?[A-Za-z][^<>]*>", " ", text)
    return " ".join(html.unescape(text).split()) if "&" in text else " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Cut at a word, with an ellipsis, where it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _reasons(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'item'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    )
