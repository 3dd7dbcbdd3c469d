"""The next review of a measure in force, before any notice tells of it.

An order can be reviewed in each of its anniversary months (19 CFR 351.213(b)), and ends five years
after it was made or last continued unless a review finds that it has to stay (Agreement on
Anti-Dumping, Article 11.3; each authority's rules are in `config/deadlines`). The next one of each
sort stands in the calendar as a proceeding that is expected, with the dates that do not wait for
its opening; the notice that tells of it makes it a real one. Where no notice comes, it lapses.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from bundles.words import Event
from bundles.words import Proceeding as Word
from monitor.cases.models import Proceeding, StageChange
from monitor.cases.stages import Family, family
from monitor.cases.words import Stage
from monitor.deadlines.facts import Due, Facts, Known
from monitor.deadlines.library import Library
from monitor.deadlines.rules import Bound, Rule, Ruleset, Unit
from monitor.deadlines.timeline import calendar
from monitor.notices.models import Measure

LAPSE = timedelta(days=120)
"""After the month in which a review could be asked for, or after the measure would have ended: the
notice that opens it has been published by then, or there is none."""
EARLY = timedelta(days=400)
"""How long before the end of a measure a notice may tell of its review: some announce it a year
ahead."""
OPENED_AFTER = timedelta(days=45)
"""A review is opened in the month after the one in which it was asked for, or later."""

_LATER = (Event.INITIATED, Event.PRELIMINARY, Event.FINAL)
_NEXT = (Unit.DAYS, Bound.EXACT)

Changes = Mapping[int, Sequence[StageChange]]
"""By proceeding, oldest first."""


@dataclass(frozen=True)
class Made:
    """That a measure came into force. `continued`: when last; the same as `first` where it was not
    yet. `source`: the notice that says the last."""

    first: date
    continued: date
    source: str


@dataclass(frozen=True)
class Expected:
    """A review that nobody has told of. `on`: the first day of the month in which it may be asked
    for, or the day on which the measure ends without it."""

    ruleset: str
    word: str
    on: date
    facts: Facts


def made(rows: Iterable[Proceeding], changes: Changes) -> Made | None:
    """`rows`: the proceedings of one measure. None: it is not in force, or not as far as notices
    tell."""
    mine = [row for row in rows if row.expected_on is None]
    standing = [row for row in mine if _makes(row) and row.stage == Stage.IN_FORCE]
    orders = [c for row in standing for c in changes[row.pk] if c.stage == Stage.IN_FORCE]
    if not orders:
        return None
    renewals = [
        change
        for row in mine
        if row.proceeding == Word.SUNSET_REVIEW
        for change in changes[row.pk]
        if change.stage == Stage.IN_FORCE
    ]
    last = max([*orders, *renewals], key=_day)
    source = last.notice.number if last.notice else ""
    return Made(min(map(_day, orders)), last.day, source)


def reviews(
    measure: Measure, rows: Sequence[Proceeding], changes: Changes, library: Library, today: date
) -> list[Expected]:
    """The next one of each sort, by each ruleset that knows when it comes. `rows`: of the
    measure."""
    since = made(rows, changes)
    if since is None:
        return []
    found: list[Expected | None] = []
    for ruleset in _rulesets(measure, rows, library):
        own = [row for row in rows if row.ruleset == ruleset.name]
        found.append(_anniversary(ruleset, measure, own, changes, since, today))
        found.append(_sunset(ruleset, measure, own, changes, since, today))
    return [each for each in found if each is not None]


def is_told(row: Proceeding, published: date, period: tuple[date, date] | None) -> bool:
    """Whether a first notice of that day, of a review of that period, is of the one that the row
    waits for, or waited for in vain: a notice may become known late."""
    if row.expected_on is None:
        return False
    if not _is_yearly(row):
        return published >= row.expected_on - EARLY
    return _asked(row.expected_on, published, period and period[1]) == row.expected_on.year


def has_lapsed(row: Proceeding, today: date) -> bool:
    if row.expected_on is None or row.ended is not None:
        return False
    last = _month_end(row.expected_on) if _is_yearly(row) else row.expected_on
    return today > last + LAPSE


def stands_alone(ruleset: Ruleset, due: Due) -> bool:
    """Whether the date is of use before the review is opened: it is neither counted from what the
    authority does then, nor one of its decisions."""
    told = {rule.id: ruleset.events[rule.event].notice for rule in ruleset.file.rules if rule.event}
    rests = any(told.get(rule) in _LATER for rule in due.rests_on)
    decides = told.get(due.rule.id) in (Event.PRELIMINARY, Event.FINAL)
    return due.day is not None and not rests and not decides


# --- Which, and when -----------------------------------------------------------------------------


def _rulesets(measure: Measure, rows: Iterable[Proceeding], library: Library) -> Iterator[Ruleset]:
    """Of the authorities that have told of the measure."""
    authorities = {row.ruleset.partition("/")[0] for row in rows if row.ruleset}
    for ruleset in library.rulesets:
        if measure.kind in ruleset.file.kinds and ruleset.name.partition("/")[0] in authorities:
            yield ruleset


def _anniversary(
    ruleset: Ruleset,
    measure: Measure,
    own: Sequence[Proceeding],
    changes: Changes,
    since: Made,
    today: date,
) -> Expected | None:
    word = Word.ADMINISTRATIVE_REVIEW
    opportunity = _event(ruleset, Event.OPPORTUNITY)
    if word not in ruleset.file.proceedings or opportunity is None:
        return None
    years = {_year(row, changes, since.first) for row in own if row.proceeding == word}
    year = max([since.first.year, *(y for y in years if y)]) + 1
    while _month_end(date(year, since.first.month, 1)) + LAPSE < today:
        year += 1
    on = date(year, since.first.month, 1)
    return Expected(ruleset.name, word, on, _facts(measure, {opportunity: on}, since.source))


def _sunset(
    ruleset: Ruleset,
    measure: Measure,
    own: Sequence[Proceeding],
    changes: Changes,
    since: Made,
    today: date,
) -> Expected | None:
    word = Word.SUNSET_REVIEW
    anchor = _event(ruleset, Event.ORDER)
    if word not in ruleset.file.proceedings or anchor is None:
        return None
    facts = _facts(measure, {anchor: since.continued}, since.source)
    starts = {anchor, *_begins(ruleset, anchor)}
    ends = [
        due.day
        for due in calendar(ruleset, facts, lambda rule: _ends(rule, starts))
        if due.day and _ends(due.rule, starts)
    ]
    on = max(ends, default=None)
    if on is None or on + LAPSE < today:
        return None  # What became of it then, no notice of the house tells.
    if any(_covers(row, changes, since.continued) for row in own):
        return None
    return Expected(ruleset.name, word, on, facts)


def _begins(ruleset: Ruleset, anchor: str) -> Iterator[str]:
    """What follows the order by law on a certain day: the United Kingdom's measures run from the
    day after their notice."""
    for rule in ruleset.file.rules:
        if rule.start == anchor and rule.event and (rule.unit, rule.bound) == _NEXT:
            yield rule.event


def _ends(rule: Rule, starts: AbstractSet[str]) -> bool:
    return rule.start in starts and rule.unit is Unit.YEARS


def _covers(row: Proceeding, changes: Changes, since: date) -> bool:
    """Whether this sunset review, told or lapsed, is the one of the measure as it stands."""
    if row.proceeding != Word.SUNSET_REVIEW:
        return False
    if row.expected_on is not None:
        return row.ended is not None and row.expected_on > since
    days = [change.day for change in changes[row.pk]]
    return bool(days) and max(days) > since


def _year(row: Proceeding, changes: Changes, order: date) -> int | None:
    """In whose anniversary month this review was, or could be, asked for."""
    if row.expected_on is not None:
        return row.expected_on.year if row.ended is not None else None
    first = min((change.day for change in changes[row.pk]), default=row.began)
    return _asked(order, first, row.period_end) if first or row.period_end else None


def _asked(order: date, first: date | None, period_end: date | None) -> int:
    """The year by the end of its period, else by its first notice."""
    if period_end is not None:
        return (period_end + timedelta(days=1)).year
    if first is None:
        raise ValueError("neither a period nor a notice tells the year")
    return (first if first.month == order.month else first - OPENED_AFTER).year


def _facts(measure: Measure, days: Mapping[str, date], source: str) -> Facts:
    return Facts(
        days={event: Known(day, source) for event, day in days.items()},
        origins=(measure.origin,) if measure.origin else None,
    )


def _event(ruleset: Ruleset, word: Event) -> str | None:
    return next((each.id for each in ruleset.file.events if each.notice is word), None)


def _makes(row: Proceeding) -> bool:
    return (
        row.proceeding == Word.INVESTIGATION
        and family(row.measure.kind, row.proceeding) is Family.INVESTIGATION
    )


def _is_yearly(row: Proceeding) -> bool:
    return row.proceeding == Word.ADMINISTRATIVE_REVIEW


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _day(change: StageChange) -> date:
    return change.day


# --- Years ahead ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ahead:
    """A review that comes if the measure stays. `row`: where it stands in the calendar already."""

    measure: Measure
    word: str
    on: date
    row: Proceeding | None


def outlook(rows: Iterable[Proceeding], years: int = 6) -> list[Ahead]:
    """From the expected ones on: each anniversary month, and each fifth year while it is continued.
    `rows`: of a case, with their measures."""
    found = []
    for row in rows:
        if row.expected_on is None or row.ended is not None:
            continue
        step = 1 if _is_yearly(row) else 5
        for turn in range(0, years, step):
            on = _later(row.expected_on, turn)
            found.append(Ahead(row.measure, row.proceeding, on, row if turn == 0 else None))
    return sorted(found, key=lambda each: (each.on, each.measure.pk, each.word))


def _later(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))
