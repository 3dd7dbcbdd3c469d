"""`fenghuo index`: run the index room once."""

import click

from config.cli import django
from config.cli._walking import run


@click.command("index")
def command() -> None:
    """Make the waiting notices findable (编制索引)."""
    django()
    run("index")
