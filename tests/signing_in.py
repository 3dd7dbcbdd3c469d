"""People who are signed in, for the tests of pages."""

import re
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from monitor.accounts.entrance.factors import PROVEN
from monitor.accounts.models import User

PASSWORD = "harbour lantern ochre 47"
QUICK = f"{__name__}.Quick"


class Quick(Argon2PasswordHasher):
    """Argon2 as it is, with less memory; counts what it is asked."""

    memory_cost = 1024
    asked = 0

    def encode(self, password: str, salt: str) -> str:
        Quick.asked += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        Quick.asked += 1
        return super().verify(password, encoded)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing is made longer: every hash here is of this one kind."""


def person(address: str = "lin@example.org", **fields: Any) -> User:
    """Somebody with a password."""
    user = User(username=address, email=address, **{"name": "林小红", **fields})
    user.set_password(PASSWORD)
    user.save()
    return user


def tries(client: Client, address: str, password: str = PASSWORD, **more: Any) -> HttpResponse:
    """Send the form of the page to sign in."""
    form = {"address": address, "password": password, "next": more.pop("next", "")}
    return client.post(reverse("sign_in"), form, **more)


def sign_in(client: Client, user: User) -> None:
    """With a second factor, as if they had shown it."""
    client.force_login(user)
    session = client.session
    session[PROVEN] = True
    session.save()


def signed_in(user: User, **client: Any) -> Client:
    made = Client(**client)
    sign_in(made, user)
    return made


def link_in(text: str) -> str:
    """The path of the one link in a mail."""
    (found,) = re.findall(r"https?://[^/\s]+(/\S+)", text)
    return str(found)
