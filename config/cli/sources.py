"""`fenghuo sources`: every source, what it is, when it last worked, how it was proven."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from config.cli import records

if TYPE_CHECKING:
    from config.source_table import Row

STYLES = {"working": "green", "quiet": "yellow", "broken": "bold red"}


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="One source a line as JSON.")
@click.option("--markdown", is_flag=True, help="The page docs/sources.md.")
def command(*, as_json: bool, markdown: bool) -> None:
    """Show every source and how it is (信息源一览)."""
    records()
    from config import crawling, source_table  # noqa: PLC0415 - Django has to be up first

    if markdown:
        page = source_table.markdown(crawling.definitions().values())
        click.echo(page, nl=False)
        return
    rows = source_table.rows(datetime.now(UTC))
    if as_json:
        for row in rows:
            click.echo(json.dumps(row.to_line(), ensure_ascii=False))
        return
    show(rows)


def show(rows: list["Row"]) -> None:
    """A table on a terminal, plain lines elsewhere."""
    from django.utils.translation import get_language  # noqa: PLC0415 - as above
    from django.utils.translation import gettext as _  # noqa: PLC0415 - as above

    language, console = get_language() or "en", Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(row.cells(language)))
        return
    titles = (_("Source"), _("State"), _("Why"), _("Last worked"), _("Proven"))
    table = Table(*titles, caption=_("Proven: the parser / the address."), show_lines=True)
    for row in rows:
        name, *others = row.cells(language)
        others[0] = f"{name}\n{others[0]}"
        table.add_row(*others, style=STYLES.get(row.health.status.value))
    console.print(table)
