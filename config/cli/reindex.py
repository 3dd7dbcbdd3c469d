"""`fenghuo reindex`: build the search index anew from the records."""

from datetime import UTC, datetime

import click

from config.cli import records


@click.command("reindex")
def command() -> None:
    """Build the index anew beside the one that serves, then swap the two (重建索引).

    Pages and the other rooms go on meanwhile. Killed, it leaves the old index in service.
    """
    records()
    from monitor.jobs.rooms import OutsideUnavailable  # noqa: PLC0415 - Django has to be up first
    from monitor.search import reindexing  # noqa: PLC0415

    try:
        total = reindexing.reindex(
            datetime.now(UTC), lambda n: click.echo(f"\r{n:,} notices", nl=False, err=True)
        )
    except OutsideUnavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"\r{total:,} notices are in the index", err=True)
