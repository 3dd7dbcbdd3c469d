"""What a round of comments is about: a draft technical regulation or sanitary measure, its goods,
its days, and what became of the draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bundles.words import Event, Kind
from monitor.cases.comments.bank import Family
from monitor.cases.models import Adopted, Case, CommentRound
from monitor.cases.work.changing import day_of
from monitor.notices.models import Entry, Measure, ProductClaim

FAMILIES: dict[str, Family] = {
    Kind.TECHNICAL_REGULATION: "tbt",
    Kind.CONFORMITY_ASSESSMENT: "tbt",
    Kind.STANDARD: "tbt",
    Kind.SPS: "sps",
}
RULES = "wto-tbt-sps/"
RESERVE, FINAL = "own-reserve", "comments"
"""Rules of its rulesets: the chamber's own last day, and that of the notification."""
ENDS = (Event.ADOPTED, Event.IN_FORCE, Event.WITHDRAWN)


def family_of(measures: Iterable[Measure]) -> Family | None:
    """None: it is no draft on which comments are made."""
    found = [FAMILIES[measure.kind] for measure in measures if measure.kind in FAMILIES]
    return found[0] if found else None


def chapters_of(measures: Iterable[Measure]) -> set[str]:
    """HS chapters of the goods, as far as notices were classified."""
    claims = ProductClaim.objects.filter(notice__entries__measure__in=list(measures))
    return {code[:2] for code in claims.values_list("code", flat=True).distinct()}


@dataclass(frozen=True)
class Days:
    """`reserve`: until when the text should be with the enquiry point; `final`: until when the
    notification takes comments. None: not known."""

    reserve: date | None
    final: date | None


def days_of(case: Case) -> Days:
    """Of the draft that was opened last. Within the door."""
    rows = Adopted.objects.filter(
        proceeding__case=case,
        proceeding__ruleset__startswith=RULES,
        rule__in=(RESERVE, FINAL),
        respondent=None,
        gone_at=None,
    )
    ordered = rows.order_by("proceeding__began", "proceeding__pk", "pk")
    found = dict(ordered.values_list("rule", "day"))
    return Days(found.get(RESERVE), found.get(FINAL))


def end_of(round_: CommentRound) -> Entry | None:
    """The notice by which the draft was adopted or withdrawn since the call; None: none is known.
    What is in force was adopted, should the adoption have been missed."""
    called = day_of(round_.called_at)
    rows = Entry.objects.filter(
        measure__subject__case=round_.case,
        measure__kind__in=list(FAMILIES),
        notice__event__in=ENDS,
        notice__published__gte=called,
    ).select_related("notice")
    light = rows.defer("notice__body", "notice__abstract", "notice__item")
    return light.order_by("notice__published", "notice__pk").first()
