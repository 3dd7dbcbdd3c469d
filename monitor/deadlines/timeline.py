"""Facts → dues: the legal calendar of one case. Pure; no clock is asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.deadlines.authority import Roll
from monitor.deadlines.counting import counted
from monitor.deadlines.days import Closed, Seat
from monitor.deadlines.facts import (
    Counted,
    Due,
    Facts,
    Grant,
    InPrint,
    Rolled,
    Started,
    Step,
)
from monitor.deadlines.moving import Mover
from monitor.deadlines.rules import Bound, Period, Rule, Ruleset, Unit, Whom


def calendar(
    ruleset: Ruleset, facts: Facts, wanted: Callable[[Rule], bool] | None = None
) -> tuple[Due, ...]:
    """All dues of the case, the earliest first; those that wait stand last. An extension granted
    to one respondent is a due of its own beside everybody's. `wanted`: of which rules alone; what
    they rest on is computed with them."""
    case = Case(ruleset, facts)
    rules = [
        rule
        for rule, versions in ruleset.versions.items()
        if wanted is None or any(map(wanted, versions))
    ]
    found = [due for rule in rules for due in case.dues(rule)]
    return tuple(sorted(found, key=lambda due: due.day or date.max))


def strangers(ruleset: Ruleset, facts: Facts) -> list[str]:
    """What of the facts the ruleset does not know: `event x`, `rule y`."""
    named = {*facts.postponed, *facts.printed, *(grant.rule for grant in facts.extended)}
    return [
        *(f"event {event}" for event in facts.days if event not in ruleset.events),
        *(f"rule {rule}" for rule in sorted(named) if rule not in ruleset.versions),
    ]


class Case:
    """One ruleset with one set of facts. What is asked twice is computed once."""

    def __init__(self, ruleset: Ruleset, facts: Facts) -> None:
        self._ruleset = ruleset
        self._facts = facts
        self._seat = Seat(ruleset.authority)
        self._mover = Mover(ruleset, facts)
        self._known: dict[str, Due | None] = {}

    def dues(self, rule: str) -> Iterator[Due]:
        """Everybody's, and those of respondents to whom it was extended."""
        due = self.due(rule)
        if due is None:
            return
        yield due
        for grant in self._facts.extended:
            if grant.rule == rule and grant.to is not None:
                yield from self._granted(due, grant)

    def due(self, rule: str) -> Due | None:
        """Everybody's; None where no version of the rule holds."""
        if rule not in self._known:
            version = self._version(rule)
            self._known[rule] = self._due(*version) if version else None
        return self._known[rule]

    def base(self, event: str) -> Started | None:
        """The day of the event: known, else that of the rule which says when it falls due."""
        known = self._facts.days.get(event)
        if known:
            return Started(event, known.day, known.source)
        for rule in self._ruleset.dating.get(event, ()):
            due = self.due(rule)
            if due and due.day:
                return Started(event, due.day, by=rule)
        return None

    # --- Which version, which of its periods ---

    def _version(self, rule: str) -> tuple[Rule, bool] | None:
        """The version that holds, and whether that is only assumed."""
        versions = [v for v in self._ruleset.versions[rule] if v.is_against(self._facts.origins)]
        if not versions:
            return None
        if not versions[0].version:
            return versions[0], False
        decider = self._facts.days.get(self._ruleset.decider(versions[0]))
        if decider is None:
            return self._newest(versions), True
        return next(((v, False) for v in versions if v.holds_on(decider.day)), None)

    def _newest(self, versions: Sequence[Rule]) -> Rule:
        """That of the latest day which is known, else the one that came last."""
        latest = max((known.day for known in self._facts.days.values()), default=date.max)
        held = (v for v in versions if v.holds_on(latest))
        return next(held, max(versions, key=lambda v: v.valid_from or date.min))

    def _periods(self, rule: Rule) -> list[tuple[Period, bool]]:
        put_off = rule.put_off if rule.id in self._facts.postponed else None
        own = (put_off, True) if put_off else (rule, False)
        return [own, *((other, False) for other in (*rule.later_of, *rule.earlier_of))]

    # --- The date ---

    def _due(self, rule: Rule, assumed: bool) -> Due:  # noqa: FBT001 - as `_version` found it
        periods = self._periods(rule)
        ways = [way for period, late in periods if (way := self._way(rule, period, late))]
        chosen = (min if rule.earlier_of else max)(ways, key=_end) if ways else []
        due = Due(
            ruleset=self._ruleset.name,
            rule=rule,
            computed=chosen[-1].day if chosen else None,
            period=_period(chosen),
            rests_on=tuple(self._rests_on(chosen)),
            waits_for=tuple(p.start for p, _ in periods if self.base(p.start) is None),
            assumed=assumed,
            happened=self._happened(rule),
        )
        return self._dated(due, [*_marked(rule, chosen, len(ways)), *self._print(rule)])

    def _way(self, rule: Rule, period: Period, postponed: bool) -> list[Step] | None:  # noqa: FBT001
        """The steps of one period, or None while its event is not known."""
        base = self.base(period.start)
        if base is None:
            return None
        day = counted(period, base.day, self._seat)
        moved = self._mover.moved(rule, period, base.day, day)
        return [base, Counted(period, day, postponed), *moved]

    def _rests_on(self, way: Sequence[Step]) -> Iterator[str]:
        by = next((step.by for step in way if isinstance(step, Started)), None)
        if by is not None:
            yield by
            due = self.due(by)
            yield from due.rests_on if due else ()

    def _print(self, rule: Rule) -> list[Step]:
        printed = self._facts.printed.get(rule.id)
        return self._mover.printed(rule, printed) if printed else []

    def _granted(self, due: Due, grant: Grant) -> Iterator[Due]:
        """Counted from the last day as it was before closed days moved it."""
        last = due.steps[-1] if due.steps else None
        day = last.start if isinstance(last, Rolled) else due.day
        if day is None and grant.day is None:
            return
        steps = self._mover.extended(due.rule, grant, day or date.max)
        yield self._dated(replace(due, to=grant.to, waits_for=()), [*due.steps, *steps])

    def _dated(self, due: Due, steps: Sequence[Step]) -> Due:
        day = steps[-1].day if steps else None
        return replace(
            due,
            day=day,
            steps=tuple(steps),
            printed=self._facts.printed.get(due.rule.id),
            moment=self._moment(due.rule, day),
            unknown_year=self._unknown_year(due, steps),
            doubted=self._doubted(due, steps),
        )

    def _happened(self, rule: Rule) -> date | None:
        """The day of the event, else of another that the same notices tell: a decision whose day
        no notice says has been taken once it is published."""
        if rule.event is None:
            return None
        event, known = self._ruleset.events[rule.event], self._facts.days
        alike = [e.id for e in self._ruleset.events.values() if event.is_told_with(e)]
        return next((known[e].day for e in (event.id, *alike) if e in known), None)

    def _moment(self, rule: Rule, day: date | None) -> datetime | None:
        """The hour at which filing ends, on the authority's wall clock."""
        authority = self._ruleset.authority
        filed = rule.whom is not Whom.AUTHORITY and rule.bound is Bound.LATEST
        if day is None or authority.filing is None or not filed:
            return None
        return datetime.combine(day, authority.filing.hour, tzinfo=authority.tz)

    def _unknown_year(self, due: Due, steps: Sequence[Step]) -> int | None:
        business = due.period is not None and due.period.unit is Unit.BUSINESS_DAYS
        moving = business or self._ruleset.roll(due.rule) is not Roll.NONE
        day = _reckoned(steps)
        return day.year if day and moving and not self._seat.knows(day) else None

    def _doubted(self, due: Due, steps: Sequence[Step]) -> Closed | None:
        day = _reckoned(steps)
        if day is None or self._ruleset.roll(due.rule) is not Roll.NEXT:
            return None
        return self._seat.doubted(day)


def _reckoned(steps: Sequence[Step]) -> date | None:
    """The day, unless it stands in print, which no closed day moves."""
    return steps[-1].day if steps and not isinstance(steps[-1], InPrint) else None


def _end(way: Sequence[Step]) -> date:
    return way[-1].day


def _period(way: Sequence[Step]) -> Period | None:
    return next((step.period for step in way if isinstance(step, Counted)), None)


def _marked(rule: Rule, way: Sequence[Step], ways: int) -> Iterator[Step]:
    """Where several periods were compared, the count says that this one ends later or earlier."""
    for step in way:
        if ways > 1 and isinstance(step, Counted):
            yield replace(step, chosen="earlier" if rule.earlier_of else "later")
        else:
            yield step
