"""A password that was forgotten, or is to be chosen for the first time: by a link.

The link is Django's: signed, for two hours, and worth nothing once the password or the address has
changed or somebody has signed in.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from monitor.accounts.addresses import folded
from monitor.accounts.entrance import braking
from monitor.accounts.entrance.braking import Mark, Sort
from monitor.accounts.letters import Letter
from monitor.accounts.models import User


def asked_for(address: str, network: str, now: datetime) -> list[Letter]:
    """The letters to send to somebody who says that this is their address: none where nobody has
    it, or where too many were asked for."""
    account = folded(address)
    marks = (Mark(Sort.LETTER, account), Mark(Sort.NETWORK, f"letters {network}"))
    if not braking.attempt(marks, now):
        return []
    person = User.objects.filter(username=account, is_active=True, sample=False).first()
    return [letter(person)] if person else []


def letter(person: User) -> Letter:
    words = {"person": person, "link": link(person), "hours": hours()}
    return Letter("reset", person.username, words, (person.language,))


def link(person: User) -> str:
    """By which they choose a password, once."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return str(settings.FENGHUO_SITE_URL) + reverse("reset", args=[uid, token])


def hours() -> int:
    """For how long a link is good."""
    return int(settings.PASSWORD_RESET_TIMEOUT // 3600)
