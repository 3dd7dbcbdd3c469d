"""`fenghuo migrate`: bring the records to this version."""

import click

from config.cli import django


@click.command("migrate")
def command() -> None:
    """Create the database, or bring it to this version; load the bases of config/bases.toml."""
    django()
    from django.core.management import call_command  # noqa: PLC0415 - Django has to be up first

    from monitor.bases import load  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    loaded = load.load()
    for what, count in loaded.counts.items():
        click.echo(f"{what} {count}", err=True)
    for kept in loaded.kept:
        click.echo(f"! {kept} is no longer in config/bases.toml; kept", err=True)
