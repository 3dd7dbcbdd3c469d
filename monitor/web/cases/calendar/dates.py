"""The legal calendar of a case, proceeding by proceeding, as a page lays it out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Adopted, Case, KnownDay, Move, Proceeding
from monitor.deadlines.library import Library
from monitor.deadlines.rules import Ruleset
from monitor.web.cases.listing import theirs
from monitor.web.templatetags.cases import duename
from monitor.web.templatetags.fenghuo import tongue

MOST_MOVES = 20


@dataclass(frozen=True)
class Month:
    first: date
    dates: Sequence[Adopted]


@dataclass(frozen=True)
class Said:
    """What somebody knows and no notice says. `name`: of the event, the date, or all periods."""

    known: KnownDay
    name: str


@dataclass(frozen=True)
class Proposal:
    """What the rules say now of a date, beside what the case goes by. `gone`: they know no such
    date any more. `mark`: tells this proposal from any other."""

    row: Adopted
    due: Mapping[str, Any]
    gone: bool
    mark: str


@dataclass(frozen=True)
class Sheet:
    """The calendar of a proceeding. `ahead`: by month; `past`: what is over or has happened;
    `waiting`: what has no day yet; `ruleset`: None where no calendar is known."""

    row: Proceeding
    ruleset: Ruleset | None
    ahead: Sequence[Month]
    past: Sequence[Adopted]
    waiting: Sequence[Adopted]
    proposals: Sequence[Proposal]
    said: Sequence[Said]

    @property
    def events(self) -> dict[str, str]:
        """That people may say have happened, by id."""
        if self.ruleset is None:
            return {}
        return {each.id: _named(each.zh, each.en) for each in self.ruleset.file.events}

    @property
    def rules(self) -> dict[str, str]:
        """The dates that something may be known of, by id."""
        rows = [*self.waiting, *(d for month in self.ahead for d in month.dates), *self.past]
        return {row.rule: duename(row.due) for row in rows if row.respondent_id is None}


def sheets(
    actor: Actor, case: Case, proceedings: Iterable[Proceeding], day: date, *, mine: bool = False
) -> list[Sheet]:
    """`mine`: only what is the reader's."""
    rows = Adopted.objects.for_actor(actor).filter(proceeding__case=case)
    dressed = rows.select_related("respondent__organisation").order_by("day", "pk")
    dates: defaultdict[int, list[Adopted]] = defaultdict(list)
    for row in dressed:
        if not mine or row.whom in theirs(actor):
            dates[row.proceeding_id].append(row)
    said: defaultdict[int, list[KnownDay]] = defaultdict(list)
    known = KnownDay.objects.for_actor(actor).filter(proceeding__case=case, replaced_at=None)
    for each in known.select_related("said_by", "respondent__organisation").order_by("-at"):
        said[each.proceeding_id].append(each)
    return [_sheet(row, dates[row.pk], said[row.pk], day) for row in proceedings]


def _sheet(row: Proceeding, dates: Sequence[Adopted], said: Sequence[KnownDay], day: date) -> Sheet:
    ruleset = ruleset_of(row)
    held = [each for each in dates if each.gone_at is None]
    dated = [each for each in held if each.day is not None]
    over = [each for each in dated if _is_over(each, day)]
    ahead = [each for each in dated if not _is_over(each, day)]
    return Sheet(
        row=row,
        ruleset=ruleset,
        ahead=_months(ahead),
        past=over,
        waiting=[each for each in held if each.day is None],
        proposals=[proposal(each) for each in dates if each.proposed is not None],
        said=[Said(each, _name(ruleset, each)) for each in said],
    )


def ruleset_of(row: Proceeding) -> Ruleset | None:
    try:
        return Library.load(Path(settings.FENGHUO_DEADLINES)).named(row.ruleset)
    except KeyError:
        return None


def proposal(row: Adopted) -> Proposal:
    """`row`: of which something is proposed."""
    due = row.proposed or {}
    return Proposal(row, due, gone=not due, mark=due.get("mark", "gone"))


def moves(actor: Actor, case: Case) -> list[Move]:
    """The newest first."""
    rows = Move.objects.for_actor(actor).filter(adopted__proceeding__case=case)
    dressed = rows.select_related("adopted__proceeding__measure", "notice", "known", "by")
    light = dressed.defer("notice__body", "notice__abstract", "notice__item")
    return list(light.order_by("-at", "-pk")[:MOST_MOVES])


def _is_over(row: Adopted, day: date) -> bool:
    return bool(row.due["happened"]) or (row.day is not None and row.day < day)


def _months(dates: Sequence[Adopted]) -> list[Month]:
    """`dates`: in order."""
    grouped = groupby(dates, key=_month)
    return [Month(first, list(rows)) for first, rows in grouped]


def _month(row: Adopted) -> date:
    if row.day is None:
        raise ValueError("a date without a day is in no month")
    return row.day.replace(day=1)


def _name(ruleset: Ruleset | None, known: KnownDay) -> str:
    """Its id, where the rules know no such thing any more."""
    if known.what in (KnownDay.What.TOLLED, KnownDay.What.STAYED):
        return _("All periods")
    if ruleset is None:
        return known.name
    if known.what == KnownDay.What.EVENT:
        event = ruleset.events.get(known.name)
        return _named(event.zh, event.en) if event else known.name
    versions = ruleset.versions.get(known.name)
    return _named(versions[-1].zh, versions[-1].en) if versions else known.name


def _named(zh: str, en: str) -> str:
    return zh if tongue() == "zh" else en
