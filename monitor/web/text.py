"""Other people's text on our pages: made harmless to read, and marked where evidence stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Directional overrides turn "exe.fdp" into what looks like "pdf.exe"; zero-width and control
# characters hide what a word is. None of them carries meaning for the reader of a notice.
_DECEIVING = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)

MARGIN = 160
"""Characters shown on either side of a marked passage of a long text."""

WHOLE = 1200
"""A text up to this long is shown whole."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def tame(text: str) -> str:
    """The text without characters that deceive the eye."""
    return _DECEIVING.sub("", text)


def safe_url(url: str) -> str | None:
    """The URL if it may be followed: http or https with a host; else None."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.hostname else None


def html(pieces: Iterable[Piece]) -> SafeString:
    """The pieces escaped, the marked ones in `<mark>`."""
    shown = (("<mark>", p.text, "</mark>") if p.marked else ("", p.text, "") for p in pieces)
    return format_html_join(
        "", "{}{}{}", ((SafeString(a), tame(text), SafeString(b)) for a, text, b in shown)
    )


def merged(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """The spans in order, those that touch or overlap (within `gap`) made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1] + gap:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The whole text, cut at the spans."""
    cuts = [0]
    for start, end in merged(spans):
        cuts += [start, end]
    cuts.append(len(text))
    pieces = [Piece(text[a:b], marked=bool(i % 2)) for i, (a, b) in enumerate(pairwise(cuts))]
    return [piece for piece in pieces if piece.text]


def passages(
    text: str, spans: Iterable[Span], whole: int = WHOLE, margin: int = MARGIN
) -> list[list[Piece]]:
    """The text with its spans marked: whole if it has no more than `whole` characters, else only
    what surrounds the spans."""
    spans = merged(spans)
    if len(text) <= whole:
        return [marked(text, spans)] if text else []
    windows = merged((max(0, a - margin), min(len(text), b + margin)) for a, b in spans)
    return [_window(text, window, spans) for window in windows]


def _window(text: str, window: Span, spans: list[Span]) -> list[Piece]:
    start, end = window
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    pieces = marked(text[start:end], inside)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return before + pieces + after


def occurrences(text: str, word: str) -> list[Span]:
    """Where the word stands in the text, whole words only where it is of Latin letters."""
    pattern = re.escape(word)
    if word[:1].isascii() and word[:1].isalnum():
        pattern = rf"(?<![A-Za-z0-9]){pattern}(?:s|es)?(?![A-Za-z0-9])"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
