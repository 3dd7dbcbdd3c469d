"""What a warning says, as labelled facts in the reader's language (the active one)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alerts import links, plain
from alerts.models import Subscription
from bundles import places
from monitor.bases.confidential import is_hidden
from monitor.bases.models import Base
from monitor.cases.past import wording
from monitor.cases.past.library import PastCases
from monitor.cases.past.near import Asked, near
from monitor.impact.headline import composed
from monitor.impact.labels import LEVELS
from monitor.impact.models import Impact, Level
from monitor.impact.money import percent, usd
from monitor.impact.sentences import sentence
from monitor.impact.told import Firm, Told
from monitor.notices.labels import EVENTS, KINDS, OUTCOMES, PROCEEDINGS
from monitor.notices.models import Entry, Measure, Notice

TOP_FIRMS = 3
SAID_BY_FACTS = frozenset({"happened", "deadline"})
"""Reasons that repeat what the facts of the measure already say."""
TAUGHT = frozenset({Level.RED, Level.ORANGE})
"""Levels at which a past case is named: where somebody has to decide whether to answer."""
SIGNS = {
    Level.RED: "🔴",
    Level.ORANGE: "🟠",
    Level.YELLOW: "🟡",
    Level.BLUE: "🔵",
    Level.WATCH: "⚪",
}


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Touched:
    """One base of the recipient that a measure touches."""

    base: str
    level: str
    level_label: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    why: str
    """Why this recipient is told."""
    url: str


def chinese() -> bool:
    return (get_language() or "").startswith("zh")


def base_name(base: Base) -> str:
    return base.name_zh if chinese() else base.name_en


def level_label(level: str) -> str:
    return str(LEVELS[level])


def place(code: str) -> str:
    """The place's name; a code that the list of places does not know stands for itself."""
    try:
        return places.name(code, get_language() or "en")
    except KeyError:
        return code


def happened(measure: Measure, notice: Notice) -> str:
    """`Anti-dumping · Investigation · Preliminary determination · Affirmative`."""
    words = [
        KINDS[measure.kind],
        PROCEEDINGS.get(notice.proceeding or ""),
        EVENTS[notice.event],
        OUTCOMES.get(notice.outcome or ""),
    ]
    return " · ".join(str(word) for word in words if word)


def event(entry: Entry) -> str:
    """In short, and where: `Preliminary determination · United States`."""
    return f"{EVENTS[entry.notice.event]} · {place(entry.measure.jurisdiction)}"


def of_measure(impact: Impact, today: date | None) -> tuple[Fact, ...]:
    """What holds for every base that it touches. Without a day it does not say the days left."""
    notice, measure = impact.entry.notice, impact.entry.measure
    facts = (
        (_("Title of the original"), _original_title(impact)),
        (_("What happened"), happened(measure, notice)),
        (_("Market"), place(measure.jurisdiction)),
        (_("Authority"), plain.line(notice.authority, 200)),
        (_("Number"), numbers(notice)),
        (_("Origin"), place(measure.origin) if measure.origin else _("any origin")),
        (_("Product"), plain.line(notice.product, 300)),
        (_("Published"), f"{notice.published:%Y-%m-%d}"),
        (_("Next legal date"), next_date(impact, today)),
        (_("Similar case"), similar_case(impact) if impact.level in TAUGHT else ""),
    )
    return tuple(Fact(label, value) for label, value in facts if value)


def similar_case(impact: Impact) -> str:
    """The nearest past case of the library in one line; empty where there is none."""
    measure = impact.entry.measure
    codes = {code for match in impact.matches for code in (match["hs6"], match["claim"])}
    asked = Asked.of(codes, [measure.kind], measure.jurisdiction)
    found = near(PastCases.load().cases, asked, limit=1)
    return plain.line(wording.line(found[0]), 300) if found else ""


def _original_title(impact: Impact) -> str:
    """Empty where the title itself heads the message."""
    return plain.line(impact.entry.notice.title, 300) if composed(impact) else ""


def numbers(notice: Notice) -> str:
    """What the publisher files it under: case numbers, document symbols, else its own number."""
    filed = [*notice.item.get("case_numbers", ()), *notice.item.get("symbols", ())]
    return plain.line(listed(filed) if filed else notice.number, 200)


def next_date(impact: Impact, today: date | None) -> str:
    """As `dated`; empty where none is known."""
    if impact.next_date is None:
        return ""
    return dated(impact.next_date, impact.next_date_what or {}, today)


def dated(day: date, what: Mapping[str, Any], today: date | None) -> str:
    """The date, what it is, the days left, and where it comes from. `what`: as
    `Impact.next_date_what`."""
    parts = [
        f"{day:%Y-%m-%d}",
        plain.line(what.get("zh" if chinese() else "en") or ""),
        _days_left((day - today).days) if today else "",
        _source(what),
    ]
    return " · ".join(part for part in parts if part)


def _days_left(days: int) -> str:
    if days < 0:
        return _("past")
    if days == 0:
        return _("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _source(what: Mapping[str, Any]) -> str:
    """Printed dates beat computed ones; a rule that nobody has checked yet says so."""
    match what.get("source"):
        case "printed":
            return _("printed in the notice")
        case "computed":
            basis = plain.line(what.get("basis") or what.get("citation") or what["rule"], 200)
            computed = (
                _("computed: %(basis)s")
                if what.get("verified")
                else _("computed: %(basis)s (to be verified)")
            )
            return computed % {"basis": basis}
        case None:
            return ""
        case unknown:
            raise ValueError(f"a date's source is printed or computed, not {unknown!r}")


def is_taken_back(impact: Impact) -> bool:
    """Assessed again since, and found not to touch the base."""
    return any(reason["code"] == "withdrawn" for reason in impact.reasons)


def is_sample(impact: Impact) -> bool:
    """Whether anything that it rests on was invented for demonstration."""
    entry = impact.entry
    return impact.sample or impact.base.sample or entry.notice.sample or entry.measure.sample


def touched(impact: Impact, told: Told, subscription: Subscription | None) -> Touched:
    """`impact`: as the reader sees it; `told`: of its firms, those that the reader sees."""
    return Touched(
        base=base_name(impact.base),
        level=impact.level,
        level_label=level_label(impact.level),
        facts=_of_base(impact, told),
        reasons=tuple(
            plain.line(sentence(reason))
            for reason in impact.reasons
            if reason["code"] not in SAID_BY_FACTS
        ),
        why=_why(impact.base, subscription),
        url=links.impact(impact.pk),
    )


def _of_base(impact: Impact, told: Told) -> tuple[Fact, ...]:
    return tuple(
        Fact(label, value)
        for label, value in (
            (_("Level"), level_label(impact.level)),
            (_("Exports at stake"), exposure(impact)),
            (_("Markets"), markets(impact.markets)),
            (_("Firms"), firms(told)),
        )
        if value
    )


def markets(codes: list[str]) -> str:
    """The markets' names; a union whose members are all there, by its own."""
    shown = list(codes)
    for union, states in places.UNIONS.items():
        if set(states) <= set(shown):
            shown = [union, *(code for code in shown if code not in {union, *states})]
    return listed(place(code) for code in shown)


def exposure(impact: Impact) -> str:
    """`US$12.3 million, 4.5% of the base's exports (twelve months to 2025-04)`."""
    if impact.as_of_month is None:
        return _("no export figures are known")
    if is_hidden(impact.exposure_usd):
        return usd(impact.exposure_usd)
    return _("%(money)s, %(share)s of the base's exports (twelve months to %(month)s)") % {
        "money": usd(impact.exposure_usd),
        "share": percent(impact.share),
        "month": f"{impact.as_of_month:%Y-%m}",
    }


def firms(told: Told) -> str:
    """How many, and the first that the reader sees by name: `12 firms: A (US$3 million), B (…)`."""
    count = len(told.firms) + told.others
    if not count:
        return ""
    if not told.firms:
        return ngettext("%(count)d firm", "%(count)d firms", count) % {"count": count}
    named = listed(_firm(firm) for firm in told.firms[:TOP_FIRMS])
    return ngettext("%(count)d firm: %(named)s", "%(count)d firms: %(named)s", count) % {
        "count": count,
        "named": named,
    }


def _firm(firm: Firm) -> str:
    name = firm.name_zh if chinese() else firm.name_en or firm.name_zh
    return _("%(firm)s (%(money)s)") % {
        "firm": plain.line(name, 100),
        "money": usd(firm.value_usd),
    }


def listed(words: Iterable[str]) -> str:
    return ("、" if chinese() else ", ").join(words)


def _why(base: Base, subscription: Subscription | None) -> str:
    if subscription is None:
        return _("You followed %(base)s when this was found.") % {"base": base_name(base)}
    asked = [_("%(level)s and above") % {"level": level_label(subscription.minimum_level)}]
    if subscription.kinds:
        asked.append(listed(str(KINDS[kind]) for kind in subscription.kinds))
    if subscription.markets:
        asked.append(listed(place(code) for code in subscription.markets))
    return _("You follow %(base)s: %(asked)s.") % {
        "base": base_name(base),
        "asked": ("；" if chinese() else "; ").join(asked),
    }
