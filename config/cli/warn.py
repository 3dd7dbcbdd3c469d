"""`fenghuo warn`: run the warn room once."""

import click

from config.cli import records
from config.cli._walking import run


@click.command("warn")
def command() -> None:
    """Decide who is to know (生成预警)."""
    records()
    run("warn")
