"""Pseudonyms: by which a person stands in the trail, and how they are forgotten."""

from django.db.models import Q

from monitor.accounts.models import User
from monitor.trail.models import Address, Person


def person_of(user: User, mail: str | None = None) -> Person:
    """As they are called now, at the address that they have, or at `mail`, which they had or are
    about to have: of each address a pseudonym of its own."""
    mail = mail or user.username
    found = Person.objects.filter(user=user, mail=mail).order_by("pk").first() or _invited(mail)
    if found is None:
        return Person.objects.create(user=user, mail=mail, name=user.name)
    if (found.user_id, found.name) != (user.pk, user.name):
        found.user, found.name = user, user.name
        found.save()
        Person.objects.filter(user=user).update(name=user.name)
    return found


def person_at(mail: str) -> Person:
    """Whoever has the address, with an account or without."""
    mail = mail.strip().lower()
    user = User.objects.filter(username=mail).first()
    if user is not None:
        return person_of(user)
    return _invited(mail) or Person.objects.create(mail=mail)


def address_at(text: str, person: Person | None) -> Address | None:
    if not text:
        return None
    found = Address.objects.filter(text=text, person=person).first()
    return found or Address.objects.create(text=text, person=person)


def persons_at(mail: str) -> list[Person]:
    """Every pseudonym of whoever has the address; where nobody has it now, of it."""
    mail = mail.strip().lower()
    user = User.objects.filter(username=mail).first()
    whose = Q(user=user) | Q(user=None, mail=mail) if user else Q(mail=mail)
    return list(Person.objects.filter(whose).order_by("pk"))


def _invited(mail: str) -> Person | None:
    """Known by an address only, so far."""
    return Person.objects.filter(user=None, mail=mail).exclude(mail="").order_by("pk").first()
