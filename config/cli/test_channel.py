"""`fenghuo test-channel`: does a channel take messages?"""

import json
import sys
from datetime import UTC, datetime

import click

from config.cli import records


@click.command("test-channel")
@click.argument("channel", type=int)
def command(*, channel: int) -> None:
    """Send a test by CHANNEL, also a disabled one; nothing is recorded (测试通道).

    CHANNEL is its number in `fenghuo recipients list`. Ends with status 1 where it was refused.
    """
    records()
    from alerts import messages  # noqa: PLC0415 - Django has to be up first
    from alerts.channels.base import TransportError  # noqa: PLC0415
    from alerts.hand_over import hand_over  # noqa: PLC0415
    from alerts.models import Channel  # noqa: PLC0415

    row = Channel.objects.select_related("recipient").filter(pk=channel).first()
    if row is None:
        raise click.UsageError(f"there is no channel {channel}")
    now = datetime.now(UTC)
    try:
        said = hand_over(row, messages.test(row.recipient, now), f"test:{now.isoformat()}", now)
    except TransportError as error:
        click.echo(json.dumps({"channel": channel, "accepted": False, "said": error.said}))
        sys.exit(1)
    click.echo(json.dumps({"channel": channel, "accepted": True, "said": said}))
