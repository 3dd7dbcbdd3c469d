"""A measure's timeline of notices → what is known of its case, by one ruleset.

Proceedings come again: a review is opened every year, an investigation is opened anew. Each opening
begins a round, with a calendar of its own. Reviews overlap: last year's ends after this year's was
opened, and its notices are told by the period that they print.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bundles.words import DateKind, Event, Proceeding
from monitor.deadlines.facts import Facts, Known, Printed
from monitor.deadlines.library import Library, Said
from monitor.deadlines.rules import Ruleset

FORERUNNERS = frozenset({Event.COMPLAINT, Event.OPPORTUNITY, Event.UPCOMING})
"""What comes before an opening and belongs to its round."""
DETERMINATIONS = (Event.PRELIMINARY, Event.FINAL)
"""In their order: what is postponed, or printed as due, is the next of them."""
BY_PERIOD = frozenset({Proceeding.ADMINISTRATIVE_REVIEW, Proceeding.NEW_SHIPPER_REVIEW})
"""The proceedings of which each has its own period; elsewhere a printed period tells nothing."""
Days = dict[str, list[Known]]
"""By event, oldest first."""


@dataclass
class Round:
    """What notices say of one round. `notices`: those it took, also another authority's that only
    date an event of it, oldest first."""

    notices: list[Said] = field(default_factory=list)
    days: Days = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    postponed: set[str] = field(default_factory=set)
    printed: dict[str, Printed] = field(default_factory=dict)
    period: tuple[str, str] | None = None

    @property
    def is_open(self) -> bool:
        return Event.INITIATED in self.words or self.is_determined

    @property
    def is_determined(self) -> bool:
        return not self.words.isdisjoint(DETERMINATIONS)

    @property
    def ends(self) -> str:
        """What rounds are ordered by: the end of its period, else its first notice, as ISO days."""
        return self.period[1] if self.period else self.notices[0].published.isoformat()


@dataclass(frozen=True)
class Told:
    """A round and what is known in it."""

    round: Round
    facts: Facts


def facts(library: Library, ruleset: Ruleset, notices: Iterable[Said]) -> Facts:
    """What is known of the newest round."""
    return told(library, ruleset, notices)[-1].facts


def told(library: Library, ruleset: Ruleset, notices: Iterable[Said]) -> list[Told]:
    """Every round, oldest first; at least one, which may be empty. An event told twice within a
    round has its newest day; the days before, and those of earlier rounds, stand in `earlier`."""
    notices = sorted(notices, key=lambda said: said.published)
    rounds = rounds_of(library, ruleset, notices) or [Round()]
    lasting, origins = _lasting(library, ruleset, notices), _origins(notices)
    found = []
    for number, each in enumerate(rounds):
        until = each.notices[-1].published if each is not rounds[-1] else date.max
        days = _until(lasting, until) | each.days
        found.append(Told(each, _facts(each, days, rounds[:number], origins)))
    return found


def _facts(
    found: Round, days: Days, before: Sequence[Round], origins: tuple[str, ...] | None
) -> Facts:
    earlier: Days = {}
    for former in (*(each.days for each in before), {e: known[:-1] for e, known in days.items()}):
        for event, known in former.items():
            earlier.setdefault(event, []).extend(known)
    return Facts(
        days={event: known[-1] for event, known in days.items()},
        postponed=frozenset(found.postponed),
        printed=found.printed,
        origins=origins,
        earlier={event: tuple(known) for event, known in earlier.items() if known},
    )


def _lasting(library: Library, ruleset: Ruleset, notices: Iterable[Said]) -> Days:
    """What notices of other proceedings tell: the order that all reviews are about."""
    found: Days = {}
    for said in notices:
        for event in library.dated(ruleset, said):
            if _is_others(ruleset, event):
                found.setdefault(event, []).append(Known(said.published, said.number))
    return found


def _until(lasting: Days, day: date) -> Days:
    return {
        event: [each for each in known if each.day <= day] or known[:1]
        for event, known in lasting.items()
    }


# --- Rounds --------------------------------------------------------------------------------------


def rounds_of(library: Library, ruleset: Ruleset, notices: Iterable[Said]) -> list[Round]:
    """`notices`: oldest first."""
    rounds: list[Round] = []
    for said in notices:
        events = [e for e in library.dated(ruleset, said) if not _is_others(ruleset, e)]
        own = library.is_own(ruleset, said)
        if events or own:
            found = _round(rounds, said, events)
            found.notices.append(said)
            _date(found, said, events)
            if own:
                _take(ruleset, found, said, events)
    return rounds


def _round(rounds: list[Round], said: Said, events: list[str]) -> Round:
    """The round that the notice belongs to, which may begin with it."""
    if said.period and said.proceeding in BY_PERIOD:
        return _of_period(rounds, said, said.period)
    if not rounds or _opens(rounds[-1], said, events):
        rounds.append(Round())
    elif said.event not in FORERUNNERS and said.event != Event.INITIATED:
        return next((r for r in reversed(rounds) if r.is_open), rounds[-1])
    return rounds[-1]


def _of_period(rounds: list[Round], said: Said, period: tuple[str, str]) -> Round:
    """The round of this period, else the earliest without one that was opened after it ended, else
    one that begins now, in the order of periods."""
    opening = said.event == Event.INITIATED
    for found in rounds:
        if found.period == period:
            return found
    for found in rounds:
        taken = found.period or (opening and found.is_open)
        if not taken and found.notices[0].published.isoformat() > period[1]:
            return found
    begun = Round(period=period)
    rounds.insert(sum(found.ends <= period[1] for found in rounds), begun)
    return begun


def _opens(newest: Round, said: Said, events: list[str]) -> bool:
    if said.event == Event.INITIATED:
        return newest.is_determined or any(event in newest.days for event in events)
    return said.event in FORERUNNERS and newest.is_open


def _date(found: Round, said: Said, events: list[str]) -> None:
    for event in events:
        found.days.setdefault(event, []).append(Known(said.published, said.number))


def _take(ruleset: Ruleset, found: Round, said: Said, events: list[str]) -> None:
    """What a notice of the authority itself says beside the days."""
    if said.proceeding in BY_PERIOD:
        found.period = found.period or said.period
    found.words.update(said.happened)
    if Event.POSTPONED in said.happened:
        found.postponed.update(_postponed(ruleset, found))
    for rule, printed in _printed(ruleset, found, said, events):
        found.printed[rule] = printed


def _next(found: Round) -> Event | None:
    return next((word for word in DETERMINATIONS if word not in found.words), None)


def _dating(ruleset: Ruleset, word: Event | None) -> Iterator[str]:
    """The rules by which that falls due."""
    for rule in ruleset.file.rules:
        if word and rule.event and ruleset.events[rule.event].notice is word:
            yield rule.id


def _postponed(ruleset: Ruleset, found: Round) -> set[str]:
    """A notice postpones the next determination that is still to come after it."""
    due = set(_dating(ruleset, _next(found)))
    return {rule.id for rule in ruleset.file.rules if rule.postponed and rule.id in due}


def _printed(
    ruleset: Ruleset, found: Round, said: Said, events: list[str]
) -> Iterator[tuple[str, Printed]]:
    """A printed date is a rule's where it can be no other's: of its kind, counted from what the
    notice tells, or the next determination."""
    for line in said.dates:
        kind = DateKind(line["kind"])
        rules = {rule.id for rule in ruleset.file.rules if rule.stands_for is kind}
        if kind is DateKind.DETERMINATION_DUE:
            rules &= set(_dating(ruleset, _next(found)))
        else:
            rules &= {r.id for r in ruleset.file.rules if not set(events).isdisjoint(r.starts())}
        if len(rules) == 1:
            day = date.fromisoformat(line["date"])
            yield rules.pop(), Printed(day, said.number, said.published)


def _is_others(ruleset: Ruleset, event: str) -> bool:
    """Told by notices of another proceeding: it holds for every round."""
    return ruleset.events[event].proceedings is not None


def _origins(notices: Iterable[Said]) -> tuple[str, ...] | None:
    """None where no notice names one."""
    return tuple(sorted({code for said in notices for code in said.origins})) or None
