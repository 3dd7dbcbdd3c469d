"""`fenghuo retry`: another try for what a room could not work on."""

import click

from config.cli import records

ROOMS = (
    "read",
    "classify",
    "assess",
    "cases",
    "index",
    "sentinels",
    "warn",
    "sightings",
    "reminders",
    "deliver",
    "extract",
)


@click.command("retry")
@click.argument("rooms", nargs=-1, type=click.Choice(ROOMS), metavar="[ROOM]…")
def command(rooms: tuple[str, ...]) -> None:
    """Let the rows that failed in these rooms, or in all, wait for the next walk (重试)."""
    records()
    from config import corridor  # noqa: PLC0415 - Django has to be up first

    for room, count in corridor.retry(rooms).items():
        click.echo(f"{room:>9}  {count}", err=True)
