"""From a delivery to the message that a person reads: in her language, by her calendar.

A message is made anew for every attempt, so that what joined the warning meanwhile is in it and
"three days left" is true when it is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import facts, links, payload, plain, reminded, sighted
from alerts.facts import SIGNS
from alerts.message import Message, NothingToSay, Section, local, mark, subject, today
from alerts.models import (
    Delivery,
    Recipient,
    Subscription,
    Warning,  # noqa: A004 - 预警 is the field's word
)
from monitor.accounts.walls.actor import Actor
from monitor.impact.headline import composed
from monitor.impact.models import Impact, Level
from monitor.impact.told import Told, told
from monitor.notices.labels import KINDS

__all__ = ["NothingToSay", "of", "test"]


@dataclass(frozen=True)
class Warned(Section):
    """One warning."""

    loudest: Impact


def of(delivery: Delivery, now: datetime) -> Message:
    """Raises `NothingToSay` where what it is about is gone."""
    recipient = delivery.channel.recipient
    with translation.override(recipient.language):
        match Delivery.Kind(delivery.kind):
            case Delivery.Kind.WARNING:
                return _warning(recipient, _sections(delivery, now), now)
            case Delivery.Kind.DIGEST:
                return _digest(recipient, _sections(delivery, now), now)
            case Delivery.Kind.SIGHTINGS:
                return sighted.message(delivery, now)
            case Delivery.Kind.REMINDERS:
                return reminded.message(delivery, now)
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
            sent=local(recipient, now),
        )


def _warning(recipient: Recipient, sections: tuple[Warned, ...], now: datetime) -> Message:
    """One notice; of several sections where it speaks of several measures."""
    first = sections[0]
    bases = _each(each.base for section in sections for each in section.touched)
    said = _("%(mark)s[%(level)s] %(bases)s: %(headline)s") % {
        "mark": mark(sections),
        "level": first.level_label,
        "bases": bases,
        "headline": _headline(sections),
    }
    return Message(
        kind=Delivery.Kind.WARNING,
        language=recipient.language,
        subject=subject(said),
        lead=_("A foreign measure touches %(bases)s.") % {"bases": bases},
        sections=sections,
        sent=local(recipient, now),
    )


def _headline(sections: tuple[Warned, ...]) -> str:
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


def _digest(recipient: Recipient, sections: tuple[Warned, ...], now: datetime) -> Message:
    count = len(sections)
    said = ngettext(
        "%(mark)sDaily digest %(day)s: %(count)d warning, loudest %(level)s",
        "%(mark)sDaily digest %(day)s: %(count)d warnings, loudest %(level)s",
        count,
    ) % {
        "mark": mark(sections),
        "day": f"{today(recipient, now):%Y-%m-%d}",
        "count": count,
        "level": sections[0].level_label,
    }
    return Message(
        kind=Delivery.Kind.DIGEST,
        language=recipient.language,
        subject=subject(said),
        lead=_("Foreign measures that touch what you follow, loudest first."),
        sections=sections,
        sent=local(recipient, now),
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
        sent=local(recipient, now),
    )


def _sections(delivery: Delivery, now: datetime) -> tuple[Warned, ...]:
    recipient = delivery.channel.recipient
    actor = recipient.actor
    warnings = [
        (warning, impacts)
        for warning in delivery.warnings.select_related("measure")
        if (impacts := _per_base(warning, actor))
    ]
    if not warnings:
        raise NothingToSay("what this was about is gone")
    warnings.sort(key=lambda pair: _rank(pair[1][0]))
    reading = _Reading(
        subscriptions={s.base_id: s for s in recipient.subscriptions.all()},
        told=told((impact for _warning_, impacts in warnings for impact in impacts), actor),
        day=today(recipient, now),
    )
    return tuple(_section(warning, impacts, reading) for warning, impacts in warnings)


@dataclass(frozen=True)
class _Reading:
    """What the recipient asked for and is told of, by base and by impact."""

    subscriptions: Mapping[int, Subscription]
    told: Mapping[int, Told]
    day: date


def _rank(impact: Impact) -> tuple[int, Decimal, int]:
    """Loudest first, then by money, also where the reader is not told how much."""
    money: Decimal = impact.money  # type: ignore[attr-defined]  # by `_per_base`
    return (-impact.loudness, -money, impact.pk)


def _per_base(warning: Warning, actor: Actor) -> list[Impact]:
    """The newest impact of each base, loudest first: two notices may report the same occasion."""
    impacts = (
        Impact.objects.for_actor(actor)
        .filter(warnings=warning)
        .annotate(money=F("exposure_usd"))
        .select_related("base", "entry__notice", "entry__measure")
        .order_by("entry__notice__published", "pk")
    )
    newest = {impact.base_id: impact for impact in impacts if not facts.is_taken_back(impact)}
    return sorted(newest.values(), key=_rank)


def _section(warning: Warning, impacts: Sequence[Impact], reading: _Reading) -> Warned:
    first = impacts[0]
    notice = first.entry.notice
    headline = composed(first)
    summary = f"{KINDS[warning.measure.kind]} · {facts.event(first.entry)}"
    return Warned(
        title=plain.line(headline or notice.title, 300),
        summary="" if headline else summary,
        loudest=first,
        level=first.level,
        level_label=facts.level_label(first.level),
        sign=SIGNS[Level(first.level)],
        facts=facts.of_measure(first, reading.day),
        touched=tuple(
            facts.touched(i, reading.told[i.pk], reading.subscriptions.get(i.base_id))
            for i in impacts
        ),
        url=links.impact(first.pk),
        original=plain.web_address(notice.url),
        sample=any(map(facts.is_sample, impacts)),
        data=payload.of_warning(warning, impacts, reading.told),
    )
