"""What the network sees of a text: words, pairs of words, and pieces of words, of any script.

Marks on Latin letters come off (`cerámica` and `ceramica` are one word); Chinese and Japanese,
which have no spaces, are cut into runs of one to three characters, Korean words into runs of two.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_][\w’'-]*|[一-鿿㐀-䶿぀-ヿー]+")
_DENSE = re.compile(r"[一-鿿㐀-䶿぀-ヿー]+|[^一-鿿㐀-䶿぀-ヿー]+")
_DENSE_FROM = "぀"
_KEPT = 400
"""Words of a document that are looked at; the product is named before."""


def plain(text: str) -> str:
    """Lower case, compatibility forms unified, marks off Latin, Greek and Cyrillic letters."""
    if text.isascii():
        return text.lower()
    broken = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in broken if not ("̀" <= c <= "ͯ"))
    return unicodedata.normalize("NFC", bare).replace("đ", "d").replace("ı", "i")


def words(text: str) -> list[str]:
    """Runs of letters; a run of Chinese or Japanese characters is one."""
    found: list[str] = []
    for match in _WORD.finditer(plain(text)):
        found.extend(_DENSE.findall(match[0]))
        if len(found) >= _KEPT:
            break
    return found[:_KEPT]


def is_dense(word: str) -> bool:
    """Written in characters that mean more than a letter: Chinese, Japanese, Korean."""
    return word[0] >= _DENSE_FROM


def pieces(text: str) -> list[str]:
    """All features of a text, with repetitions."""
    return [piece for _, piece in by_word(words(text))]


def by_word(found: list[str]) -> Iterator[tuple[int, str]]:
    """(number of the word, feature); a pair of words belongs to the second."""
    for number, word in enumerate(found):
        for piece in _of_word(word):
            yield number, piece
    for number, (left, right) in enumerate(pairwise(found), 1):
        yield number, f"{left} {right}"


def _of_word(word: str) -> Iterator[str]:
    if is_dense(word) and not "가" <= word[0] <= "힣":
        for length in (1, 2, 3):
            yield from (word[i : i + length] for i in range(len(word) - length + 1))
        return
    yield f"<{word}>"
    if "가" <= word[0] <= "힣":
        yield from (word[i : i + 2] for i in range(len(word) - 1))
    elif len(word) > 2:
        edged = f"<{word}>"
        for length in (4, 5):
            yield from (edged[i : i + length] for i in range(len(edged) - length + 1))
