"""How text becomes search terms: one analyser for documents and queries, and for every engine.

Engines index the streams made here and split them at spaces; none of them analyses anything
itself, so that they cannot differ (tests/monitor/search/test_analysis.py holds the vectors).

- Unicode NFKC, lower case, Latin letters without their accents (`Cerâmica` and `ceramica` are one).
- Chinese, Japanese and Korean: simplified characters (OpenCC, one character at a time, so that a
  document and a query are always converted alike), then overlapping bigrams: 陶瓷餐具 is the phrase
  陶瓷 瓷餐 餐具, which matches the run and nothing else.
- Other words are split at every sign (`A-570-117` is the phrase a 570 117) and reduced to their
  stem (Snowball) by the language of the document. A query does not say its language: it is asked
  in the form that each language would give it (`forms`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from operator import add
from typing import NamedTuple

from opencc import OpenCC
from Stemmer import Stemmer

VERSION = "4"
"""Raised whenever the same text would become other terms: older indices are then rebuilt."""

CJK = (
    r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
    r"\U00020000-\U0002ffff"
)
_PIECE = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_ASCII_PIECE = re.compile("[0-9A-Za-z]+")
"""The same pieces where there is nothing but ASCII, found in half the time."""
_IS_CJK = re.compile(rf"[{CJK}]")

_SHORTEST_STEM = 3
"""A shorter one is a word of another language sooner than a stem: German cuts `beer` to `be`."""

_KEPT = 200_000
"""Words of one language of which it is remembered what becomes of them."""

APART = "¶"
"""Stands between the parts of a stream, so that no phrase runs from one into the next."""

STOP = frozenset(
    "a an and are as at be by for from in into is it its of on or that the their to was were with"
    " 的 了 和 与 及 对 关于".split()
)
"""Left out of queries, kept in documents: a phrase may need them."""

_SNOWBALL = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "id": "indonesian",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}
STEMMED = tuple(_SNOWBALL)
"""ISO 639-1. Words of other languages (Vietnamese, Polish …) are searched as they are printed."""

Form = tuple[str, ...]
"""Terms that stand side by side, in this order."""


class Term(NamedTuple):
    """A term, and where in the text it stands."""

    text: str
    start: int
    end: int


def terms(text: str, language: str = "") -> Iterator[Term]:
    """The terms of a text with their place in it, in order."""
    for piece in _PIECE.finditer(text):
        start, end, found = piece.start(), piece.end(), piece.group()
        if not _IS_CJK.match(found):
            yield Term(_analysed(language)[found], start, end)
            continue
        run = found.translate(_characters(language))
        if len(run) == 1:
            yield Term(run, start, end)
        else:
            for i in range(len(run) - 1):
                yield Term(run[i : i + 2], start + i, start + i + 2)


def stream(*parts: str, language: str = "") -> str:
    """The terms of several texts separated by spaces, with a space at both ends: what an engine
    indexes, and what a phrase can be looked for in as ` first second `."""
    return joined(*(line(part, language) for part in parts))


def line(text: str, language: str = "") -> str:
    """The terms of one text separated by spaces: the way of every document into an index."""
    known = _analysed(language)
    return " ".join([known[piece] for piece in _pieces(text)])


def joined(*lines: str) -> str:
    """A stream of several lines."""
    return f" {f' {APART} '.join([one for one in lines if one])} "


def surfaces(*parts: str, language: str = "") -> frozenset[str]:
    """The words that have become another term, unstemmed: without them the prefix `anodiz*` would
    not find what is indexed as `anod`."""
    known = _surfaces(language)
    pieces = set().union(*map(_pieces, parts))
    return frozenset(map(known.__getitem__, pieces)) - {""}


def words(text: str) -> list[str]:
    """The words of a text as a reader would type them: folded, not stemmed, no Chinese."""
    return [word for word in map(_spelt.__getitem__, _pieces(text)) if word]


def name(text: str) -> str:
    """A number, symbol or code as one term, whatever signs are printed within it."""
    return "".join(map(_folded, _pieces(text)))


@lru_cache(20_000)
def forms(text: str) -> tuple[Form, ...]:
    """The sequences of terms that a passage may have become, in a document of whatever language.

    The first is unstemmed. Empty where the passage holds no letter and no digit.
    """
    found = (tuple(line(text, language).split()) for language in ("", *STEMMED, "ja"))
    return tuple(dict.fromkeys(form for form in found if form))


def prefixes(text: str) -> str | None:
    """The beginning of a word as documents have it; None where it is not the beginning of one."""
    pieces = _pieces(text)
    return _spelt[pieces[0]] if len(pieces) == 1 and not _IS_CJK.match(pieces[0]) else None


def is_cjk(text: str) -> bool:
    """Whether it begins with a Chinese, Japanese or Korean character."""
    return _IS_CJK.match(text) is not None


@lru_cache(16)
def _pieces(text: str) -> tuple[str, ...]:
    # Remembered, because a notice is asked for its terms, its surfaces and its words in turn.
    return tuple((_ASCII_PIECE if text.isascii() else _PIECE).findall(text))


class _Known(dict[str, str]):
    """What becomes of pieces: of a word by one function, of a run of Chinese by another. A text
    looks up every piece of it, so this is a dictionary rather than a decorator; runs are not kept,
    because hardly any comes twice."""

    def __init__(self, word: Callable[[str], str], run: Callable[[str], str]) -> None:
        super().__init__()
        self._word, self._run = word, run

    def __missing__(self, piece: str) -> str:
        if not piece.isascii() and _IS_CJK.match(piece):
            return self._run(piece)
        if len(self) >= _KEPT:
            self.clear()
        self[piece] = made = self._word(piece)
        return made


def _nothing(_run: str) -> str:
    return ""


@cache
def _analysed(language: str) -> _Known:
    """Of a word its term, of a run of Chinese its terms with spaces between them."""
    characters = _characters(language)

    def bigrams(run: str) -> str:
        run = run.translate(characters)
        return " ".join(map(add, run, run[1:])) if len(run) > 1 else run

    return _Known(partial(_stem, language=language), bigrams)


@cache
def _surfaces(language: str) -> _Known:
    """Of a word that becomes another term the word, else nothing."""
    known = _analysed(language)

    def surface(word: str) -> str:
        plain = _plain(word)
        return plain if plain != known[word] else ""

    return _Known(surface, _nothing)


def _stem(piece: str, language: str) -> str:
    folded = _folded(piece)
    stemmer = _stemmer(language)
    stem = stemmer.stemWord(folded) if stemmer and folded.isalpha() else folded
    return _unaccented(stem if len(stem) >= _SHORTEST_STEM else folded)


def _plain(word: str) -> str:
    return _unaccented(_folded(word))


def _folded(piece: str) -> str:
    # A compatibility character may stand for several words: a term never holds a space.
    return "".join(unicodedata.normalize("NFKC", piece).lower().split()) if piece else ""


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.replace("ı", "i").replace("đ", "d"))
    bare = "".join(c for c in apart if not ("\u0300" <= c <= "\u036f"))
    return unicodedata.normalize("NFC", bare)


@cache
def _stemmer(language: str) -> "Stemmer | None":
    return Stemmer(_SNOWBALL[language]) if language in _SNOWBALL else None


class _Characters(dict[int, str]):
    """Each character and what it is simplified to: always one character, so places stay right."""

    def __init__(self, *conversions: str) -> None:
        super().__init__()
        self._conversions = [OpenCC(conversion) for conversion in conversions]

    def __missing__(self, code: int) -> str:
        simplified = unicodedata.normalize("NFKC", chr(code))
        for conversion in self._conversions:
            simplified = conversion.convert(simplified)
        self[code] = simplified if len(simplified) == 1 else chr(code)
        return self[code]


@cache
def _characters(language: str) -> _Characters:
    return _Characters("jp2t", "t2s") if language == "ja" else _chinese


_chinese = _Characters("t2s")
_spelt = _Known(_plain, _nothing)
