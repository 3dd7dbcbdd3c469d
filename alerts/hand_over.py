"""One message to one channel: in the recipient's language, with the channel's errors only."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation

from alerts import links
from alerts.channels.base import Envelope, TransportError, scrub
from alerts.channels.registry import transport
from alerts.message import Message, NothingToSay
from alerts.models import Channel

log = logging.getLogger(__name__)


def hand_over(channel: Channel, message: Message, key: str, at: datetime) -> str:
    """What the channel said when it accepted the message; raises `TransportError` otherwise."""
    envelope = Envelope(
        message=message,
        recipient=channel.recipient.name,
        key=idempotency_key(channel, key),
        at=at,
        unsubscribe_url=links.unsubscribe(channel.token),
    )
    with faults_of_ours(channel), translation.override(message.language):
        return transport(channel.kind).deliver(channel.config, envelope)


@contextmanager
def faults_of_ours(channel: Channel) -> Iterator[None]:
    """A fault of ours (a label, a template, a library) must not stop the other messages, nor put
    into the log what its traceback quotes of the configuration: it becomes a `TransportError`."""
    try:
        yield
    except (TransportError, NothingToSay):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, it is logged and becomes a failed attempt
        config = transport(channel.kind).read(channel.config)
        log.error("%s: %s", channel, scrub(traceback.format_exc(), config))  # noqa: TRY400 - the traceback is in the text
        raise TransportError(f"internal error: {type(error).__name__}") from None


def idempotency_key(channel: Channel, key: str) -> str:
    """The delivery's key, made unique across installations and rebuilt databases by the channel's
    random token, which cannot be read back from it."""
    return str(uuid5(NAMESPACE_URL, f"{channel.token}:{key}"))
