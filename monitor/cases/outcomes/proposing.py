"""What the case's notices print of rates, beside the proceeding and the firm that they may be of.

Nothing is taken over by itself: a person looks at the line as it is printed, says what the result
was, and takes it over.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bundles.words import Event
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.models import Outcome, Proceeding, Respondent, StageChange
from monitor.cases.names import Register
from monitor.cases.outcomes.printed import Printed, rates_in
from monitor.cases.outcomes.words import Force, Result
from monitor.cases.respondents import Ours
from monitor.notices.models import Entry, Notice

FORCES: Mapping[str, Force] = {
    Event.PRELIMINARY: Force.PROVISIONAL,
    Event.FINAL: Force.DEFINITIVE,
    Event.ORDER: Force.DEFINITIVE,
    Event.AMENDED: Force.DEFINITIVE,
    Event.CONTINUED: Force.DEFINITIVE,
    Event.COURT: Force.DEFINITIVE,
}
"""Notices that print rates, by what they say happened."""


@dataclass(frozen=True)
class Proposal:
    """`respondent`: None, for everybody else. `result`: where the line itself says it, else the
    person who takes it over does. `key`: tells this proposal from any other."""

    proceeding: Proceeding
    notice: Notice
    force: Force
    printed: Printed
    respondent: Respondent | None
    result: Result | None
    key: str

    @property
    def deposit(self) -> Decimal | None:
        return None if self.printed.deposit == self.printed.rate else self.printed.deposit


@dataclass(frozen=True)
class Found:
    """`strangers`: rows of firms that are on no list of ours."""

    proposals: Sequence[Proposal]
    strangers: Sequence[tuple[Notice, Printed]]


def proposals(
    actor: Actor,
    proceedings: Sequence[Proceeding],
    respondents: Sequence[Respondent],
    outcomes: Sequence[Outcome],
) -> Found:
    """Of what nobody has written down yet. Rows: as the door gave them to the actor."""
    listed = Listed(respondents)
    known = {
        _of(o.proceeding_id, o.respondent_id, o.result, o.force, o.notice_id) for o in outcomes
    }
    found: list[Proposal] = []
    strangers: list[tuple[Notice, Printed]] = []
    for proceeding, notice in _pairs(actor, proceedings):
        for printed in _of_origin(rates_in(notice.body), proceeding.measure.origin):
            each = _proposal(proceeding, notice, printed, listed)
            if each is None:
                strangers.append((notice, printed))
            elif _thing(each) not in known:
                found.append(each)
    return Found(found, strangers)


class Listed:
    """The firms on the list, by the names under which a notice may print them."""

    def __init__(self, respondents: Sequence[Respondent]) -> None:
        self._named = Register(([row.named_as], row) for row in respondents if row.named_as)
        self._by_firm = {row.organisation_id: row for row in respondents if row.organisation_id}
        self._ours = Ours()

    def find(self, name: str) -> Respondent | None:
        row = self._named.find(name)
        if row is not None:
            return row
        with opened():  # all our firms are looked through; only those on the list are told of
            return self._by_firm.get(self._ours.find(name) or 0)


def _thing(each: Proposal) -> tuple[object, ...]:
    row = each.respondent
    return _of(each.proceeding.pk, row.pk if row else None, each.result, each.force, each.notice.pk)


def _of(
    proceeding: int, respondent: int | None, result: str | None, force: str, notice: int | None
) -> tuple[object, ...]:
    """What an outcome is of; a firm has one, everybody else one of each result."""
    return proceeding, respondent, None if respondent else str(result), str(force), notice


def _proposal(
    proceeding: Proceeding, notice: Notice, printed: Printed, listed: Listed
) -> Proposal | None:
    force = next(FORCES[event] for event in (notice.event, *notice.also) if event in FORCES)
    respondent, result = None, None
    if printed.is_country_wide or printed.is_all_others:
        result = Result.COUNTRY_WIDE if printed.is_country_wide else Result.ALL_OTHERS
    else:
        respondent = listed.find(printed.name)
        if respondent is None:
            return None
        result = Result.ZERO if printed.rate == 0 else None
    key = hashlib.sha256(f"{proceeding.pk} {notice.pk} {printed}".encode()).hexdigest()[:16]
    return Proposal(proceeding, notice, force, printed, respondent, result, key)


def _of_origin(rows: Iterable[Printed], origin: str | None) -> Iterator[Printed]:
    """A notice may be of several countries, with a part of the table for each."""
    for row in rows:
        if row.origin is None or origin is None or row.origin == origin:
            yield row


# --- Which notice is of which proceeding ---------------------------------------------------------


def _pairs(actor: Actor, proceedings: Sequence[Proceeding]) -> Iterator[tuple[Proceeding, Notice]]:
    """Oldest first. A notice that moved no stage (an amendment) is of the newest proceeding of its
    sort that the same authority had told of by then."""
    changes = StageChange.objects.for_actor(actor).filter(
        proceeding__in=[row.pk for row in proceedings], notice__isnull=False
    )
    told: defaultdict[int, list[Notice]] = defaultdict(list)
    for change in changes.select_related("notice").defer("notice__body", "notice__item"):
        if change.notice:
            told[change.proceeding_id].append(change.notice)
    by_measure: defaultdict[int, list[Proceeding]] = defaultdict(list)
    for row in proceedings:
        by_measure[row.measure_id].append(row)
    entries = Entry.objects.filter(measure__in=list(by_measure)).exclude(notice__body="")
    rows = entries.select_related("notice").order_by("notice__published", "notice__pk")
    for entry in rows.defer("notice__item", "notice__abstract"):
        if FORCES.keys().isdisjoint({entry.notice.event, *entry.notice.also}):
            continue
        whose = _whose(entry.notice, by_measure[entry.measure_id], told)
        if whose is not None:
            yield whose, entry.notice


def _whose(
    notice: Notice, rows: Iterable[Proceeding], told: Mapping[int, Sequence[Notice]]
) -> Proceeding | None:
    mine = [row for row in rows if row.proceeding == notice.proceeding and told.get(row.pk)]
    for row in mine:
        if any(each.pk == notice.pk for each in told[row.pk]):
            return row
    before = [
        row
        for row in mine
        if any(
            each.authority == notice.authority and each.published <= notice.published
            for each in told[row.pk]
        )
    ]
    return max(before, key=lambda row: row.number, default=None)
