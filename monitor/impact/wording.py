"""Whether a notice names the goods of a product line that is only a part of its code."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from monitor.impact.matching import Match
from monitor.notices.models import Notice

LANGUAGES = frozenset({"zh", "en"})
"""Of the words of a line; a notice in another language cannot be asked for them."""


def meant(
    matches: Sequence[Match], words: Mapping[str, Sequence[str]], notice: Notice
) -> list[Match]:
    """The matches without those of lines whose words the notice does not name. What a person has
    confirmed stands whatever the words."""
    return [
        found
        for found in matches
        if found.claim.evidence == "confirmed"
        or found.line is None
        or found.line not in words
        or _names(notice, words[found.line])
    ]


def _names(notice: Notice, words: Sequence[str]) -> bool:
    if notice.language not in LANGUAGES:
        return True
    said = "\n".join((notice.product or "", notice.title, notice.abstract or ""))
    return _pattern(tuple(words)).search(said.casefold()) is not None


@lru_cache(256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """English words whole, in the singular or plural; Chinese ones anywhere."""
    return re.compile("|".join(_one(word.casefold()) for word in words))


def _one(word: str) -> str:
    return rf"\b{re.escape(word)}(?:s|es)?\b" if word.isascii() else re.escape(word)
