"""What an answer says, and what it must not."""

import io
import zipfile
from html import unescape

from django.http.response import HttpResponseBase

from tests.walls.conftest import Province

BY_SECRET = {"case_feed", "mail_confirm", "mail_undo", "sentinel_feed", "unsubscribe"}
"""Whoever knows the address may read what it says."""


def leaks(province: Province, who: str, language: str) -> list[tuple[str, str]]:
    """(address, secret) of everything that somebody reads and may not."""
    client = province.client(who, language)
    return [
        (address, secret.text)
        for name, addresses in province.addresses.items()
        if name not in BY_SECRET
        for address in addresses
        for said in [read(client.get(address))]
        for secret in province.secrets
        if who not in secret.for_
        and secret.text in said
        # What somebody asked for stands in the field that they typed it into.
        and secret.text not in address
    ]


def answered(response: HttpResponseBase) -> int:
    """The status of an answer that was read to its end, which closes it."""
    read(response)
    return response.status_code


def read(response: HttpResponseBase) -> str:
    """The text of an answer, whatever its form."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return _text(content)


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            # XML may write any letter as a number. One archive may hold others.
            return unescape("\n".join(_text(book.read(name)) for name in book.namelist()))
    return content.decode(errors="replace")  # a picture in an archive says nothing
