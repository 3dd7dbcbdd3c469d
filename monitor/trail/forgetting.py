"""Forgetting a person on request: their pseudonyms stay, and nobody knows any longer whose."""

from datetime import datetime

from django.db import transaction

from monitor.accounts.walls.door import opened
from monitor.trail.hand import Doer
from monitor.trail.models import Address, Person
from monitor.trail.persons import persons_at
from monitor.trail.recording import record

FORGET = "forget"


def forget(mail: str, now: datetime, actor: Doer = None) -> list[Person]:
    """Empty every pseudonym of whoever has this mail address, and from where they came; the trail
    says that it was done, not of whom. An account is not touched: while there is one, what they do
    from now on is recorded under another pseudonym."""
    with opened(), transaction.atomic():
        found = persons_at(mail)
        for person in found:
            record(actor, FORGET, person, concerned=None, now=now, about=person)
        mine = [person.pk for person in found]
        Address.objects.filter(person__in=mine).update(text="")
        Person.objects.filter(pk__in=mine).update(user=None, mail="", name="", forgotten_at=now)
    return found
