"""The room that decides who is to know: from `Impact` to `Warning`.

A recipient is warned once per occasion of a measure, whatever the number of notices that report
it and of her bases that it touches. The database holds the rule (`warning_once`); this room only
asks, so any number of it may run.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from alerts.models import Subscription, Warning  # noqa: A004 - 预警 is the field's word
from bundles.places import members
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.jobs.rooms import Counts, Room, State

MAX_AGE = timedelta(days=45)
"""An older notice is history that a back-fill brought, and warns nobody: the first walk over five
years must not send five years of mail. Forty-five days let a source be broken for a month, or a
chamber join in the middle of a comment period, without losing what is still news."""

HORIZON = timedelta(days=365)
"""Unless it is its measure's last word and a legal date lies ahead within a year: such an order is
alive, and someone who installs today has to hear of it. (A sunset review four years away is not
news; the base's page shows it.)"""

AHEAD = timedelta(days=7)
"""A publisher may show a document some days before its date (public inspection, a weekend). What
is dated later has not happened yet for whoever looks back with `--as-of`."""

EARLIEST_ZONE = timedelta(hours=12)
"""A legal day is over when it is over west of the date line (UTC-12)."""

Key = tuple[int, int, str]
"""(recipient, measure, occasion)."""


@dataclass
class Told:
    """What one recipient is to be told of one occasion."""

    pace: str = Subscription.Pace.DAILY
    impacts: list[Impact] = field(default_factory=list)

    def add(self, impact: Impact, subscription: Subscription) -> None:
        self.impacts.append(impact)
        if subscription.pace == Subscription.Pace.NOW:
            self.pace = Subscription.Pace.NOW


def room() -> Room[Impact]:
    impacts = Impact.objects.select_related("entry__notice", "entry__measure").defer(
        "entry__notice__abstract", "entry__notice__body", "entry__notice__item", "matches"
    )
    return Room("warn", impacts, "warn_state", warn)


def warn(impacts: Sequence[Impact], now: datetime) -> Counts:
    """Make a batch's warnings. Counts `warnings`, `joined` (known ones) and `quiet` impacts."""
    live = [i for i in impacts if i.entry.change and is_live(i, now)]
    told = _told(live)
    made = _create(told, now)
    _join(told)
    named = {impact.pk for each in told.values() for impact in each.impacts}
    return Counter(
        warnings=made, joined=len(told) - made, quiet=sum(i.pk not in named for i in impacts)
    )


def is_live(impact: Impact, now: datetime) -> bool:
    """Whether it can still be acted on: published lately, or its last word with a date ahead."""
    notice, measure = impact.entry.notice, impact.entry.measure
    if notice.published >= (now - MAX_AGE).date():
        return is_recent(notice.published, now)
    today = (now - EARLIEST_ZONE).date()
    ahead = impact.next_date is not None and today <= impact.next_date <= today + HORIZON
    return ahead and notice.published >= measure.last_published


def is_recent(published: date, now: datetime) -> bool:
    """Whether it was published lately, and for whoever looks back, already."""
    return (now - MAX_AGE).date() <= published <= (now + AHEAD).date()


def wants(subscription: Subscription, impact: Impact) -> bool:
    """Whether level, kind and market are among those that the subscription asks for."""
    measure = impact.entry.measure
    loud = impact.loudness >= LOUDNESS[Level(subscription.minimum_level)]
    kinds, markets = subscription.kinds, subscription.markets
    return (
        loud
        and (not kinds or measure.kind in kinds)
        and (not markets or bool(_states(markets) & _touched(impact)))
    )


def _touched(impact: Impact) -> set[str]:
    # Where no flows were counted the authority's own market is what the measure closes.
    return _states(impact.markets or [impact.entry.measure.jurisdiction])


def _states(places: Iterable[str]) -> set[str]:
    """A union is its members: who asks for the EU hears of Germany, and the other way round."""
    return {state for place in places for state in members(place)}


def _told(impacts: Sequence[Impact]) -> dict[Key, Told]:
    """Sorted by key: two rooms that insert in the same order wait for each other, and never lock
    each other out."""
    subscriptions: dict[int, list[Subscription]] = defaultdict(list)
    for each in Subscription.objects.filter(base__in={i.base_id for i in impacts}):
        subscriptions[each.base_id].append(each)
    told: dict[Key, Told] = defaultdict(Told)
    for impact in impacts:
        for subscription in subscriptions[impact.base_id]:
            if wants(subscription, impact):
                entry = impact.entry
                key = (subscription.recipient_id, entry.measure_id, entry.occasion)
                told[key].add(impact, subscription)
    return dict(sorted(told.items()))


def _create(told: dict[Key, Told], now: datetime) -> int:
    """Insert the warnings that are not there yet. Another room's uncommitted one is waited for."""
    known = set(_stored(told))
    Warning.objects.bulk_create(
        [
            Warning(
                recipient_id=recipient,
                measure_id=measure,
                occasion=occasion,
                pace=each.pace,
                created_at=now,
            )
            for (recipient, measure, occasion), each in told.items()
            if (recipient, measure, occasion) not in known
        ],
        ignore_conflicts=True,
    )
    return len(told) - len(known)


def _join(told: dict[Key, Told]) -> None:
    """Put the impacts on their warnings.

    A warning that has left shows the further base on its pages, without a second message; one
    that waits for the digest goes now if the further base is to be told now.
    """
    stored = _stored(told)
    through = Warning.impacts.through
    through.objects.bulk_create(
        [
            through(warning_id=stored[key], impact_id=impact.pk)
            for key, each in told.items()
            for impact in each.impacts
        ],
        ignore_conflicts=True,
    )
    urgent = [stored[key] for key, each in told.items() if each.pace == Subscription.Pace.NOW]
    Warning.objects.filter(
        pk__in=urgent, pace=Subscription.Pace.DAILY, deliver_state=State.READY
    ).update(pace=Subscription.Pace.NOW)


def _stored(told: dict[Key, Told]) -> dict[Key, int]:
    """Primary keys of the warnings that exist among `told`."""
    rows = Warning.objects.filter(
        recipient__in={recipient for recipient, _, _ in told},
        measure__in={measure for _, measure, _ in told},
        occasion__in={occasion for _, _, occasion in told},
    ).values_list("recipient", "measure", "occasion", "pk")
    return {(r, m, o): pk for r, m, o, pk in rows if (r, m, o) in told}
