"""A signed webhook: JSON by POST to an https address of the recipient's own (docs/channels.md).

    Fenghuo-Timestamp: 1748826000            seconds since 1970, when this attempt was made
    Fenghuo-Signature: v1=<hex>              HMAC-SHA256(secret, timestamp + "." + body)
    Idempotency-Key: <uuid>                  the same for every attempt of one message

The receiver checks the signature, refuses old timestamps, drops keys that it has seen, and
answers 2xx within fifteen seconds. 410 means that it wants no more.
"""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import Field, SecretStr, field_validator

from alerts.channels.base import (
    ChannelBroken,
    ChannelConfig,
    Envelope,
    Transport,
    TransportError,
)
from alerts.channels.webhook import post
from alerts.message import Message
from alerts.models import Delivery

LISTED = {Delivery.Kind.SIGHTINGS.value: "sightings", Delivery.Kind.REMINDERS.value: "reminders"}
"""Under which name a message has its sections, by its kind; else `warnings`."""


class Config(ChannelConfig):
    url: SecretStr
    """A secret: such addresses often carry a token."""
    secret: Annotated[SecretStr, Field(min_length=16)]

    @field_validator("url")
    @classmethod
    def _allowed(cls, url: SecretStr) -> SecretStr:
        parts = urlsplit(url.get_secret_value())
        schemes = {"https", "http"} if settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE else {"https"}
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError("must be an https address")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not carry a user name or password")
        return url


def send(config: Config, envelope: Envelope) -> str:
    content = body(envelope.message, envelope.key)
    timestamp = str(int(envelope.at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Fenghuo/1",
        "Idempotency-Key": envelope.key,
        "Fenghuo-Timestamp": timestamp,
        "Fenghuo-Signature": sign(config.secret.get_secret_value(), timestamp, content),
    }
    answer = post.post(
        config.url.get_secret_value(),
        content,
        headers,
        private=settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE,
    )
    return _judged(answer)


def sign(secret: str, timestamp: str, content: bytes) -> str:
    signed = timestamp.encode() + b"." + content
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def body(message: Message, key: str) -> bytes:
    what = LISTED.get(message.kind, "warnings")
    return json.dumps(
        {
            "type": message.kind,
            "id": key,
            "language": message.language,
            "subject": message.subject,
            "text": message.lead,
            "sample": message.sample,
            what: [section.data for section in message.sections],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _judged(answer: post.Answer) -> str:
    said = f"{answer.status} {answer.said}".strip()
    if 200 <= answer.status < 300:
        return said
    if answer.status == 410:
        raise ChannelBroken(said)
    if 300 <= answer.status < 400:
        raise TransportError(f"{answer.status}: redirects are not followed; give the final address")
    wish = timedelta(seconds=answer.retry_after) if answer.retry_after else None
    raise TransportError(said, wish)


def address(config: Config) -> str:
    return urlsplit(config.url.get_secret_value()).hostname or ""


TRANSPORT = Transport(label=_("Webhook"), config=Config, send=send, address=address)
