"""Which form a text has that no authority words: a search term, or the listing of a shop.

How often a surest heading is right differs by form, so that each is calibrated by itself
(`calibration.py`). The form is read off the text alone. Prose, whatever has the capitals of a
headline or a register, and texts of other languages than English have none: no labelled set that
the matcher has not learned from says how often it is right about them.
"""

import re
from typing import Literal

from models.products.query import Query

Form = Literal["term", "listing", "shelf"]
"""term: a few words in small letters, as one types them into a search; listing: words strung
together, with attributes or without; shelf: a listing under its path in the shop, "Shoes > Boots".
"""

_RUN = 8
"""Words from which on a title is no search term any more."""
_SENTENCE = re.compile(r"[^\W_]{2}[)\]\"'”’]*[.!?](?:\s|$)|[。！？]")
_SHELF = re.compile(r"\S > \S")
_ATTRIBUTE = re.compile(r"[\w\"'] ?: ?\S")
_WORDED = re.compile(r"\b(?:an?|at|by|in|of|or|the|to)\b|[;:]", re.IGNORECASE)
"""What titles of publications have and shops leave out."""
_CAPITAL = re.compile(r"(?:^|\s)[^\W\d_a-z][a-z]")
"""Of a headline or an entry in a register: "Food Additives", "Sodium nitrite"; not of "PVC"."""


def form(query: Query) -> Form | None:
    """None where the text is a notice, or anything else that is left as the stack has it."""
    if query.is_notice or query.language != "en":
        return None
    return _with_text(query.text) if query.text else _alone(query.title)


def _with_text(text: str) -> Form | None:
    if _SENTENCE.search(text):
        return None
    if _SHELF.search(text):
        return "shelf"
    return "listing" if _ATTRIBUTE.search(text) else None


def _alone(title: str) -> Form | None:
    if len(title.split()) >= _RUN:
        return None if _WORDED.search(title) else "listing"
    return None if _CAPITAL.search(title) else "term"
