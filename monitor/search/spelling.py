"""Did you mean …: for words of a question that no notice and no lexicon knows."""

import math
from collections import Counter
from functools import cache, lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from models.products.references import references
from monitor.search import analysis
from monitor.search.language.segmenting import known as known_in_chinese
from monitor.search.serving import engine
from monitor.search.tree import Node, Words, wanted
from monitor.search.widening import occurrences

SHORTEST = 4
"""Letters. Every three letters are near to some word."""
CHINESE = 3
"""Characters: of two, one wrong one leaves nothing to recognise."""
GROWN = 1.1
"""Times that the index has to have grown before its vocabulary is read again."""
FAR = 2
"""Letters that may be wrong, missing, too many or swapped; one in a word of up to six."""


def meant_instead(text: str, typed: Node) -> str | None:
    """The query with its unknown words put right; None where nothing better is known.

    `typed` is the tree of `text`. Raises what an engine raises.
    """
    better = text
    for words in wanted(typed):
        if not words.quoted and not words.prefix and (right := _right(words)):
            better = better.replace(words.text, right, 1)
    return better if better != text else None


def _right(words: Words) -> str | None:
    if analysis.is_cjk(words.text):
        return _chinese(words.text)
    printed = analysis.words(words.text)
    if len(printed) != 1 or len(printed[0]) < SHORTEST or not printed[0].isalpha():
        return None
    return _latin(printed[0])


def _latin(word: str) -> str | None:
    vocabulary = _vocabulary(round(math.log(engine().standing().notices + 1, GROWN)))
    if word in vocabulary:
        return None
    far = 1 if len(word) <= 6 else FAR
    near = process.extract(word, list(vocabulary), scorer=OSA.distance, score_cutoff=far, limit=20)
    # The commonest of the nearest: a word of one notice is as likely a slip itself.
    best = min(near, key=lambda n: (n[1], -vocabulary[n[0]], n[0]), default=None)
    return best[0] if best else None


def _chinese(word: str) -> str | None:
    if len(word) < CHINESE or word in known_in_chinese():
        return None
    same = [other for other in known_in_chinese() if len(other) == len(word)]
    near = process.extract(word, same, scorer=OSA.distance, score_cutoff=1, limit=5)
    # Of equally near ones, that of which most goods are made.
    return min(near, key=lambda n: (n[1], -occurrences(n[0]), n[0]))[0] if near else None


@lru_cache(1)
def _vocabulary(_size: int) -> Counter[str]:
    """Words of titles and of the lexicon, and in how many they stand. Read again whenever the
    index has `GROWN`."""
    return Counter(dict(engine().spoken("", 1_000_000))) + _words_of_the_lexicon()


@cache
def _words_of_the_lexicon() -> Counter[str]:
    names = (reference.text for reference in references() if reference.source == "lexicon")
    return Counter(chain.from_iterable(set(analysis.words(name)) for name in names))
