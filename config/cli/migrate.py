"""`fenghuo migrate`: bring the records to this version."""

import click

from config.cli import django


@click.command("migrate")
def command() -> None:
    """Create the database, or bring it to this version; load the bases of config/bases.toml."""
    django()
    from config import installation  # noqa: PLC0415 - Django has to be up first

    loaded = installation.migrate()
    for what, count in loaded.counts.items():
        click.echo(f"{what} {count}", err=True)
    for kept in loaded.kept:
        click.echo(f"! {kept} is no longer in config/bases.toml; kept", err=True)
