"""POST to an address that a user gave: what `monitor.outside` does, in the words of channels."""

from dataclasses import dataclass

import httpx

from alerts.channels.base import ChannelBroken, TransportError
from monitor.outside import Forbidden, Limits, Question, Unanswered, ask

WHOLE = 15.0
"""Seconds for everything: a receiver that drips bytes must not hold the sender."""
READ_AT_MOST = 2048
"""Bytes of the answer that are read: enough to show what it said."""


@dataclass(frozen=True)
class Answer:
    status: int
    said: str
    retry_after: int | None


def post(url: str, content: bytes, headers: dict[str, str], *, private: bool) -> Answer:
    """Raises `TransportError` where no answer came, `ChannelBroken` for a forbidden address."""
    question = Question("POST", url, headers, content)
    try:
        answer = ask(question, Limits(WHOLE, READ_AT_MOST), private=private)
    except Unanswered as error:
        raise TransportError(str(error)) from error
    except Forbidden as error:
        raise ChannelBroken(str(error)) from error
    return Answer(answer.status, answer.content.decode("utf-8", "replace"), _wish(answer.headers))


def _wish(headers: httpx.Headers) -> int | None:
    asked = headers.get("Retry-After", "")
    return int(asked) if asked.isdecimal() and asked.isascii() else None
