"""The message as text on this process's standard error, for a first look and for logs."""

import sys

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from alerts.channels.base import ChannelConfig, Envelope, Transport


def send(_config: ChannelConfig, envelope: Envelope) -> str:
    # Standard output belongs to the records that the commands print for programs.
    sys.stderr.write(render_to_string("alerts/message.txt", {"message": envelope.message}) + "\n")
    sys.stderr.flush()
    return "printed"


TRANSPORT = Transport(
    label=_("Console"), config=ChannelConfig, send=send, address=lambda _config: "stderr"
)
