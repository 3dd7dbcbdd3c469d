"""The message about what a recipient's sentinels saw, and the pieces that its feed shares."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from alerts import facts, links, payload, plain
from alerts.facts import SIGNS, Fact
from alerts.message import Message, NothingToSay, Section, local, mark, subject, today
from alerts.models import Delivery, Sighting
from bundles.words import ACTIONABLE_DATES
from monitor.accounts.walls.actor import Actor
from monitor.impact.headline import composed as of_impact
from monitor.impact.models import Impact, Level
from monitor.notices.headline import composed as of_claims
from monitor.notices.labels import DATES, EVENTS, KINDS
from monitor.notices.models import Measure, Notice, ProductClaim

UNTOUCHED = "🔎"
"""The sign of a notice that touches no base."""


@dataclass
class Seen:
    """One notice, whichever of the recipient's sentinels saw it."""

    notice: Notice
    sightings: list[Sighting] = field(default_factory=list)
    impacts: list[Impact] = field(default_factory=list)
    """Loudest first."""
    claims: list[ProductClaim] = field(default_factory=list)

    @property
    def measure(self) -> Measure | None:
        return next((s.measure for s in self.sightings if s.measure), None)

    @property
    def level(self) -> str:
        """Of the base that it touches most loudly; empty where it touches none."""
        return self.impacts[0].level if self.impacts else ""

    @property
    def headline(self) -> str:
        """Empty where the title serves the reader as it is."""
        return of_impact(self.impacts[0]) if self.impacts else of_claims(self.notice, self.claims)

    @property
    def title(self) -> str:
        return plain.line(self.headline or self.notice.title, 300)

    @property
    def sample(self) -> bool:
        of_measure = self.measure is not None and self.measure.sample
        return self.notice.sample or of_measure or any(map(facts.is_sample, self.impacts))


def message(delivery: Delivery, now: datetime) -> Message:
    """In the active language. Raises `NothingToSay` where all of its sentinels were removed."""
    recipient = delivery.channel.recipient
    seen = gathered(
        delivery.sightings.filter(sentinel__active=True).select_related("sentinel", "measure"),
        recipient.actor,
    )
    if not seen:
        raise NothingToSay("the sentinels were removed")
    sections = tuple(_section(each, today(recipient, now)) for each in seen)
    names = dict.fromkeys(s.sentinel.name for each in seen for s in each.sightings)
    return Message(
        kind=Delivery.Kind.SIGHTINGS,
        language=recipient.language,
        subject=subject(_subject(sections, names)),
        lead=_("Notices that satisfy the searches you saved, loudest first."),
        sections=sections,
        sent=local(recipient, now),
    )


def _subject(sections: Sequence[Section], names: Iterable[str]) -> str:
    count = len(sections)
    return ngettext(
        "%(mark)s[Sentinel] %(names)s: %(count)d notice · %(title)s",
        "%(mark)s[Sentinel] %(names)s: %(count)d notices · %(title)s",
        count,
    ) % {
        "mark": mark(sections),
        "names": plain.line(facts.listed(names), 60),
        "count": count,
        "title": sections[0].title,
    }


def gathered(sightings: Iterable[Sighting], actor: Actor) -> list[Seen]:
    """The notices seen, loudest first, then the newest, with as much of what they touch as the
    actor may know. Four queries, however many."""
    seen: dict[int, Seen] = {}
    rows = list(sightings)
    notices = Notice.objects.defer("abstract", "body").in_bulk({row.notice_id for row in rows})
    for row in rows:
        seen.setdefault(row.notice_id, Seen(notices[row.notice_id])).sightings.append(row)
    for notice, impacts in _impacts(notices, actor).items():
        seen[notice].impacts = impacts
    claims = ProductClaim.objects.filter(notice__in=notices).order_by("-probability", "code")
    for claim in claims:
        seen[claim.notice_id].claims.append(claim)
    return sorted(seen.values(), key=_rank)


def _rank(seen: Seen) -> tuple[int, int, int]:
    loudness = seen.impacts[0].loudness if seen.impacts else 0
    return (-loudness, -seen.notice.published.toordinal(), seen.notice.pk)


def _impacts(notices: Iterable[int], actor: Actor) -> Mapping[int, list[Impact]]:
    rows = (
        Impact.objects.for_actor(actor)
        .filter(entry__notice__in=notices)
        .select_related("base", "entry__notice", "entry__measure")
        .defer("entry__notice__abstract", "entry__notice__body")
        .order_by("-loudness", "-exposure_usd", "pk")
    )
    found: defaultdict[int, list[Impact]] = defaultdict(list)
    for impact in rows:
        if not facts.is_taken_back(impact):
            found[impact.entry.notice_id].append(impact)
    return found


def _section(seen: Seen, day: date) -> Section:
    return Section(
        title=seen.title,
        summary=summary(seen.notice),
        level=seen.level,
        level_label=facts.level_label(seen.level) if seen.level else "",
        sign=SIGNS[Level(seen.level)] if seen.level else UNTOUCHED,
        facts=of_notice(seen, day),
        touched=(),
        url=links.notice(seen.notice.pk),
        original=plain.web_address(seen.notice.url),
        sample=seen.sample,
        data=payload.of_sightings(seen.notice, seen.sightings, seen.level, next_date(seen, day)),
    )


def summary(notice: Notice) -> str:
    """`Anti-dumping, Countervailing · Initiated · United States`."""
    kinds = facts.listed(str(KINDS[kind]) for kind in notice.kinds)
    return f"{kinds} · {EVENTS[notice.event]} · {facts.place(notice.jurisdiction)}"


def happened(notice: Notice) -> Fact:
    return Fact(_("What happened"), summary(notice))


def of_notice(seen: Seen, day: date | None) -> tuple[Fact, ...]:
    """Without a day it says neither the next date nor the days left."""
    notice = seen.notice
    ahead = next_date(seen, day) if day else None
    pairs = (
        (_("Title of the original"), plain.line(notice.title, 300) if seen.headline else ""),
        (_("Published"), f"{notice.published:%Y-%m-%d}"),
        (_("Authority"), plain.line(notice.authority, 200)),
        (_("Number"), facts.numbers(notice)),
        (_("Next legal date"), facts.dated(*ahead, day) if ahead else ""),
        (_("Sentinel"), facts.listed(plain.line(s.sentinel.name) for s in seen.sightings)),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)


def next_date(seen: Seen, day: date) -> tuple[date, Mapping[str, Any]] | None:
    """The next day by which somebody must act, and what it is (as `Impact.next_date_what`): as
    assessed for a base, else as the notice prints it."""
    assessed = [
        (impact.next_date, impact.next_date_what or {})
        for impact in seen.impacts
        if impact.next_date is not None
    ]
    printed = [
        (date.fromisoformat(each["date"]), _printed(each["kind"]))
        for each in seen.notice.item.get("dates", ())
        if each["kind"] in ACTIONABLE_DATES
    ]
    ahead = [found for found in (*assessed, *printed) if found[0] >= day]
    return min(ahead, key=lambda found: found[0], default=None)


def _printed(kind: str) -> Mapping[str, Any]:
    def label(language: str) -> str:
        with override(language):
            return str(DATES[kind])

    return {"source": "printed", "kind": kind, "zh": label("zh-hans"), "en": label("en")}
