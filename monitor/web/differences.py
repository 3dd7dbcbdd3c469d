"""What was taken out of a text and what was put in, in pieces that a person can read.

Texts are compared word by word, Chinese character by character. A few words that happen to stand in
both versions, between two changed passages, are counted with the change: nobody reads a patchwork.
Nothing is lost by it: what is kept and taken out is the old text, what is kept and put in the new.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from monitor.search.analysis import CJK

MANY = 4_000
"""Words up to which two texts are compared in one go: the time grows with their product. Longer
ones are compared line by line, and by words only where lines differ."""
SLIGHT = 3
"""Letters up to which what two changed passages have between them is counted with the change."""
MARGIN = 120
"""Characters of an unchanged passage that are shown beside a change."""
LEAST = 160
"""Fewer characters than this are not worth leaving out."""
SNAP = 20
"""Characters by which a cut may move to fall between two words."""

_TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:[.,'’/-][^\W{CJK}]+)*|\n|[^\S\n]+|.", re.DOTALL)


class Op(StrEnum):
    """`SAME`: in both versions; `OUT`: only in the old one; `IN`: only in the new one."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Edit:
    """A piece of the two texts. `hidden`: unchanged, and too far from a change to be shown."""

    op: Op
    text: str
    hidden: bool = False


def edits(old: str, new: str) -> list[Edit]:
    """The old text made the new one; no two pieces that follow each other are of one kind."""
    return list(_joined(_tidied(list(_joined(_compared(old, new))))))


def condensed(pieces: Sequence[Edit]) -> list[Edit]:
    """The same pieces, with what is unchanged hidden but for some words around every change."""
    last = len(pieces) - 1
    return [
        part
        for at, piece in enumerate(pieces)
        for part in _condensed(piece, is_first=at == 0, is_last=at == last)
    ]


def before(pieces: Iterable[Edit]) -> str:
    """The old text."""
    return "".join(piece.text for piece in pieces if piece.op is not Op.IN)


def after(pieces: Iterable[Edit]) -> str:
    """The new text."""
    return "".join(piece.text for piece in pieces if piece.op is not Op.OUT)


def _compared(old: str, new: str) -> Iterator[Edit]:
    words = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(map(len, words)) <= MANY:
        yield from _aligned(*words)
        return
    for op, taken, put in _blocks(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        block = _TOKEN.findall(taken), _TOKEN.findall(put)
        if op is Op.SAME or max(map(len, block)) > MANY:
            yield from _whole(op, taken, put)
        else:
            yield from _aligned(*block)


def _aligned(old: list[str], new: list[str]) -> Iterator[Edit]:
    for op, taken, put in _blocks(old, new):
        yield from _whole(op, taken, put)


def _whole(op: Op, taken: str, put: str) -> Iterator[Edit]:
    if op is Op.SAME:
        yield Edit(op, taken)
        return
    yield Edit(Op.OUT, taken)
    yield Edit(Op.IN, put)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[Op, str, str]]:
    """(`SAME` or `OUT`, passage of the old text, passage of the new one), in order."""
    # Numbers, so that what is compared is the words themselves and not a hash of them.
    known: dict[str, int] = {}
    numbered = [[known.setdefault(token, len(known)) for token in text] for text in (old, new)]
    for found in Levenshtein.opcodes(*numbered):
        taken = "".join(old[found.src_start : found.src_end])
        put = "".join(new[found.dest_start : found.dest_end])
        yield (Op.SAME if found.tag == "equal" else Op.OUT), taken, put


def _joined(pieces: Iterable[Edit]) -> Iterator[Edit]:
    """Between two unchanged pieces at most one that was taken out, then one that was put in."""
    kept, taken, put = "", "", ""
    for piece in pieces:
        if piece.op is Op.SAME:
            if piece.text and (taken or put):
                yield from _flushed(kept, taken, put)
                kept, taken, put = "", "", ""
            kept += piece.text
        elif piece.op is Op.OUT:
            taken += piece.text
        else:
            put += piece.text
    yield from _flushed(kept, taken, put)


def _flushed(kept: str, taken: str, put: str) -> Iterator[Edit]:
    for op, text in ((Op.SAME, kept), (Op.OUT, taken), (Op.IN, put)):
        if text:
            yield Edit(op, text)


def _tidied(pieces: list[Edit]) -> Iterator[Edit]:
    """What is slight between two changes becomes part of both sides."""
    for at, piece in enumerate(pieces):
        between = 0 < at < len(pieces) - 1
        if piece.op is Op.SAME and between and _is_slight(piece.text):
            yield Edit(Op.OUT, piece.text)
            yield Edit(Op.IN, piece.text)
        else:
            yield piece


def _is_slight(text: str) -> bool:
    """A line break is kept: a change runs from one paragraph into the next only where it must."""
    letters = sum(map(str.isalnum, text))
    return "\n" not in text and letters <= (1 if re.search(f"[{CJK}]", text) else SLIGHT)


def _condensed(piece: Edit, *, is_first: bool, is_last: bool) -> Iterator[Edit]:
    text, start, end = piece.text, 0, len(piece.text)
    if piece.op is Op.SAME:
        start = 0 if is_first else _snapped(text, MARGIN)
        end = len(text) if is_last else _snapped(text, len(text) - MARGIN)
    if piece.op is not Op.SAME or end - start < LEAST:
        yield piece
        return
    for a, b, hidden in ((0, start, False), (start, end, True), (end, len(text), False)):
        if a < b:
            yield replace(piece, text=text[a:b], hidden=hidden)


def _snapped(text: str, at: int) -> int:
    """The place, moved to the next gap between words where there is one near."""
    gap = re.compile(r"\s").search(text, max(at, 0), max(at, 0) + SNAP)
    return gap.end() if gap else at
