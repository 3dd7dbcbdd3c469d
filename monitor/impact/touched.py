"""What assessing found out about notices, for the search index: bases, level, computed days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from monitor.bases.models import Base
from monitor.impact.models import Impact, Level
from monitor.search.outside import Touch

NAMES = {
    Level.RED: ("红", "红色", "red"),
    Level.ORANGE: ("橙", "橙色", "orange"),
    Level.YELLOW: ("黄", "黄色", "yellow"),
    Level.BLUE: ("蓝", "蓝色", "blue"),
    Level.WATCH: ("关注", "watch"),
}
"""What a level is called in a query."""

_Row = tuple[str, str, date | None]
"""(base, level, next date)."""


def touched(notice_ids: Sequence[int]) -> Mapping[int, Touch]:
    """One query. Notices that touch no base are not in it."""
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    rows = Impact.objects.filter(entry__notice__in=notice_ids).order_by("-loudness", "base__code")
    for notice, base, level, day in rows.values_list(
        "entry__notice", "base__code", "level", "next_date"
    ):
        found[notice].append((base, level, day))
    return {notice: _touch(impacts) for notice, impacts in found.items()}


def _touch(impacts: Sequence[_Row]) -> Touch:
    """Loudest first."""
    return Touch(
        bases=tuple(dict.fromkeys(base for base, *_ in impacts)),
        level=impacts[0][1],
        days=tuple(sorted({day for *_, day in impacts if day is not None})),
    )


def levels() -> Mapping[str, str]:
    """Names of levels in both languages, and their codes."""
    return {name: str(level) for level, names in NAMES.items() for name in names}


def bases() -> Mapping[str, str]:
    """Codes and names of the bases in both languages, and their codes."""
    rows = Base.objects.values_list("code", "name_zh", "name_en")
    return {name: code for code, *names in rows for name in (code, *names)}
