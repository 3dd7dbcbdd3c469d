"""Days as English and Chinese notices word them: a date, a span counted from the notice, or open.

`1 August 2025`, `August 1, 2025`, `2025-08-01T00:00:00`, `01/08/2025` (the WTO writes the day
first), `2025年8月1日`, `2025/8/1`; `60 days from notification`, `通报后60天`; `To be determined`,
`待定`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from babel import Locale

_EN = Locale("en").months["format"]
_MONTHS: dict[str, int] = {
    name.lower(): nr for width in ("wide", "abbreviated") for nr, name in _EN[width].items()
}
_MONTH = "|".join(sorted({*_MONTHS, "sept"}, key=len, reverse=True))
DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?"
    r"|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})\.?,?\s\d{{4}}"
    rf"|(?:{_MONTH})\.?\s\d{{1,2}},?\s\d{{4}})"
)
"""A regular expression for one date, to be used without regard to case."""

_YEAR_FIRST = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D*(?:T.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s({_MONTH})\.?,?\s(\d{{4}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({_MONTH})\.?\s(\d{{1,2}}),?\s(\d{{4}})", re.IGNORECASE)
_WHOLE = re.compile(DATE, re.IGNORECASE)
_SPAN = re.compile(
    r"(?P<days>\d{1,3})\s*(?:calendar\s)?(?:days?(?:\s(?:from|after|following|of)\b.*)?$|天)"
    r"|通报(?:之?日)?(?:起|之?后)(?P<zh>\d{1,3})日",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = re.compile(
    r"to be (?:determined|decided|confirmed|advised|specified|announced)\.?|not (?:yet )?"
    r"(?:determined|decided|specified|applicable|available|fixed)\.?|n/?a|tbd|tbc|none|-+"
    r"|upon (?:publication|adoption)\.?|待定|尚?未定|未确定|不适用|无|暂无|发布后.*|公布后.*",
    re.IGNORECASE,
)


def read(text: str) -> date | None:
    """The date that the text is, or None. A day that the calendar lacks is none."""
    text = " ".join(text.split())
    if not _WHOLE.fullmatch(text):
        return None
    try:
        return _read(text)
    except ValueError:
        return None


def find(text: str) -> Iterator[tuple[date, str]]:
    """Every date in running text, with its words."""
    for match in _WHOLE.finditer(text):
        if day := read(match[0]):
            yield day, match[0]


def after(text: str, start: date) -> date | None:
    """The last day of a span counted from `start` (which does not count), or None."""
    match = _SPAN.search(text.strip())
    if not match:
        return None
    try:
        return start + timedelta(days=int(match["days"] or match["zh"]))
    except OverflowError:
        return None


def is_open(text: str) -> bool:
    """Whether the words say that no date is fixed."""
    return bool(_OPEN.fullmatch(text.strip()))


def _read(text: str) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _DAY_MONTH.fullmatch(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := _MONTH_DAY.fullmatch(text):
        day, month, year = int(match[2]), _month(match[1]), int(match[3])
    else:
        raise ValueError(text)
    return date(year, month, day)


def _month(name: str) -> int:
    return _MONTHS["sep" if name.lower() == "sept" else name.lower()]
