"""The passages of a notice that a claim rests on, found again in its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from monitor.notices.models import Notice, ProductClaim
from monitor.web.text import Piece, Span, occurrences, passages

_WHERE = re.compile(r"(?P<part>title|abstract|body|field:.+?)(?:[@:](?P<offset>\d+))?$")
TEXTS = ("title", "abstract", "body")


@dataclass(frozen=True)
class Original:
    """One part of the notice's text: what is shown of it, with the evidence marked."""

    part: str
    passages: list[list[Piece]]
    whole: bool


def originals(notice: Notice, evidence: Iterable[dict[str, Any]]) -> list[Original]:
    """Title, abstract and body as far as they are shown.

    Title and abstract appear even where nothing in them is evidence; of the body and of a long
    abstract only what surrounds a marked passage.
    """
    spans: dict[str, list[Span]] = {part: [] for part in TEXTS}
    for item in evidence:
        for part, span in _spans(notice, item):
            spans[part].append(span)
    shown = []
    for part in TEXTS:
        text = getattr(notice, part)
        if text and (spans[part] or part != "body"):
            parts = passages(text, spans[part] or [(0, 0)])
            shown.append(Original(part, parts, whole=len(parts) == 1 and _is_whole(text, parts[0])))
    return shown


def _is_whole(text: str, pieces: list[Piece]) -> bool:
    return "".join(piece.text for piece in pieces) == text


def _spans(notice: Notice, item: dict[str, Any]) -> Iterator[tuple[str, Span]]:
    printed, place = item.get("printed"), _WHERE.match(item.get("where") or "")
    if printed and place and place["part"] in TEXTS:
        text = getattr(notice, place["part"])
        yield from ((place["part"], span) for span in _at(text, printed, place["offset"]))
    # The model's words are in a normal form, which need not be the notice's; what the product
    # resembles is often its very wording.
    for word in filter(None, [item.get("reference"), *item.get("words", ())]):
        for part in ("title", "abstract"):
            yield from ((part, span) for span in occurrences(getattr(notice, part), word))


def _at(text: str, printed: str, offset: str | None) -> list[Span]:
    """Where the string was printed: at its offset, else where it stands first."""
    start = int(offset) if offset is not None else -1
    if start < 0 or not text.startswith(printed, start):
        start = text.find(printed)
    return [(start, start + len(printed))] if start >= 0 else []


@dataclass(frozen=True)
class Claimed:
    """A product claim, and which of the impact's matched subheadings rest on it."""

    claim: ProductClaim
    matches: list[dict[str, Any]]


def claims_of(claims: Iterable[ProductClaim], matches: list[dict[str, Any]]) -> list[Claimed]:
    """The claims that matched first, each group by probability."""
    pairs = [Claimed(c, [m for m in matches if m["claim"] == c.code]) for c in claims]
    return sorted(pairs, key=lambda p: (not p.matches, -p.claim.probability, p.claim.code))
