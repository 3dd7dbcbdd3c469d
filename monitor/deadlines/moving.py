"""What moves a day once it is counted: tolls, stays, extensions, closed days."""

from collections.abc import Iterator
from datetime import date, timedelta

from monitor.deadlines.authority import Toll
from monitor.deadlines.days import DAY, Seat
from monitor.deadlines.facts import (
    Extended,
    Facts,
    Grant,
    InPrint,
    Lengthening,
    Printed,
    Rolled,
    Stay,
    Stayed,
    Step,
    Tolled,
)
from monitor.deadlines.rules import Direction, Period, Rule, Ruleset


class Mover:
    """The movers of one case."""

    def __init__(self, ruleset: Ruleset, facts: Facts) -> None:
        self._ruleset = ruleset
        self._seat = Seat(ruleset.authority)
        self._facts = facts
        self._tolls = tolls(ruleset, facts)

    def moved(self, rule: Rule, period: Period, start: date, day: date) -> list[Step]:
        """All steps after the count. Only what is counted onwards from its event is longer for a
        toll or a stay: what is counted back follows the event itself."""
        steps: list[Step] = []
        if period.direction is Direction.AFTER:
            steps += self._tolled(rule, start, day)
            steps += self._stayed(rule, start, _last(steps, day))
        for grant in self._facts.extended:
            if grant.rule == rule.id and grant.to is None:
                steps += self.extended(rule, grant, _last(steps, day))
        if not any(isinstance(step, Extended) for step in steps):
            steps += self._rolled(rule, _last(steps, day))
        return steps

    def printed(self, rule: Rule, printed: Printed) -> list[Step]:
        """A printed day stands as it is, closed or not; what lengthens all periods later lengthens
        it."""
        steps: list[Step] = [InPrint(printed, printed.day)]
        if printed.on is not None:
            later = self._tolled(rule, printed.on + DAY, printed.day)
            steps += later and [*later, *self._rolled(rule, later[-1].day)]
        return steps

    def extended(self, rule: Rule, grant: Grant, day: date) -> list[Step]:
        """A day that was granted is that day; so many days more end on an open one."""
        if grant.day is not None:
            return [Extended(grant, grant.day)]
        longer = day + timedelta(days=grant.days)
        return [Extended(grant, longer), *self._rolled(rule, longer)]

    def _tolled(self, rule: Rule, start: date, day: date) -> list[Tolled]:
        found: list[Tolled] = []
        moving = [toll for toll in self._tolls if rule.tolled and toll.moves(rule.id)]
        for toll in moving:
            if toll.days and start <= toll.on <= self._seat.rolled(day, self._ruleset.roll(rule)):
                day += timedelta(days=toll.days)
                found.append(Tolled(toll, day))
        return found

    def _stayed(self, rule: Rule, start: date, day: date) -> Iterator[Stayed]:
        for stay in sorted(self._facts.stayed, key=lambda stay: stay.first):
            still = _still(stay, start)
            if still and stay.first <= self._seat.rolled(day, self._ruleset.roll(rule)):
                day += timedelta(days=still)
                yield Stayed(stay, still, day)

    def _rolled(self, rule: Rule, day: date) -> list[Rolled]:
        roll = self._ruleset.roll(rule)
        closed = self._seat.moves(day, roll)
        if closed is None:
            return []
        return [Rolled(day, closed, roll, self._seat.rolled(day, roll))]


def tolls(ruleset: Ruleset, facts: Facts) -> list[Lengthening]:
    """Those of the authority's file and those given with the case, by day. Of one day the case's
    own counts: it knows by how much it was lengthened, or that it was not."""
    known = ruleset.authority.tolls if facts.known_tolls else ()
    found = {toll.on: lengthening(toll) for toll in known if toll.concerns(ruleset.procedure)}
    found |= {toll.on: toll for toll in facts.tolled}
    return [found[day] for day in sorted(found)]


def lengthening(toll: Toll) -> Lengthening:
    return Lengthening(toll.id, toll.on, toll.days, toll.zh, toll.en, toll.basis, toll.rules)


def _still(stay: Stay, start: date) -> int:
    """The days of the stay that lie after the event."""
    return max(0, (stay.last - max(stay.first - DAY, start)).days)


def _last(steps: list[Step], day: date) -> date:
    return steps[-1].day if steps else day
