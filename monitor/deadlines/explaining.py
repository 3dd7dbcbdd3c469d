"""A due → one sentence that says where its date is from, in Chinese and in English."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from monitor.deadlines.days import Closed
from monitor.deadlines.facts import (
    Counted,
    Due,
    Extended,
    InPrint,
    Rolled,
    Started,
    Stayed,
    Step,
    Tolled,
)
from monitor.deadlines.rules import Bound, Period, Ruleset
from monitor.deadlines.wording import compared, counting, sourced, span

Tongue = Literal["zh", "en"]
LANGUAGES: dict[Tongue, str] = {"zh": "zh-hans", "en": "en"}
PATTERNS: dict[Tongue, tuple[str, str]] = {
    "zh": ("y年M月d日", "y年M月d日EEEE"),
    "en": ("d MMMM y", "EEEE d MMMM y"),
}
"""A day, and a day with its weekday."""


@dataclass(frozen=True)
class Explanation:
    zh: str
    en: str


def explain(due: Due, ruleset: Ruleset) -> Explanation:
    """The sentence, whichever language is active."""
    return Explanation(*(_said(due, ruleset, tongue) for tongue in LANGUAGES))


def _said(due: Due, ruleset: Ruleset, tongue: Tongue) -> str:
    with override(LANGUAGES[tongue]):
        sentence = Sentence(due, ruleset, tongue)
        return "".join(sentence.parts())


class Sentence:
    """One due in one language, which has to be the active one."""

    def __init__(self, due: Due, ruleset: Ruleset, tongue: Tongue) -> None:
        self._due = due
        self._ruleset = ruleset
        self._tongue: Tongue = tongue

    def parts(self) -> Iterator[str]:
        for number, step in enumerate(self._due.steps):
            following = self._due.steps[number + 1 : number + 2]
            yield from self._step(step, next(iter(following), None))
        yield from self._reserves()

    # --- Steps ---

    def _step(self, step: Step, following: Step | None) -> Iterator[str]:
        match step:
            case Started():
                return
            case Counted():
                yield self._counted(step)
                yield _(" = %(day)s") % {"day": self._landed(step.day, following)}
            case Tolled():
                yield self._tolled(step)
                yield self._landed(step.day, following)
            case Stayed():
                yield self._stayed(step)
                yield self._landed(step.day, following)
            case Extended():
                yield self._extended(step, following)
            case Rolled():
                yield self._rolled(step)
            case InPrint():
                yield self._printed(step)

    def _landed(self, day: date, following: Step | None) -> str:
        """The weekday is said once: here, unless the next step says that it is a closed day."""
        return self._day(day) if isinstance(following, Rolled) else self._weekday(day)

    def _counted(self, step: Counted) -> str:
        started = next(s for s in self._due.steps if isinstance(s, Started))
        after = {
            "period": self._period(step.period, started),
            "source": sourced(step.period),
        }
        if step.postponed:
            return _("Postponed: %(period)s (%(source)s)") % after
        if step.chosen == "later":
            return _("The later of its periods: %(period)s (%(source)s)") % after
        if step.chosen == "earlier":
            return _("The earlier of its periods: %(period)s (%(source)s)") % after
        return _("%(period)s (%(source)s)") % after

    def _period(self, period: Period, started: Started) -> str:
        about = {
            "day": self._day(started.day),
            "event": self._event(started.event),
            "span": span(period),
        }
        if started.by is not None:
            about["event"] = _("%(event)s, itself computed") % about
        return counting(period) % about

    def _tolled(self, step: Tolled) -> str:
        why = (step.by.zh if self._tongue == "zh" else step.by.en) or step.by.basis or step.by.id
        said = ngettext(
            ", tolled by %(days)d day (%(why)s): ",
            ", tolled by %(days)d days (%(why)s): ",
            step.by.days,
        )
        return said % {"days": step.by.days, "why": why}

    def _stayed(self, step: Stayed) -> str:
        said = ngettext(
            ", longer by %(days)d day of the stay of %(first)s to %(last)s%(court)s: ",
            ", longer by %(days)d days of the stay of %(first)s to %(last)s%(court)s: ",
            step.days,
        )
        court = _(" (%(court)s)") % {"court": step.by.court} if step.by.court else ""
        first, last = self._day(step.by.first), self._day(step.by.last)
        return said % {"days": step.days, "first": first, "last": last, "court": court}

    def _extended(self, step: Extended, following: Step | None) -> str:
        day = self._landed(step.day, following)
        if step.by.day is not None:
            said = _(", extended to %(day)s") % {"day": day}
        else:
            said = ngettext(
                ", extended by %(days)d day: %(day)s",
                ", extended by %(days)d days: %(day)s",
                step.by.days,
            ) % {"days": step.by.days, "day": day}
        return said + (_(" (for %(whom)s only)") % {"whom": step.by.to} if step.by.to else "")

    def _rolled(self, step: Rolled) -> str:
        return _(", %(closed)s, so %(day)s") % {
            "closed": self._closed(step),
            "day": self._weekday(step.day),
        }

    def _closed(self, step: Rolled) -> str:
        name = self._named(step.closed)
        if step.closed.why == "weekend":
            weekday = format_date(step.start, "EEEE", locale=self._tongue)
            return _("a %(weekday)s") % {"weekday": weekday}
        if not step.closed.read:
            return _("a day on which the authority may be closed (%(why)s; not yet verified)") % {
                "why": name
            }
        if step.closed.why == "closure":
            return _("a day on which the authority is closed (%(why)s)") % {"why": name}
        if name:
            return _("a public holiday (%(name)s)") % {"name": name}
        return _("a public holiday")

    def _printed(self, step: InPrint) -> str:
        about = {"day": self._weekday(step.day), "source": step.by.source}
        said = _("printed: %(day)s") % about
        if step.by.source:
            said = _("printed in %(source)s: %(day)s") % about
        difference = self._due.difference
        if difference is None:
            return said
        return _("; %(printed)s, %(difference)s") % {
            "printed": said,
            "difference": compared(difference),
        }

    # --- What is to be known beside the date ---

    def _reserves(self) -> Iterator[str]:
        due = self._due
        if due.waits_for:
            waits = _("; ").join(self._event(event) for event in due.waits_for)
            said = _("; waits for: %(events)s") if due.steps else _("waits for: %(events)s")
            yield said % {"events": waits}
        if due.day is not None:
            yield from self._bound()
        if due.assumed:
            decider = self._event(self._ruleset.decider(due.rule))
            yield _("; which version holds is assumed until this is known: %(event)s") % {
                "event": decider
            }

    def _bound(self) -> Iterator[str]:
        due = self._due
        if due.estimated:
            yield _("; estimated")
        if due.rule.bound is Bound.EARLIEST:
            yield _("; not before that day")
        if due.rule.bound is Bound.EXPECTED:
            yield _("; expected, no legal limit")
        yield from self._closed_days()

    def _closed_days(self) -> Iterator[str]:
        doubted, year = self._due.doubted, self._due.unknown_year
        if doubted:
            yield _(
                "; the authority may be closed on that day (%(why)s; not yet verified), which does "
                "not move the date"
            ) % {"why": self._named(doubted)}
        if year:
            yield _("; closed days of %(year)d are not all known") % {"year": year}

    # --- Words ---

    def _named(self, closed: Closed) -> str:
        return closed.zh if self._tongue == "zh" else closed.en

    def _event(self, event: str) -> str:
        found = self._ruleset.events[event]
        return found.zh if self._tongue == "zh" else found.en

    def _day(self, day: date) -> str:
        return format_date(day, PATTERNS[self._tongue][0], locale=self._tongue)

    def _weekday(self, day: date) -> str:
        return format_date(day, PATTERNS[self._tongue][1], locale=self._tongue)
