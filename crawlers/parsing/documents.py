"""Documents of a JSON API, out of a stored page or out of JSON Lines.

A page is one JSON object with a list `results` (or the bare list); JSON Lines hold one document a
line. Which of them a file is shows on its first line, so that JSON Lines of any length are read
without holding them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from crawlers.parsing.rows import UnreadableError, loads

_ABOVE = 120
"""Characters above a heading that may hold its case numbers."""

_BOM = b"\xef\xbb\xbf"
Numbered = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """One document, not yet looked at. `raw` is kept where it cannot be read."""

    place: str
    raw: object
    load: Callable[[], object]

    def document(self) -> dict[str, Any]:
        """Raises UnreadableError where the row is no JSON object."""
        value = self.load()
        if not isinstance(value, dict):
            raise UnreadableError(f"{type(value).__name__} instead of a document")
        return value


def rows(stream: BinaryIO, place: str) -> Iterator[Row]:
    """Every document, with the place to name it by: `page.json:results[3]`, `year.jsonl:1204`.

    White space is no row. A file that is neither a page nor begins like JSON Lines is read as
    JSON Lines, so that its garbled rows are named one by one.
    """
    lines = ((number, line) for number, line in enumerate(stream, 1) if line.strip())
    first = next(lines, None)
    if first is None:
        return
    if _is_document(first[1]):
        yield from _lines(place, chain([first], lines))
        return
    rest = list(lines)
    page = _page(b"".join(line for _, line in (first, *rest)))
    if page is None:
        yield from _lines(place, (first, *rest))
        return
    for number, document in enumerate(page):
        yield Row(f"{place}:results[{number}]", document, partial(_same, document))


def own_part(text: str, title: str, number: str) -> str:
    """The notice's own part of a printed page, on which others stand before and after it.

    From its heading to the line that closes it with its number; the whole text where the heading
    is not found. Footnotes cite titles too: a heading follows its case numbers, or is followed by
    the agency.
    """
    words = [re.escape(word) for word in re.findall(r"\w+", title)[:8]]
    places = list(re.finditer(r"[\W_]+".join(words), text, re.IGNORECASE)) if words else []
    if not places:
        return text
    start = next((place for place in places if _heads(place, text)), places[0])
    begin = max(start.start() - _ABOVE, 0)
    closing = re.search(
        r"\[FR Doc\. " + r"\W".join(map(re.escape, number.split("-"))), text[begin:]
    )
    return text[begin : begin + closing.start()] if closing else text[begin:]


def _heads(title: re.Match[str], text: str) -> bool:
    above = text[max(title.start() - 4, 0) : title.start()]
    return "]" in above or "AGENCY:" in text[title.end() : title.end() + 400]


def _is_document(line: bytes) -> bool:
    value = _json(line)
    return isinstance(value, dict) and "results" not in value


def _page(body: bytes) -> list[object] | None:
    value = _json(body)
    if isinstance(value, dict):
        value = value.get("results")
    return value if isinstance(value, list) else None


def _json(body: bytes) -> object:
    try:
        return json.loads(body.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None


def _lines(place: str, lines: Iterable[Numbered]) -> Iterator[Row]:
    for number, line in lines:
        text = line.removeprefix(_BOM).decode("utf-8", "replace").strip()
        yield Row(f"{place}:{number}", text, partial(loads, text))


def _same(document: object) -> object:
    return document
