"""`fenghuo restore`: an installation from a backup."""

from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli.backup import asked_passphrase


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder that does not exist or is empty: the FENGHUO_VAR to be.",
)
def command(*, file: Path, into: Path) -> None:
    """Make an installation of FILE, once all of it has been checked (恢复).

    With a DATABASE_URL of PostgreSQL the records go there, which has to be empty, else into an
    SQLite in the folder; whatever database they came from. The search index is made anew by the
    next walk, or `fenghuo reindex`.
    """
    from config.backup import WrongArchive, WrongTarget, archive, restoring  # noqa: PLC0415

    try:
        sealed = archive.is_sealed(file)
        passphrase = asked_passphrase(confirm=False) if sealed else None
        made = restoring.restore(file, into.absolute(), passphrase, datetime.now(UTC))
    except (WrongArchive, WrongTarget) as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    rows = sum(table.rows for table in made.tables.values())
    click.echo(f"{into}: {rows:,} rows of {made.made_at.isoformat()}", err=True)
    if not any(name.startswith("keys/") for name in made.members):
        click.echo(
            "! the keys were not in it: put encryption-keys and secret-key of the old "
            f"installation into {into} before anything starts",
            err=True,
        )
