"""A notice's text as people read it: in paragraphs, with marked passages, long ones folded.

Publishers' texts come as they were printed: lines broken at a fixed width, paragraphs told apart by
an empty line or an indented one, tables drawn with spaces. Nothing is left out but white space.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.web.text import Piece, Span, marked, merged, passages

OPEN = 3_000
"""A body up to this long is not folded."""
PART = 40_000
"""Characters of a body on one page."""
EXCERPTS = 5
"""Marked passages of a folded body that are shown above it."""
NARROW, WIDE = 30, 100
"""Characters of a line that was broken to fit a column …"""
EVEN = 0.7
"""… and the part of the longest line's length that every such line has."""

_LINE = re.compile(r"[^\n]+")
_DRAWN = re.compile(r"\S[^\S\n]{3,}\S|[-=_.]{5,}|\|.*\|")

Mark = Callable[[str], Sequence[Span]]
"""Where in a text something is to be marked."""


class Form(StrEnum):
    """How a paragraph is set: as running text, in the lines in which it was printed, or with
    letters of one width because it is a table."""

    PROSE = "prose"
    LINES = "lines"
    TABLE = "table"


@dataclass(frozen=True)
class Paragraph:
    pieces: list[Piece]
    form: Form


@dataclass(frozen=True)
class Body:
    """One page of a body. `excerpts`: what surrounds the marks of a first page that is folded."""

    paragraphs: list[Paragraph]
    excerpts: list[list[Piece]] = field(default_factory=list)
    length: int = 0
    """Characters of the whole body."""
    number: int = 1
    last: int = 1

    @property
    def is_long(self) -> bool:
        return self.length > OPEN


def paragraphs(text: str, mark: Mark) -> list[Paragraph]:
    """The text in paragraphs, with what `mark` finds in it marked."""
    spans = merged(mark(text))
    return [_paragraph(text, place, spans) for place in places(text)]


def body(text: str, mark: Mark, number: int = 1) -> Body:
    """The page of this number; the last one where there are not so many."""
    parts = _parts(text)
    number = min(max(number, 1), len(parts))
    start, end = parts[number - 1]
    page = text[start:end]
    spans = mark(page) if number == 1 and len(page) > OPEN else ()
    return Body(
        paragraphs=paragraphs(page, mark),
        excerpts=passages(page, spans)[:EXCERPTS] if spans else [],
        length=len(text),
        number=number,
        last=len(parts),
    )


def places(text: str) -> Iterator[Span]:
    """Where the paragraphs stand: between them is nothing but white space."""
    start, end, was_indented = 0, 0, False
    for line in _LINE.finditer(text):
        if line.group().isspace():
            continue
        is_indented = line.group()[:2].isspace()
        is_apart = text.count("\n", end, line.start()) > 1
        if end and (is_apart or (is_indented and not was_indented)):
            yield start, end
            end = 0
        start = start if end else line.start() + _margin(line.group())
        end, was_indented = line.start() + len(line.group().rstrip()), is_indented
    if end:
        yield start, end


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _paragraph(text: str, place: Span, spans: Sequence[Span]) -> Paragraph:
    start, end = place
    inside = [
        (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
    ]
    shown = text[start:end]
    return Paragraph(marked(shown, inside), _form(shown))


def _form(paragraph: str) -> Form:
    lines = paragraph.split("\n")
    if len(lines) == 1:
        return Form.PROSE
    if sum(bool(_DRAWN.search(line)) for line in lines) * 2 >= len(lines):
        return Form.TABLE
    return Form.PROSE if _were_broken([len(line.strip()) for line in lines]) else Form.LINES


def _were_broken(lengths: Sequence[int]) -> bool:
    """Whether a column's width ended the lines, and not what they say; the last ends anywhere."""
    longest = max(lengths)
    return longest <= WIDE and min(lengths[:-1]) >= max(NARROW, EVEN * longest)


def _parts(text: str) -> list[Span]:
    """Pages of about `PART` characters, each ending with a paragraph where one ends in time."""
    parts: list[Span] = []
    start = 0
    while len(text) - start > PART:
        near = start + PART
        cut = max(text.rfind("\n\n", start + PART // 2, near), text.rfind("\n", near - 400, near))
        end = cut + 1 if cut > start else near
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]
