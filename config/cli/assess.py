"""`fenghuo assess`: run the assess room once."""

import click

from config.cli import records
from config.cli._walking import run


@click.command("assess")
def command() -> None:
    """Work out whose exports the waiting notices touch (影响评估)."""
    records()
    run("assess")
