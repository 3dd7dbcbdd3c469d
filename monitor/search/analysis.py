"""How text becomes search terms: the same for documents and for queries.

NFKC and lower case; runs of Chinese, Japanese and Korean characters become overlapping bigrams
(a query for 陶瓷餐具 is the phrase 陶瓷 瓷餐 餐具, so that it matches the run and nothing else);
other words are split at every sign (`A-570-117` is the phrase a 570 117). Stemming is left to the
engine, which applies it to the terms made here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff"
_PIECE = re.compile(rf"(?P<cjk>[{CJK}]+)|(?P<word>[^\W_{CJK}]+)")
_PRINTED = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+(?:[-./][^\W_{CJK}]+)*")

STOP = frozenset(
    "a an and are as at be by for from in into is it its of on or that the their to was were with"
    " 的 了 和 与".split()
)
"""Left out of queries, kept in documents: a phrase may need them."""


@dataclass(frozen=True)
class Term:
    text: str
    start: int
    end: int


def terms(text: str) -> Iterator[Term]:
    """The terms of a text with their place in it, in order."""
    for piece in _PIECE.finditer(text):
        start, found = piece.start(), piece.group()
        if piece.lastgroup == "word" or len(found) == 1:
            yield Term(_fold(found), start, piece.end())
        else:
            for i in range(len(found) - 1):
                yield Term(_fold(found[i : i + 2]), start + i, start + i + 2)


def stream(text: str) -> str:
    """The terms of a text, separated by spaces: what the engine indexes."""
    return " ".join(term.text for term in terms(text))


def name(text: str) -> str:
    """A number, symbol or code as one term, whatever signs are printed within it."""
    return "".join(term.text for term in terms(text))


def groups(query: str) -> list[list[str]]:
    """What a query asks for: every group must occur, its terms side by side and in order.

    A quoted passage is one group; so is a word with signs within it, and a run of Chinese.
    """
    found: list[list[str]] = []
    for number, passage in enumerate(re.split(r'["“”]', query)):
        quoted = number % 2 == 1
        pieces = [passage] if quoted else [m.group() for m in _PRINTED.finditer(passage)]
        for piece in pieces:
            group = [term.text for term in terms(piece)]
            if group and (quoted or len(group) > 1 or group[0] not in STOP):
                found.append(group)
    return found


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
