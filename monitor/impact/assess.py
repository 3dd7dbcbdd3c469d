"""One event of a measure and one base: is it touched, by how much, how loud to say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bundles import places
from bundles.words import INCIDENTS
from monitor.deadlines.library import Said
from monitor.impact import reasons, wording
from monitor.impact.dates import NextDate, next_date, today
from monitor.impact.levels import Facts
from monitor.impact.matching import Claim, Match, match
from monitor.impact.models import LOUDNESS, Level
from monitor.impact.reasons import Reason
from monitor.impact.rules import NONE
from monitor.impact.weigh import Weighed, weigh
from monitor.impact.world import Home, House, World
from monitor.notices.models import Entry

OURS, OTHERS, ANY = "ours", "others", "any"
Fields = dict[str, Any]
"""Of an `Impact`, by name."""


@dataclass(frozen=True)
class Case:
    """What of an entry is the same for every base. `days`: to the next date."""

    entry: Entry
    against: str
    origins: tuple[str, ...]
    markets: tuple[str, ...]
    next_date: NextDate | None
    days: int | None


def case(entry: Entry, house: House, now: datetime) -> Case | None:
    """None where the entry is nobody's business here: our own authorities' measures, and single
    incidents (a refusal, a recall) that concern other origins only (docs/adr/0004)."""
    notice, measure = entry.notice, entry.measure
    markets = places.members(measure.jurisdiction)
    origins = (measure.origin,) if measure.origin else tuple(notice.origins)
    against = _against(measure.kind, origins, house)
    own = house.levels.file.origins.ours.issuperset(markets)
    if own or (against == OTHERS and measure.kind in INCIDENTS):
        return None
    found = next_date(notice.item.get("dates", ()), house.calendar, _said(entry), now)
    days = (found.day - today(house.calendar, measure.jurisdiction, now)).days if found else None
    return Case(entry, against, origins, markets, found, days)


def assess(
    about: Case, claims: Sequence[Claim], home: Home, house: House, world: World
) -> Fields | None:
    """The fields of the `Impact`, or None where the base is not touched."""
    matches = match(claims, home.goods, house.limits)
    matches = wording.meant(matches, home.words, about.entry.notice)
    if not matches:
        return None
    weighed = weigh(matches, home, about.markets, world)
    judged = level(about, _band(weighed, home, house), _probability(matches), house)
    if judged is None:
        return None
    ranked = weighed.most_first(matches)
    said = [
        reasons.happened(about.entry, about.origins, about.against),
        reasons.matched(ranked, home.names),
        _exposed(about, ranked, weighed, home),
        *timed(about, judged[1]),
    ]
    return {
        **loud(judged[0]),
        **dated(about),
        **_money(weighed, home),
        "markets": list(about.markets),
        "matches": [_match(found, weighed) for found in ranked],
        "reasons": said,
        "sample": home.sample or about.entry.measure.sample or about.entry.notice.sample,
    }


def level(about: Case, band: str, probability: float, house: House) -> tuple[Level, Reason] | None:
    """The level and the reason for it; None where the rules say that it is no impact.

    A measure that names other origins only is `watch`, whatever it does to them.
    """
    notice = about.entry.notice
    rule = house.levels.judge(
        Facts(
            kind=about.entry.measure.kind,
            proceeding=notice.proceeding,
            event=notice.event,
            outcome=notice.outcome,
            band=band,
            days=about.days,
            probability=probability,
        )
    )
    if rule.level == NONE:
        return None
    if about.against == OTHERS:
        return Level.WATCH, reasons.echo(about.origins)
    return Level(rule.level), reasons.ruled(rule)


def loud(judged: Level) -> Fields:
    return {"level": judged.value, "loudness": LOUDNESS[judged]}


def dated(about: Case) -> Fields:
    found = about.next_date
    return {
        "next_date": found.day if found else None,
        "next_date_what": dict(found.what) if found else None,
    }


def timed(about: Case, why: Reason) -> list[Reason]:
    """The reasons that change with the days: the next date, and the rule."""
    return [*([reasons.deadline(about.next_date)] if about.next_date else []), why]


def _said(entry: Entry) -> Said:
    """The notice as far as it is about this measure: one kind, one origin."""
    measure = entry.measure
    return replace(
        Said.of(entry.notice),
        jurisdiction=measure.jurisdiction,
        kinds=(measure.kind,),
        origins=(measure.origin,) if measure.origin else (),
    )


def _against(kind: str, origins: tuple[str, ...], house: House) -> str:
    if not origins:
        return ANY
    file = house.levels.file.origins
    ours = file.ours_in_incidents if kind in INCIDENTS else file.ours
    return OTHERS if ours.isdisjoint(origins) else OURS


def _band(weighed: Weighed, home: Home, house: House) -> str:
    """A base whose exports nobody has entered is not one that exports nothing."""
    if home.as_of is None:
        return house.levels.file.unknown.band
    return house.levels.band(weighed.usd, weighed.share)


def _probability(matches: Sequence[Match]) -> float:
    return max(found.claim.probability for found in matches)


def _exposed(about: Case, matches: Sequence[Match], weighed: Weighed, home: Home) -> Reason:
    return reasons.exposed(
        about.entry.measure.jurisdiction,
        weighed.usd,
        weighed.share,
        home.as_of,
        weighted=any(found.weight != 1 for found in matches if weighed.value(found)),
    )


def _money(weighed: Weighed, home: Home) -> Fields:
    return {
        "exposure_usd": weighed.usd,
        "share": weighed.share,
        "firms": weighed.firms,
        "unit_value": weighed.whole.unit_value,
        "unit": weighed.whole.unit,
        "unit_value_change": weighed.whole.unit_value_change,
        "as_of_month": home.as_of,
    }


def _match(found: Match, weighed: Weighed) -> Fields:
    return {
        "hs6": found.good,
        "claim": found.claim.code,
        "depth": found.depth.value,
        "weight": str(found.weight),
        "probability": found.claim.probability,
        "evidence": found.claim.evidence,
        "value_usd": str(weighed.value(found)),
        "product_line": found.line,
    }
