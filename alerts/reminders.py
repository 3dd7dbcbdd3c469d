"""Reminders of the work on cases go into the outbox: to each desk what is due, once a day, at the
hour of the digest."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.models import Delivery, Recipient, Reminded
from alerts.outbox import gather, mornings
from alerts.personal import bring_up
from monitor.cases.models import Reminder
from monitor.jobs.rooms import Counts, Room, State


def room() -> Room[Reminder]:
    """From a person who is reminded to the desks at which they are reached."""
    rows = Reminder.objects.select_related("person", "organisation")
    return Room("reminders", rows, "tell_state", _to_desks)


def _to_desks(reminders: Sequence[Reminder], _now: datetime) -> Counts:
    """A person at their own desk, if a channel of it works; else at those of the organisation for
    which they are told. Counts `reminded`, and `unreachable` reminders."""
    own, theirs = _own(reminders), _of_organisations(reminders)
    known = set(
        Reminded.objects.filter(reminder__in=reminders).values_list("recipient", "reminder")
    )
    rows: list[Reminded] = []
    counts: Counts = Counter()
    for reminder in reminders:
        desk = own.get(reminder.person_id) if reminder.person_id else None
        desks = [desk] if desk else theirs[reminder.organisation_id]
        counts["unreachable"] += not desks
        rows += [
            Reminded(recipient=each, reminder=reminder)
            for each in desks
            if (each.pk, reminder.pk) not in known
        ]
    counts["reminded"] += len(Reminded.objects.bulk_create(rows))
    return counts


def _own(reminders: Sequence[Reminder]) -> Mapping[int, Recipient]:
    """By person."""
    people = {each.person_id for each in reminders if each.person_id}
    desks = Recipient.objects.filter(person__in=people, channels__enabled=True).distinct()
    found = {}
    for desk in desks.select_related("person"):
        if desk.person:
            bring_up(desk, desk.person)
            found[desk.person.pk] = desk
    return found


def _of_organisations(reminders: Sequence[Reminder]) -> Mapping[int, list[Recipient]]:
    wanted = {each.organisation_id for each in reminders}
    rows = Recipient.objects.filter(organisation__in=wanted, channels__enabled=True)
    found: defaultdict[int, list[Recipient]] = defaultdict(list)
    for recipient in rows.distinct().order_by("pk"):
        found[recipient.organisation_id or 0].append(recipient)
    return found


def daily(now: datetime) -> Counts:
    """Gather what waits for the day's message. Counts `digests`, their `reminders`,
    `unreachable`."""
    waiting = Reminded.objects.filter(deliver_state=State.READY)
    total: Counts = Counter()
    for recipient, day in mornings(waiting.values("recipient"), now):
        mine = waiting.filter(recipient=recipient)
        total += gather(recipient, Delivery.Kind.REMINDERS, f"reminders:{day}", mine, now)
    return total
