"""What every channel is made of: a checked configuration, one function that sends, three errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from alerts.message import Message


class TransportError(Exception):
    """The channel did not accept the message this time; it will be tried again.

    `said` is kept and shown, so it never holds a secret. `retry_after`: the channel's own wish.
    """

    def __init__(self, said: str, retry_after: timedelta | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.retry_after = retry_after


class MessageRefused(TransportError):
    """The channel works but will never take this message."""


class ChannelBroken(TransportError):
    """The channel will take no message until someone mends it: it is disabled, its owner told."""


class ChannelConfig(BaseModel):
    """Secrets are `SecretStr`: neither a log nor a validation error repeats them."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def secrets(self) -> list[str]:
        values = (getattr(self, name) for name in type(self).model_fields)
        return [v.get_secret_value() for v in values if isinstance(v, SecretStr)]


@dataclass(frozen=True)
class Envelope:
    """One message on its way to one recipient."""

    message: Message
    recipient: str
    key: str
    """The same for every attempt of one delivery and for no other: a receiver that has seen it
    already can drop the copy."""
    at: datetime
    unsubscribe_url: str


C = TypeVar("C", bound=ChannelConfig)

SAID_AT_MOST = 500
"""Characters kept of what a channel said."""


@dataclass(frozen=True)
class Transport(Generic[C]):
    """A kind of channel.

    `send(config, envelope)` returns what the channel said once it has accepted the message, and
    raises a `TransportError` otherwise. `address(config)` names the channel without its secrets.
    """

    label: str | Promise
    config: type[C]
    send: Callable[[C, Envelope], str]
    address: Callable[[C], str]

    def deliver(self, raw: Mapping[str, Any], envelope: Envelope) -> str:
        config = self.read(raw)
        try:
            return scrub(self.send(config, envelope), config)[:SAID_AT_MOST]
        except TransportError as error:
            # The receiver's own words may quote the secret back at us.
            said = scrub(error.said, config)[:SAID_AT_MOST]
            raise type(error)(said, error.retry_after) from None

    def describe(self, raw: Mapping[str, Any]) -> str:
        return self.address(self.read(raw))

    def read(self, raw: Mapping[str, Any]) -> C:
        """Raises `ChannelBroken` that names each wrong field and repeats no value."""
        try:
            return self.config.model_validate(dict(raw))
        except ValidationError as error:
            wrong = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise ChannelBroken("configuration: " + "; ".join(wrong)) from None


def scrub(text: str, config: ChannelConfig) -> str:
    """The text without the configuration's secrets."""
    for secret in config.secrets():
        text = text.replace(secret, "***")
    return text
