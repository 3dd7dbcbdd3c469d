"""`fenghuo backup`: the installation in one file."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli import records

PASSPHRASE = "FENGHUO_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encrypt", is_flag=True, help=f"Under a passphrase, asked for or in {PASSPHRASE}.")
@click.option("--with-keys", is_flag=True, help="The keys too; only together with --encrypt.")
def command(*, file: Path, encrypt: bool, with_keys: bool) -> None:
    """Write records, bundles and uploads to FILE while everything runs (备份).

    The keys of this installation (secret-key, encryption-keys) are left out unless asked for: keep
    them elsewhere, without them channels' tokens and second factors cannot be read again.
    """
    if with_keys and not encrypt:
        raise click.UsageError(
            "--with-keys: whoever has the file would have all secrets; add --encrypt"
        )
    passphrase = asked_passphrase(confirm=True) if encrypt else None
    records(by_hand=True)
    from config.backup import WrongTarget, making  # noqa: PLC0415 - Django has to be up first

    try:
        made = making.backup(file, passphrase, datetime.now(UTC), with_keys=with_keys)
    except WrongTarget as error:
        raise click.ClickException(str(error)) from error
    rows = sum(table.rows for table in made.tables.values())
    size = file.stat().st_size
    click.echo(f"{file}: {rows:,} rows, {len(made.members):,} files, {size:,} bytes", err=True)


def asked_passphrase(*, confirm: bool) -> str:
    """From the environment, else typed. Raises click.UsageError for one that is soon guessed."""
    from config.backup.sealing import SHORTEST  # noqa: PLC0415 - reads cryptography

    given = os.environ.get(PASSPHRASE) or str(
        click.prompt("passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    )
    if confirm and len(given) < SHORTEST:
        raise click.UsageError(f"a passphrase has at least {SHORTEST} characters")
    return given
