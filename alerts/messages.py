"""From a delivery to the message that a person reads: in her language, by her calendar.

A message is made anew for every attempt, so that what joined the warning meanwhile is in it and
"three days left" is true when it is sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import facts, links, payload, plain
from alerts.facts import SIGNS, Fact, Touched
from alerts.models import (
    Delivery,
    Recipient,
    Subscription,
    Warning,  # noqa: A004 - 预警 is the field's word
)
from monitor.impact.headline import composed
from monitor.impact.models import Impact, Level
from monitor.notices.labels import KINDS

SUBJECT_AT_MOST = 150


class NothingToSay(Exception):
    """What the delivery was about is gone."""


@dataclass(frozen=True)
class Section:
    """One warning."""

    title: str
    """The headline in the reader's language; where there is none, the publisher's title."""
    summary: str
    """What sort of measure, what happened and where; empty where the title is a headline."""
    loudest: Impact
    level: str
    level_label: str
    sign: str
    facts: tuple[Fact, ...]
    touched: tuple[Touched, ...]
    """Loudest first; at least one."""
    url: str
    original: str
    """Address of the publisher's document; empty where it is no web address."""
    sample: bool
    data: Mapping[str, Any]
    """The same for programs (`payload.of_warning`)."""


@dataclass(frozen=True)
class Message:
    kind: str
    """`Delivery.Kind`, or `test`."""
    language: str
    subject: str
    """One line, whatever a publisher put into a title."""
    lead: str
    sections: tuple[Section, ...] = ()
    sent: str = ""
    """When, in the recipient's zone."""

    @property
    def sample(self) -> bool:
        return any(section.sample for section in self.sections)

    @property
    def sample_note(self) -> str:
        return _("Sample data: some of what is shown here was invented for demonstration.")


def of(delivery: Delivery, now: datetime) -> Message:
    """Raises `NothingToSay` where none of its warnings has an impact any more."""
    recipient = delivery.channel.recipient
    with translation.override(recipient.language):
        match Delivery.Kind(delivery.kind):
            case Delivery.Kind.WARNING:
                return _warning(recipient, _sections(delivery, now), now)
            case Delivery.Kind.DIGEST:
                return _digest(recipient, _sections(delivery, now), now)
            case Delivery.Kind.CHANNEL_BROKEN:
                return _channel_broken(delivery, now)


def test(recipient: Recipient, now: datetime) -> Message:
    """What `fenghuo test-channel` sends."""
    with translation.override(recipient.language):
        return Message(
            kind="test",
            language=recipient.language,
            subject=_("烽火 Fenghuo: this channel works"),
            lead=_("This is a test. Warnings for %(name)s will arrive here.")
            % {"name": recipient.name},
            sent=_local(recipient, now),
        )


def _warning(recipient: Recipient, sections: tuple[Section, ...], now: datetime) -> Message:
    """One notice; of several sections where it speaks of several measures."""
    first = sections[0]
    bases = _each(each.base for section in sections for each in section.touched)
    mark = _("[Sample data] ") if any(s.sample for s in sections) else ""
    subject = _("%(mark)s[%(level)s] %(bases)s: %(headline)s") % {
        "mark": mark,
        "level": first.level_label,
        "bases": bases,
        "headline": _headline(sections),
    }
    return Message(
        kind=Delivery.Kind.WARNING,
        language=recipient.language,
        subject=plain.line(subject, SUBJECT_AT_MOST),
        lead=_("A foreign measure touches %(bases)s.") % {"bases": bases},
        sections=sections,
        sent=_local(recipient, now),
    )


def _headline(sections: tuple[Section, ...]) -> str:
    impacts = [section.loudest for section in sections]
    if headline := composed(*impacts):
        return headline
    kinds = _each(str(KINDS[impact.entry.measure.kind]) for impact in impacts)
    return _("%(happened)s: %(title)s") % {
        "happened": f"{kinds} · {facts.event(impacts[0].entry)}",
        "title": sections[0].title,
    }


def _each(words: Iterable[str]) -> str:
    """Listed, each once."""
    return facts.listed(dict.fromkeys(words))


def _digest(recipient: Recipient, sections: tuple[Section, ...], now: datetime) -> Message:
    count = len(sections)
    subject = ngettext(
        "%(mark)sDaily digest %(day)s: %(count)d warning, loudest %(level)s",
        "%(mark)sDaily digest %(day)s: %(count)d warnings, loudest %(level)s",
        count,
    ) % {
        "mark": _("[Sample data] ") if any(s.sample for s in sections) else "",
        "day": f"{_today(recipient, now):%Y-%m-%d}",
        "count": count,
        "level": sections[0].level_label,
    }
    return Message(
        kind=Delivery.Kind.DIGEST,
        language=recipient.language,
        subject=plain.line(subject, SUBJECT_AT_MOST),
        lead=_("Foreign measures that touch what you follow, loudest first."),
        sections=sections,
        sent=_local(recipient, now),
    )


def _channel_broken(delivery: Delivery, now: datetime) -> Message:
    broken, recipient = delivery.about, delivery.channel.recipient
    if broken is None or broken.enabled:
        raise NothingToSay("the channel works again")
    return Message(
        kind=Delivery.Kind.CHANNEL_BROKEN,
        language=recipient.language,
        subject=_("烽火 Fenghuo: your channel %(channel)s was disabled") % {"channel": broken},
        lead=_(
            "%(channel)s does not accept messages any more, so nothing is sent there. It said: "
            "%(said)s. Ask whoever runs this installation to mend and enable it; what waits for it "
            "is sent then."
        )
        % {"channel": broken, "said": plain.line(broken.disabled_because, 300)},
        sent=_local(recipient, now),
    )


def _sections(delivery: Delivery, now: datetime) -> tuple[Section, ...]:
    recipient = delivery.channel.recipient
    today = _today(recipient, now)
    subscriptions = {s.base_id: s for s in recipient.subscriptions.all()}
    sections = [
        (_rank(impacts), _section(warning, impacts, subscriptions, today))
        for warning in delivery.warnings.select_related("measure")
        if (impacts := _per_base(warning))
    ]
    if not sections:
        raise NothingToSay("what this was about is gone")
    return tuple(section for _rank_, section in sorted(sections, key=lambda pair: pair[0]))


def _rank(impacts: list[Impact]) -> tuple[int, int]:
    first = impacts[0]
    return (-first.loudness, -int(first.exposure_usd))


def _per_base(warning: Warning) -> list[Impact]:
    """The newest impact of each base, loudest first: two notices may report the same occasion."""
    impacts = warning.impacts.select_related("base", "entry__notice", "entry__measure").order_by(
        "entry__notice__published", "pk"
    )
    newest = {impact.base_id: impact for impact in impacts if not _taken_back(impact)}
    return sorted(newest.values(), key=lambda i: (-i.loudness, -i.exposure_usd, i.pk))


def _taken_back(impact: Impact) -> bool:
    """Assessed again since, and found not to touch the base."""
    return any(reason["code"] == "withdrawn" for reason in impact.reasons)


def _section(
    warning: Warning,
    impacts: list[Impact],
    subscriptions: Mapping[int, Subscription],
    today: date,
) -> Section:
    first = impacts[0]
    notice = first.entry.notice
    headline = composed(first)
    summary = f"{KINDS[warning.measure.kind]} · {facts.event(first.entry)}"
    return Section(
        title=plain.line(headline or notice.title, 300),
        summary="" if headline else summary,
        loudest=first,
        level=first.level,
        level_label=facts.level_label(first.level),
        sign=SIGNS[Level(first.level)],
        facts=facts.of_measure(first, today),
        touched=tuple(facts.touched(i, subscriptions.get(i.base_id)) for i in impacts),
        url=links.impact(first.pk),
        original=plain.web_address(notice.url),
        sample=_sample(impacts),
        data=payload.of_warning(warning, impacts),
    )


def _sample(impacts: Iterable[Impact]) -> bool:
    return any(
        i.sample or i.base.sample or i.entry.notice.sample or i.entry.measure.sample
        for i in impacts
    )


def _today(recipient: Recipient, now: datetime) -> date:
    return now.astimezone(ZoneInfo(recipient.time_zone)).date()


def _local(recipient: Recipient, now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(recipient.time_zone)):%Y-%m-%d %H:%M} ({recipient.time_zone})"
