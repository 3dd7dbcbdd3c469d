"""What an answer says, and what it must not."""

import io
import zipfile
from dataclasses import dataclass, replace
from html import unescape

from django.http.response import HttpResponseBase
from django.test import Client

from tests.walls.conftest import Province

BY_SECRET = {"case_feed", "mail_confirm", "mail_undo", "sentinel_feed", "unsubscribe"}
"""Whoever knows the address may read what it says."""


@dataclass(frozen=True)
class Answer:
    """What an address said when it was asked."""

    name: str
    address: str
    status: int
    text: str


def at(province: Province, *names: str) -> Province:
    """The province as if it had no addresses but these."""
    return replace(province, addresses={name: province.addresses[name] for name in names})


def answers(province: Province, who: str, language: str = "zh-hans") -> list[Answer]:
    """Of every address."""
    client = province.client(who, language)
    return [
        _asked(client, name, address)
        for name, addresses in province.addresses.items()
        for address in addresses
    ]


def _asked(client: Client, name: str, address: str) -> Answer:
    response = client.get(address)
    return Answer(name, address, response.status_code, read(response))


def leaks(province: Province, who: str, said: list[Answer] | None = None) -> list[tuple[str, str]]:
    """(address, secret) of everything that somebody reads and may not, in these answers or else in
    all of them in Chinese."""
    return [
        (answer.address, secret.text)
        for answer in (answers(province, who) if said is None else said)
        if answer.name not in BY_SECRET
        for secret in province.secrets
        if who not in secret.for_
        and secret.text in answer.text
        # What somebody asked for stands in the field that they typed it into.
        and secret.text not in answer.address
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
