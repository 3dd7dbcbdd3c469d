"""Every kind of channel. A new one is a folder and a line here (docs/channels.md)."""

from typing import Any

from alerts.channels import console, email, slack, webhook
from alerts.channels.base import ChannelBroken, Transport

CHANNELS: dict[str, Transport[Any]] = {
    "console": console.TRANSPORT,
    "email": email.TRANSPORT,
    "slack": slack.TRANSPORT,
    "webhook": webhook.TRANSPORT,
}


def transport(kind: str) -> Transport[Any]:
    """Raises `ChannelBroken` for a kind that this installation does not know."""
    if kind not in CHANNELS:
        raise ChannelBroken(f"no channel of kind {kind!r}; known: {', '.join(CHANNELS)}")
    return CHANNELS[kind]
