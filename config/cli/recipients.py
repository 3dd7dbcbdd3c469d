"""`fenghuo recipients`: who is warned of what, and how."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import IO, Any

import click

from config.cli import records


@click.group("recipients")
def command() -> None:
    """Who is warned of what, and by which channels (预警接收人)."""
    records(by_hand=True)


@command.command("add")
@click.argument("name")
@click.option("--base", "bases", multiple=True, required=True, help="Code of a base; repeatable.")
@click.option("--level", default="blue", show_default=True, help="From this level up.")
@click.option("--kind", "kinds", multiple=True, help="Only these kinds of measures; repeatable.")
@click.option("--market", "markets", multiple=True, help="Only these markets; repeatable.")
@click.option("--pace", default="now", show_default=True, help="now, or daily (a digest).")
@click.option("--organisation", help="Whose desk it is: its name. Decides what it may be told.")
@click.option("--language", default="zh-hans", show_default=True)
@click.option("--time-zone", default="Asia/Shanghai", show_default=True)
@click.option("--channel", help="console, email, slack or webhook.")
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Of the channel.")
@click.option(
    "--config",
    type=click.File(encoding="utf-8"),
    help="The channel's settings as a JSON object, - for standard input: keeps secrets out of the "
    "list of processes.",
)
@click.option(
    "--catch-up", is_flag=True, help="Also of what is live already; else of what comes from now on."
)
def add(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    bases: tuple[str, ...],
    level: str,
    kinds: tuple[str, ...],
    markets: tuple[str, ...],
    pace: str,
    organisation: str | None,
    language: str,
    time_zone: str,
    channel: str | None,
    pairs: tuple[str, ...],
    config: IO[str] | None,
    catch_up: bool,
) -> None:
    """Make or change the recipient NAME, its subscriptions and a channel (新增或修改接收人)."""
    from alerts import recipients  # noqa: PLC0415
    from alerts.recipients import Reader, Way, Wish, WrongRecipient, enrol  # noqa: PLC0415

    reader = Reader(name, language, time_zone, organisation=organisation)
    ways = [Way(channel, _settings(pairs, config))] if channel else []
    wish = Wish(bases, level, kinds, markets, pace)
    try:
        recipient = enrol(reader, wish, ways)
    except WrongRecipient as error:
        raise click.UsageError(str(error)) from error
    if catch_up:
        recipients.catch_up(bases)
    click.echo(_line(_shown(recipient)))


@command.command("own")
@click.argument("address")
def own(*, address: str) -> None:
    """Remind the person who signs in by ADDRESS there, of what they have to do (本人邮箱提醒)."""
    from alerts.personal import reach  # noqa: PLC0415
    from monitor.accounts.models import User  # noqa: PLC0415

    user = User.objects.filter(username=address.casefold(), is_active=True).first()
    if user is None:
        raise click.UsageError(f"nobody signs in by {address}")
    click.echo(_line(_shown(reach(user).recipient)))


@command.command("list")
def list_() -> None:
    """Every recipient with its subscriptions and channels, one a line (列出接收人)."""
    from alerts.models import Recipient  # noqa: PLC0415

    rows = Recipient.objects.select_related("organisation", "person")
    for recipient in rows.prefetch_related("subscriptions__base", "channels"):
        click.echo(_line(_shown(recipient)))


@command.command("enable")
@click.argument("channel", type=int)
def enable(*, channel: int) -> None:
    """Enable CHANNEL (its number in the list) again; what waits for it is sent (重新启用通道)."""
    from alerts.models import Channel  # noqa: PLC0415
    from alerts.recipients import enable as mend  # noqa: PLC0415

    row = Channel.objects.filter(pk=channel).first()
    if row is None:
        raise click.UsageError(f"there is no channel {channel}")
    click.echo(_line({"channel": channel, "waiting": mend(row, datetime.now(UTC))}))


def _settings(pairs: tuple[str, ...], config: IO[str] | None) -> dict[str, Any]:
    given: Any = json.load(config) if config else {}
    if not isinstance(given, dict):
        raise click.UsageError("--config: give a JSON object")
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set {pair}: give KEY=VALUE")
        given[key] = value
    return given


def _shown(recipient: Any) -> dict[str, Any]:
    return {
        "recipient": recipient.name,
        "organisation": recipient.organisation and recipient.organisation.name_zh,
        "person": recipient.person and recipient.person.username,
        "language": recipient.language,
        "time_zone": recipient.time_zone,
        "subscriptions": [_subscription(each) for each in recipient.subscriptions.all()],
        "channels": [_channel(each) for each in recipient.channels.all()],
    }


def _subscription(subscription: Any) -> dict[str, Any]:
    return {
        "base": subscription.base.code,
        "level": subscription.minimum_level,
        "kinds": subscription.kinds,
        "markets": subscription.markets,
        "pace": subscription.pace,
    }


def _channel(channel: Any) -> dict[str, Any]:
    """Without its secrets: what the list shows may end in a ticket."""
    from alerts.channels.base import ChannelBroken  # noqa: PLC0415
    from alerts.channels.registry import transport  # noqa: PLC0415

    try:
        address = transport(channel.kind).describe(channel.config)
    except ChannelBroken as error:
        address = error.said
    return {
        "channel": channel.pk,
        "kind": channel.kind,
        "address": address,
        "enabled": channel.enabled,
        "disabled_because": channel.disabled_because,
        "last_error": channel.last_error,
        "last_delivered_at": channel.last_delivered_at and channel.last_delivered_at.isoformat(),
    }


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
