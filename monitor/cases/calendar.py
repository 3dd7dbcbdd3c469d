"""Facts → dues → the dates that a case goes by.

A notice or a day that somebody knows moves a date, and the move says why. A change of the rules
alone moves nothing: the date goes on by the version of the rules that it was adopted by, and what
they say now stands beside it as `proposed` until a person takes it over. A date that nobody had
before is added at once: it takes nobody's word back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from monitor.accounts.models import User
from monitor.cases.models import Adopted, KnownDay, Move, Proceeding, RulesVersion
from monitor.cases.outcomes.expecting import stands_alone
from monitor.cases.versions import Rules, fingerprint
from monitor.deadlines.facts import Due, Facts, Grant, Known, Lengthening, Printed, Started, Stay
from monitor.deadlines.lines import due_line
from monitor.deadlines.rules import Ruleset
from monitor.deadlines.timeline import calendar
from monitor.notices.models import Notice

Key = tuple[str, int | None]
"""(rule, respondent): whose date it is alone; None: everybody's."""
MOVING = (
    "day",
    "moment",
    "whom",
    "due",
    "rules",
    "proposed",
    "adopted_at",
    "adopted_by",
    "gone_at",
)


@dataclass(frozen=True)
class Because:
    """Why dates move."""

    what: Move.Because
    notice: Notice | None = None
    known: KnownDay | None = None
    by: User | None = None


@dataclass(frozen=True)
class _Computed:
    due: Due
    ruleset: Ruleset
    version: RulesVersion

    def holds(self) -> tuple[object, ...]:
        """What people work by; where that is the same, another wording or source moves nothing."""
        return self.due.day, self.due.moment, self.due.waits_for, self.due.rule.whom


Dues = Mapping[Key, _Computed]


class Book:
    """The calendars of some proceedings: read at once, written at once."""

    def __init__(self, proceedings: Iterable[Proceeding], rules: Rules, now: datetime) -> None:
        self._rules = rules
        self._now = now
        self._dates: defaultdict[int, dict[Key, Adopted]] = defaultdict(dict)
        self._known: defaultdict[int, list[KnownDay]] = defaultdict(list)
        self._new: list[Adopted] = []
        self._changed: dict[int, Adopted] = {}
        self._moves: list[Move] = []
        mine = [proceeding.pk for proceeding in proceedings]
        dates = list(Adopted.objects.filter(proceeding__in=mine))
        # Not with the rows: a version holds the whole ruleset.
        versions = RulesVersion.objects.defer("content").in_bulk({row.rules_id for row in dates})
        for row in dates:
            row.rules = versions[row.rules_id]
            self._dates[row.proceeding_id][row.rule, row.respondent_id] = row
        known = KnownDay.objects.filter(proceeding__in=mine, replaced_at=None)
        for said in known.select_related("respondent__organisation").order_by("at", "pk"):
            self._known[said.proceeding_id].append(said)

    def reckon(self, proceeding: Proceeding, told: Facts, because: Because | None) -> None:
        """Bring the dates of the proceeding up to what is known. `told`: by its notices; of one
        that is expected, what it is expected by."""
        ruleset = self._rules.named(proceeding.ruleset)
        if ruleset is None:
            return
        known = self._known[proceeding.pk]
        facts, whose = joined(told, known), _names(known)
        rows = self._dates[proceeding.pk]
        version = self._rules.current(ruleset)
        versions = {version.pk: version} | {row.rules_id: row.rules for row in rows.values()}
        dues = {pk: self._dues(each, facts, whose) for pk, each in versions.items()}
        if proceeding.expected_on is not None:
            dues = {pk: _early(found) for pk, found in dues.items()}
        for key in {**dues[version.pk], **rows}:
            now = dues[version.pk].get(key)
            if (row := rows.get(key)) is not None:
                self._settle(row, dues[row.rules_id].get(key), now, because)
            elif now is not None:
                rows[key] = self._added(proceeding, key, now)

    def write(self) -> list[Move]:
        """All of it; returns what moved."""
        Adopted.objects.bulk_create(self._new)
        Adopted.objects.bulk_update(self._changed.values(), MOVING, batch_size=50)
        for move in self._moves:
            move.adopted_id = move.adopted.pk
        return Move.objects.bulk_create(self._moves)

    def _dues(self, version: RulesVersion, facts: Facts, whose: Mapping[str, int]) -> Dues:
        ruleset = self._rules.ruleset(version)
        return {
            (due.rule.id, whose[due.to] if due.to else None): _Computed(due, ruleset, version)
            for due in calendar(ruleset, facts)
        }

    def _added(self, proceeding: Proceeding, key: Key, found: _Computed) -> Adopted:
        row = Adopted(proceeding=proceeding, rule=key[0], respondent_id=key[1])
        _fill(row, found, mark(found.due), self._now)
        self._new.append(row)
        return row

    def _settle(
        self, row: Adopted, old: _Computed | None, now: _Computed | None, because: Because | None
    ) -> None:
        """`old`: by the rules that it was adopted by; `now`: by the rules as they are."""
        agreed = _holds(old) == _holds(now)
        self._adopt(row, now if agreed else old, because)
        proposed = None if agreed else (plain(now.due, now.ruleset, now.version) if now else {})
        if row.proposed != proposed:
            row.proposed = proposed
            self._note(row)

    def _adopt(self, row: Adopted, found: _Computed | None, because: Because | None) -> None:
        if found is None:
            if row.gone_at is None:
                self._move(row, None, because)
                row.gone_at = self._now
                self._note(row)
            return
        seen = mark(found.due)
        if row.gone_at is None and row.due["mark"] == seen and row.rules_id == found.version.pk:
            return
        if row.gone_at is not None or row.day != found.due.day:
            self._move(row, found, because)
        _fill(row, found, seen, self._now)
        self._note(row)

    def _move(self, row: Adopted, found: _Computed | None, because: Because | None) -> None:
        why = because or Because(Move.Because.NOTICE)
        self._moves.append(
            Move(
                adopted=row,
                before=None if row.gone_at else row.day,
                after=found.due.day if found else None,
                because=why.what,
                notice=why.notice,
                known=why.known,
                by=why.by,
                at=self._now,
            )
        )

    def _note(self, row: Adopted) -> None:
        if not row._state.adding:  # noqa: SLF001 - documented so
            self._changed[row.pk] = row


def _early(found: Dues) -> Dues:
    """The dates that do not wait for the opening."""
    return {key: each for key, each in found.items() if stands_alone(each.ruleset, each.due)}


def _holds(found: _Computed | None) -> object:
    return found and found.holds()


def _fill(row: Adopted, found: _Computed, seen: str, now: datetime) -> None:
    due = found.due
    is_new = row._state.adding  # noqa: SLF001 - documented so
    if is_new or (row.day, row.moment) != (due.day, due.moment) or row.gone_at:
        row.adopted_at, row.adopted_by = now, None
    row.day, row.moment, row.whom = due.day, due.moment, due.rule.whom.value
    row.due = plain(due, found.ruleset, found.version, seen)
    row.rules, row.gone_at = found.version, None


# --- Facts ---------------------------------------------------------------------------------------


def joined(told: Facts, known: Iterable[KnownDay]) -> Facts:
    """What the notices tell and what people know. Of two words on the same thing the later counts:
    a person corrects what was published before, and what is published later corrects them."""
    days, printed, postponed = dict(told.days), dict(told.printed), set(told.postponed)
    granted, tolled, stayed = list(told.extended), list(told.tolled), list(told.stayed)
    for said in known:
        on = said.at.date()
        match said.what:
            case KnownDay.What.EVENT:
                if said.name not in told.days or told.days[said.name].day <= on:
                    days[said.name] = Known(said.day, said.source)
            case KnownDay.What.PRINTED:
                former = told.printed.get(said.name)
                if former is None or former.on is None or former.on <= on:
                    printed[said.name] = Printed(said.day, said.source, on)
            case KnownDay.What.POSTPONED:
                postponed.add(said.name)
            case KnownDay.What.EXTENDED:
                to = str(said.respondent) if said.respondent else None
                granted.append(Grant(said.name, day=said.day, to=to))
            case KnownDay.What.TOLLED if said.days is not None:
                tolled.append(Lengthening(said.name, said.day, said.days, basis=said.source))
            case KnownDay.What.STAYED if said.until is not None:
                stayed.append(Stay(said.day, said.until, said.source))
    return replace(
        told,
        days=days,
        printed=printed,
        postponed=frozenset(postponed),
        extended=tuple(granted),
        tolled=tuple(tolled),
        stayed=tuple(stayed),
    )


def _names(known: Iterable[KnownDay]) -> dict[str, int]:
    return {str(said.respondent): said.respondent.pk for said in known if said.respondent}


# --- What a date rests on ------------------------------------------------------------------------


def plain(
    due: Due, ruleset: Ruleset, version: RulesVersion, seen: str | None = None
) -> dict[str, Any]:
    """All that a page needs to show a date, as JSON: `monitor.deadlines.lines.due_line`, and

    `printed_in`, the notice or letter that prints it; `waits`, the names of what it waits for;
    `since`, the day that its period began; `event`, what happens with it; `assumed`,
    `unknown_year`, `rests_on` as in `Due`; `fingerprint` of the rule, `rules` that of the
    ruleset; `mark`, of the due itself.
    """
    events = ruleset.events
    return {
        **due_line(due, ruleset),
        "printed_in": due.printed.source if due.printed else None,
        "waits": [{"zh": events[e].zh, "en": events[e].en} for e in due.waits_for],
        "since": _since(due),
        "event": due.rule.event,
        "assumed": due.assumed,
        "unknown_year": due.unknown_year,
        "rests_on": list(due.rests_on),
        "fingerprint": fingerprint(ruleset, due.rule.id, due.rule.version),
        "rules": version.fingerprint,
        "mark": seen or mark(due),
    }


def _since(due: Due) -> str | None:
    return next((each.day.isoformat() for each in due.steps if isinstance(each, Started)), None)


def mark(due: Due) -> str:
    """Is another one where anything of the due is, so that a sentence is not made anew for
    nothing."""
    return hashlib.sha256(repr(due).encode()).hexdigest()
