"""`fenghuo crawl [SOURCE…]`: fetch what the publishers have published."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli import django, records
from crawlers.job import Report


@click.command("crawl")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Leave the bundles here and touch no records: for a crawler on another machine.",
)
@click.option("--json", "as_json", is_flag=True, help="One report a line as JSON on stdout.")
def command(*, sources: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """Crawl the sources named, or all that can be (抓取信息源).

    Leaves a bundle per source for the read room. Exit status 1 where a crawl failed or a source
    brought nothing that always has something.
    """
    (records if out is None else django)()
    from config import crawling  # noqa: PLC0415 - Django has to be up first

    try:
        chosen = crawling.chosen(sources)
    except crawling.UnknownSource as error:
        raise click.UsageError(str(error)) from error
    whole = True
    for source in chosen:
        now = datetime.now(UTC)
        if out is None:
            report = crawling.crawl_source(source, now)
        else:
            report = crawling.fetch(source, now, out)
        whole = whole and crawling.well(report)
        if as_json:
            click.echo(json.dumps({"source": source.id, **report.model_dump(mode="json")}))
        click.echo(f"{source.id}: {told(report)}", err=True)
    if not whole:
        sys.exit(1)


def told(report: Report) -> str:
    counts = f"{report.items:,} notices, {report.rejected:,} rejected, {report.captures:,} answers"
    if report.unfinished:
        counts += f", {report.unfinished:,} without their full text"
    return f"{report.outcome}: {report.error or counts}"
