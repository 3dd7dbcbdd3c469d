"""What a notice has that a saved search can be found by: terms, pairs of neighbours, tags …

A feature is a value of a field. Fields are read from a notice when they are first asked for, since
most searches ask for few of them.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from operator import itemgetter

from monitor.search import meaning
from monitor.search.document import Analysed, number
from monitor.search.tree import Dates, Tag, Text


class Sort(StrEnum):
    """`TERM`: what the others are made of; `WORDS`: terms, pairs of terms and names; `START`: what
    a word begins with; `CHARACTER`: a single Chinese character, wherever it stands."""

    TERM = "term"
    WORDS = "words"
    START = "start"
    CHARACTER = "character"
    TAG = "tag"


@dataclass(frozen=True, eq=False)
class Field:
    """There is one of each, so they are compared and hashed by identity, which is quick."""

    sort: Sort
    read: Callable[["Seen"], AbstractSet[str]]
    tag: Tag | None = None
    within: Text = Text.ANY


class Seen(dict[Field, AbstractSet[str]]):
    """A notice as sentinels see it on one day: the values of each field, read once."""

    def __init__(self, notice: Analysed, today: date) -> None:
        super().__init__()
        self.notice = notice
        self.passages = {within: Passages(meaning.stream(notice, within)) for within in Text}
        self.days = {Dates.PUBLISHED: (notice.published,), Dates.DEADLINE: notice.deadlines}
        self.ahead = _Ahead(today)

    def __missing__(self, field: Field) -> AbstractSet[str]:
        self[field] = values = field.read(self)
        return values


class Passages(dict[str, bool]):
    """Whether each passage asked for stands in a stream; looked for once."""

    def __init__(self, stream: str) -> None:
        super().__init__()
        self.stream = stream

    def __missing__(self, passage: str) -> bool:
        self[passage] = stands = passage in self.stream
        return stands


class _Ahead(dict[int, int]):
    """Days counted from today → yyyymmdd. Beyond the calendar is its first or last day: one absurd
    search must not keep a notice from all the others."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def __missing__(self, days: int) -> int:
        try:
            day = self._today + timedelta(days=days)
        except OverflowError:
            day = date.max if days > 0 else date.min
        self[days] = found = number(day)
        return found


@cache
def terms(within: Text) -> Field:
    return Field(Sort.TERM, lambda seen: set(_split(seen, within)), within=within)


@cache
def words(within: Text) -> Field:
    """What words are found by: terms, pairs of neighbours with a space between, and names.

    Words mean any of the three, so they are one field: a single look-up finds them all.
    """
    of = terms(within)

    def read(seen: Seen) -> set[str]:
        found = set(map(" ".join, pairwise(_split(seen, within))))
        found |= seen[of]
        if within is Text.ANY:
            found.update([named(name) for name in seen.notice.names])
        return found

    return Field(Sort.WORDS, read, within=within)


def named(name: str) -> str:
    """A name as a value of `words`. No pair of terms, even of empty ones, begins so."""
    return f"  {name}"


@cache
def starts(within: Text, length: int) -> Field:
    """The first characters of words. A shorter word stands there whole and equals none of them."""
    of = terms(within)
    beginning = itemgetter(slice(length))

    def read(seen: Seen) -> set[str]:
        found = set(map(beginning, seen[of]))
        if within is Text.ANY:
            found.update(map(beginning, seen.notice.surfaces))
        return found

    return Field(Sort.START, read, within=within)


@cache
def characters(within: Text) -> Field:
    def read(seen: Seen) -> set[str]:
        stream = seen.passages[within].stream
        return set() if stream.isascii() else set(stream)

    return Field(Sort.CHARACTER, read, within=within)


def _tags(tag: Tag) -> Field:
    return Field(Sort.TAG, lambda seen: set(seen.notice.tags.get(tag, ())), tag=tag)


TAGS: Mapping[Tag, Field] = {tag: _tags(tag) for tag in Tag}


def _split(seen: Seen, within: Text) -> list[str]:
    return seen.passages[within].stream.split(" ")
