"""`fenghuo crawl [SOURCE…]`: fetch what the publishers have published."""

import json
import logging
import sys
from datetime import UTC, datetime

import click

from config.cli import django


@click.command("crawl")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--json", "as_json", is_flag=True, help="One report a line as JSON on stdout.")
def command(*, sources: tuple[str, ...], as_json: bool) -> None:
    """Crawl the sources named, or all that can be (抓取信息源).

    Leaves a bundle per source for the read room. Exit status 1 where a crawl failed or a source
    brought nothing that always has something.
    """
    django()
    from config import crawling  # noqa: PLC0415 - Django has to be up first

    logging.basicConfig(format="%(message)s")
    try:
        chosen = crawling.chosen(sources)
    except crawling.UnknownSource as error:
        raise click.UsageError(str(error)) from error
    whole = True
    for source in chosen:
        report = crawling.crawl_source(source, datetime.now(UTC))
        whole = whole and report.outcome in {"ok", "busy"}
        if as_json:
            click.echo(json.dumps({"source": source.id, **report.model_dump(mode="json")}))
        told = (
            f"{report.items:,} notices, {report.rejected:,} rejected, {report.captures:,} answers"
        )
        click.echo(f"{source.id}: {report.outcome}: {report.error or told}", err=True)
    if not whole:
        sys.exit(1)
