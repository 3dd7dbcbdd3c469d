"""`fenghuo read SOURCE FILE…`: stored responses to notices; without arguments the read room."""

import json
import sys
from collections import Counter
from pathlib import Path

import click

from bundles.items import NoticeItem, RejectedRow
from config.cli import records
from config.cli._walking import run
from crawlers import backfill
from crawlers.parsing import PARSERS


@click.command("read")
@click.argument("source", required=False, type=click.Choice(sorted(PARSERS)), metavar="SOURCE")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(source: str | None, files: tuple[Path, ...]) -> None:
    """Parse stored responses of SOURCE (解析存档响应).

    One notice a line as JSON on stdout, one rejected row a line as JSON on stderr; no database.
    Exit status 1 where rows were rejected and none could be read: that is no response of SOURCE.
    Without arguments: take the waiting bundles in.
    """
    if source is None:
        records()
        run("read")
        return
    if not files:
        raise click.UsageError(f"name the files to read: fenghuo read {source} FILE…")
    told = Counter(_tell(record) for file in files for record in backfill.read_file(source, file))
    if told["rejected"] and not told["read"]:
        sys.exit(1)


def _tell(record: NoticeItem | RejectedRow) -> str:
    if isinstance(record, RejectedRow):
        click.echo(record.model_dump_json(), err=True)
        return "rejected"
    click.echo(json.dumps(record.to_line(), ensure_ascii=False))
    return "read"
