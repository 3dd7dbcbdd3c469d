"""Dates that a US notice prints, by what it says around them; the period that it investigates."""

import re
from collections.abc import Iterator

from bundles.items import Period, PrintedDate
from bundles.words import DateKind
from crawlers.parsing import day_words

_DATE = rf"(?P<date>{day_words.DATE})"
_BY = r"(?:on or before|no later than|not later than|by|until|through|before|is now|is|due|:)"
_NEAR = r"[^.;]{0,110}?"


def _around(words: str) -> re.Pattern[str]:
    return re.compile(words + _DATE, re.IGNORECASE)


_KINDS: tuple[tuple[DateKind, re.Pattern[str]], ...] = (
    (DateKind.HEARING, _around(rf"\bhearing{_NEAR}\b(?:on|at|beginning|held on) (?:\w+day, )?")),
    (DateKind.COMPLIANCE, _around(rf"\bcompliance{_NEAR}\b(?:by|on|beginning|date of|is|:) ?")),
    (
        DateKind.RESPONSE_DUE,
        _around(rf"\b(?:responses?|questionnaires?){_NEAR}\b{_BY} (?:\w+day, )?"),
    ),
    (
        DateKind.REQUEST_DUE,
        _around(rf"\b(?:requests? for|request a|entr(?:y|ies) of appearance){_NEAR}\b{_BY} "),
    ),
    (
        DateKind.COMMENTS_DUE,
        _around(
            rf"\b(?:comments?|submissions?|briefs?|statements?|objections?){_NEAR}{_BY} "
            r"(?:\d{1,2}:\d\d [ap]\.m\.,? (?:\w+ )?(?:time,? )?(?:on )?)?(?:\w+day, )?"
        ),
    ),
    (
        DateKind.DETERMINATION_DUE,
        _around(
            rf"\b(?:determinations?|results|deadline){_NEAR}"
            r"\b(?:no later than|not later than|by|until|is now|due) "
        ),
    ),
    (
        DateKind.IN_FORCE,
        _around(
            r"\b(?:effective|applicable|in force|takes effect)(?: date)?"
            r"(?: is| on| as of| beginning|:)* (?:\w+day, )?"
        ),
    ),
)
_PERIOD = re.compile(
    r"(?:period of (?:investigation|review)|\bPO[IR]\b|the period)[^.;]{0,60}?"
    rf"(?P<printed>(?P<start>{day_words.DATE}),? (?:through|to|and|until) "
    rf"(?P<end>{day_words.DATE}))",
    re.IGNORECASE,
)


def printed(text: str) -> list[PrintedDate]:
    """Every date whose kind the words before it tell; the first words that tell it win."""
    found: dict[tuple[DateKind, str], PrintedDate] = {}
    taken: set[int] = set()
    for kind, match in _matches(text):
        day = day_words.read(match["date"])
        if day is None or match.start("date") in taken:
            continue
        taken.add(match.start("date"))
        found.setdefault(
            (kind, day.isoformat()), PrintedDate(kind=kind, date=day, printed=match["date"])
        )
    return list(found.values())


def field(kind: DateKind, value: str | None) -> list[PrintedDate]:
    """A date that the document carries in a field of its own."""
    day = day_words.read(value) if value else None
    return [PrintedDate(kind=kind, date=day, printed=value)] if day and value else []


def period(text: str) -> Period | None:
    """The period of investigation or review, both days included."""
    if (match := _PERIOD.search(text)) is None:
        return None
    start, end = day_words.read(match["start"]), day_words.read(match["end"])
    if start is None or end is None or start > end:
        return None
    return Period(start=start, end=end, printed=match["printed"])


def _matches(text: str) -> Iterator[tuple[DateKind, re.Match[str]]]:
    if not any(char.isdigit() for char in text):
        return
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            yield kind, match
