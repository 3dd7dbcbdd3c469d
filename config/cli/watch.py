"""`fenghuo watch`: the whole corridor, over live sources or over stored responses."""

import sys
from datetime import datetime
from pathlib import Path

import click

from config.cli import records
from config.cli._walking import as_of, line, progress
from config.environment import load

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("watch")
@click.option("--once", is_flag=True, help="Crawl and walk once, then end.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only these sources.")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Stored responses of one --source, instead of crawling (a back-fill).",
)
@click.option("--as-of", "day", type=DAY, help="Walk as if it were this day.")
def command(
    *, once: bool, sources: tuple[str, ...], files: tuple[Path, ...], day: datetime | None
) -> None:
    """Walk the corridor: from the source to the delivered warning (全程值守).

    Without --once and --from it goes on by the clock, as `fenghuo scheduler` does.
    """
    if files and len(sources) != 1:
        raise click.UsageError("--from needs exactly one --source: whose responses are they?")
    records()
    from config import corridor, crawling, schedule  # noqa: PLC0415 - Django has to be up first

    if not once and not files:
        schedule.run(sources)
        return
    now = as_of(day, load().time_zone)
    if files:
        crawling.backfill(sources[0], files, now)
        whole = True
    else:
        whole = _crawl(sources, now)
    with progress() as seen:
        totals = corridor.walk(now, seen=seen)
    for room, counts in totals.items():
        click.echo(line(room, counts), err=True)
    if not whole:
        sys.exit(1)


def _crawl(sources: tuple[str, ...], now: datetime) -> bool:
    from config import crawling  # noqa: PLC0415 - Django has to be up first
    from monitor.sources.registry import WrongSource  # noqa: PLC0415

    try:
        return crawling.crawl(sources, now)
    except (crawling.UnknownSource, WrongSource) as error:
        raise click.ClickException(str(error)) from error
