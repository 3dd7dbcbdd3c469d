"""What of a notice people act on, given what its measure has already said. Pure functions.

Most documents are follow-ups. One that repeats or corrects without consequence joins its measure
in silence; a new event, a new date by which to act or a wider scope opens an occasion, and only
an occasion may warn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bundles.items import NoticeItem
from bundles.words import ACTIONABLE_DATES, Event

SAME_EVENT = timedelta(days=45)
"""Reports of one event by several sources, and its corrections, appear within this time; the next
event of the same name (another year's review) comes later."""

QUIET = frozenset({Event.CORRECTED, Event.OTHER})
"""These never open an occasion by themselves, only by a date or a scope that they change."""

Scope = frozenset[str]


@dataclass(frozen=True)
class Said:
    """What one notice of a measure said, as far as the next one is compared with it."""

    source: str
    authority: str
    published: date
    proceeding: str | None
    event: str
    occasion: str
    act_by: frozenset[date]
    scope: Scope


@dataclass(frozen=True)
class Place:
    """Where a notice stands in the life of a measure: `Entry.occasion` and `Entry.change`."""

    occasion: str
    change: tuple[str, ...]


def act_by(item: NoticeItem) -> frozenset[date]:
    return frozenset(d.date for d in item.dates if d.kind in ACTIONABLE_DATES)


def scope(item: NoticeItem) -> Scope:
    """The headings that its printed codes fall in: finer differences are wording, not scope."""
    return frozenset(code.heading for code in item.codes if code.heading)


def place(item: NoticeItem, before: Sequence[Said]) -> Place:
    """Compare a notice with what its measure has said so far, in any order of arrival."""
    change = tuple(_changes(item, before))
    if change:
        return Place(_name(item, {said.occasion for said in before}), change)
    return Place(_latest(item, before), ())


def said(item: NoticeItem, occasion: str) -> Said:
    return Said(
        source=item.source,
        authority=item.authority,
        published=item.published,
        proceeding=item.proceeding,
        event=item.event,
        occasion=occasion,
        act_by=act_by(item),
        scope=scope(item),
    )


def _changes(item: NoticeItem, before: Sequence[Said]) -> list[str]:
    changes = []
    if item.event not in QUIET and not any(_reports_the_same(item, s) for s in before):
        changes.append("event")
    if before:
        known = frozenset[date]().union(*(s.act_by for s in before))
        if any(day > item.published for day in act_by(item) - known):
            changes.append("deadline")
        covered = Scope().union(*(s.scope for s in before))
        if covered and scope(item) - covered:
            changes.append("scope")
    return changes


def _reports_the_same(item: NoticeItem, other: Said) -> bool:
    """Two authorities of one gazette (Commerce and the ITC) each decide for themselves; a second
    source that names another authority is republishing."""
    return (
        (other.proceeding, other.event) == (item.proceeding, item.event)
        and abs(other.published - item.published) <= SAME_EVENT
        and (other.authority == item.authority or other.source != item.source)
    )


def _name(item: NoticeItem, taken: set[str]) -> str:
    """`administrative_review/final/2024-05-13`; numbered where the day has seen it before."""
    name = f"{item.proceeding or '-'}/{item.event}/{item.published}"
    repeats = sum(1 for other in taken if other == name or other.startswith(f"{name}#"))
    return f"{name}#{repeats + 1}" if repeats else name


def _latest(item: NoticeItem, before: Sequence[Said]) -> str:
    """The occasion that a notice without consequence belongs to."""
    same = [s for s in before if _reports_the_same(item, s)] or before
    return max(same, key=lambda s: s.published).occasion if same else _name(item, set())
