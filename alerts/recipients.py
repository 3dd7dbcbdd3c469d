"""Who is told what, and how: recipients, their channels and subscriptions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from alerts.channels.base import ChannelBroken
from alerts.channels.registry import transport
from alerts.models import Channel, Delivery, Recipient, Subscription
from bundles import places
from bundles.words import Kind
from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.words import Role
from monitor.bases.models import Base
from monitor.impact.models import Impact, Level
from monitor.jobs.rooms import State

UNSUBSCRIBED = "unsubscribed"
STILL_NEWS = timedelta(days=14)
"""What waited longer than this for a broken channel is not sent when it works again."""


class WrongRecipient(ValueError):
    """What was asked for cannot be kept; the message says which value, and what is allowed."""


@dataclass(frozen=True)
class Reader:
    name: str
    language: str = "zh-hans"
    time_zone: str = "Asia/Shanghai"
    sample: bool = False
    organisation: str | None = None
    """The name of the one whose desk it is, Chinese or English. None: as it was; a new desk is the
    house's own."""


@dataclass(frozen=True)
class Wish:
    """What a recipient wants to hear of each of the bases."""

    bases: tuple[str, ...]
    minimum_level: str = Level.BLUE
    kinds: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    pace: str = Subscription.Pace.NOW


@dataclass(frozen=True)
class Way:
    """A channel to be made: its kind and its configuration."""

    kind: str
    config: Mapping[str, Any] = field(default_factory=dict)


def enrol(reader: Reader, wish: Wish, ways: Sequence[Way]) -> Recipient:
    """The recipient of this name, with these subscriptions and channels; asking twice changes
    nothing. Raises `WrongRecipient` before anything is written."""
    _check(reader, wish)
    _check_ways(ways)
    known: dict[str, Any] = {
        "language": reader.language,
        "time_zone": reader.time_zone,
        "sample": reader.sample,
    }
    if reader.organisation is not None:
        known["organisation"] = _organisation(reader.organisation)
    with transaction.atomic():
        recipient, _made = Recipient.objects.update_or_create(name=reader.name, defaults=known)
        for base in Base.objects.filter(code__in=wish.bases):
            _subscribe(recipient, base, wish)
        for way in ways:
            _reach(recipient, way)
    return recipient


def _reach(recipient: Recipient, way: Way) -> None:
    # Compared here, because the database holds the configurations sealed.
    config = dict(way.config)
    kept = Channel.objects.filter(recipient=recipient, kind=way.kind)
    if all(channel.config != config for channel in kept):
        Channel.objects.create(recipient=recipient, kind=way.kind, config=config)


def _organisation(name: str) -> Organisation:
    """The one of this name. Raises `WrongRecipient` also where it may not read of bases: there is
    nothing that it could be told."""
    found = list(Organisation.objects.filter(Q(name_zh=name) | Q(name_en=name)))
    if len(found) != 1:
        kinds = ", ".join(each.kind for each in found)
        raise WrongRecipient(
            f"organisation {name!r}: {f'several are called so ({kinds})' if found else 'unknown'}"
        )
    if not Actor(organisation=found[0], role=Role.READER).may(Action.READ_BASES):
        raise WrongRecipient(f"organisation {name!r}: {found[0].kind} may not read of bases")
    return found[0]


def _subscribe(recipient: Recipient, base: Base, wish: Wish) -> None:
    Subscription.objects.update_or_create(
        recipient=recipient,
        base=base,
        defaults={
            "minimum_level": wish.minimum_level,
            "kinds": list(wish.kinds),
            "markets": list(wish.markets),
            "pace": wish.pace,
        },
    )


def catch_up(bases: Iterable[str]) -> int:
    """Let the warn room look again at what it has seen of the bases, for those who came later.
    Whoever was told already is not told again. Returns how many impacts wait for it."""
    seen = Impact.objects.filter(base__code__in=bases, warn_state=State.DONE)
    return seen.update(warn_state=State.READY)


def _check(reader: Reader, wish: Wish) -> None:
    among("language", [reader.language], [code for code, _name in settings.LANGUAGES])
    among("base", wish.bases, Base.objects.values_list("code", flat=True))
    among("level", [wish.minimum_level], Level.values)
    among("kind", wish.kinds, list(Kind))
    among("pace", [wish.pace], Subscription.Pace.values)
    for market in wish.markets:
        try:
            places.name(market)
        except KeyError:
            raise WrongRecipient(f"market {market!r}: give ISO 3166 codes, EU or EAEU") from None
    try:
        ZoneInfo(reader.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongRecipient(f"time zone {reader.time_zone!r}: give an IANA name") from None


def among(what: str, given: Iterable[str], allowed: Iterable[str]) -> None:
    """Raises `WrongRecipient` for the first word that is not allowed."""
    known = list(allowed)
    for word in given:
        if word not in known:
            raise WrongRecipient(f"{what} {word!r}: allowed are {', '.join(known)}")


def _check_ways(ways: Iterable[Way]) -> None:
    for way in ways:
        try:
            transport(way.kind).read(way.config)
        except ChannelBroken as error:
            raise WrongRecipient(f"channel {way.kind}: {error.said}") from None


def unsubscribe(channel: Channel) -> None:
    """The reader's own wish: what is queued for the channel is withdrawn."""
    with transaction.atomic():
        channel.enabled = False
        channel.disabled_because = UNSUBSCRIBED
        channel.save(update_fields=["enabled", "disabled_because"])
        channel.deliveries.filter(status=Delivery.Status.QUEUED).update(
            status=Delivery.Status.WITHDRAWN
        )


def enable(channel: Channel, now: datetime) -> int:
    """Mended: what waited for it goes out, unless it is no news any more. Returns how many wait."""
    with transaction.atomic():
        channel.enabled = True
        channel.disabled_because = ""
        channel.save(update_fields=["enabled", "disabled_because"])
        waiting = channel.deliveries.filter(status=Delivery.Status.QUEUED)
        waiting.filter(created_at__lt=now - STILL_NEWS).update(status=Delivery.Status.WITHDRAWN)
        return waiting.update(next_attempt_at=now, attempts=0)
