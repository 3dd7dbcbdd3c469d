"""`fenghuo index`: run the index room once."""

import click

from config.cli import records
from config.cli._walking import run


@click.command("index")
def command() -> None:
    """Make the waiting notices findable (编制索引)."""
    records()
    run("index")
