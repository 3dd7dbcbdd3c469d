"""Pseudonyms: by which a person stands in the trail, and how they are forgotten."""

from django.db.models import Q

from monitor.accounts.models import User
from monitor.trail.models import Address, Person


def person_of(user: User) -> Person:
    """With the name and address that they have now."""
    found = Person.objects.filter(user=user).order_by("pk").first() or _invited(user.username)
    if found is None:
        return Person.objects.create(user=user, mail=user.username, name=user.name)
    known = (found.user_id, found.mail, found.name)
    if known != (user.pk, user.username, user.name):
        found.user, found.mail, found.name = user, user.username, user.name
        found.save()
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
    """Every pseudonym of whoever has the address."""
    mail = mail.strip().lower()
    return list(Person.objects.filter(Q(mail=mail) | Q(user__username=mail)).order_by("pk"))


def _invited(mail: str) -> Person | None:
    """Known by an address only, so far."""
    return Person.objects.filter(user=None, mail=mail).exclude(mail="").order_by("pk").first()
