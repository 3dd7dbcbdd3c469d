"""`fenghuo deliver`: run the deliver room once."""

import click

from config.cli import records
from config.cli._walking import run


@click.command("deliver")
def command() -> None:
    """Send what is due (送达)."""
    records()
    run("deliver")
