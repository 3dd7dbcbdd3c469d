"""`fenghuo migrate`: bring the database to this version."""

import click

from config.cli import django


@click.command("migrate")
def command() -> None:
    """Create the database, or bring it to this version."""
    django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
