"""Secrets in the links of mails: whoever has one may do what it is for; only digests are kept."""

import hashlib
import secrets
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse


class Secret(NamedTuple):
    """`text` goes into the link, `digest` (SHA-256, hexadecimal) into the records."""

    text: str
    digest: str


def fresh() -> Secret:
    """256 bits of chance."""
    text = secrets.token_urlsafe(32)
    return Secret(text, digest(text))


def digest(secret: str) -> str:
    """A plain hash is enough: nobody guesses 256 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link(name: str, secret: str) -> str:
    """The whole address of the page of that name, as a mail shows it."""
    return str(settings.FENGHUO_SITE_URL) + reverse(name, args=[secret])
