"""Do the rows of an archive fit the tables of this version?"""

from config.backup import LEFT_OUT, Manifest, WrongArchive, records

OURS = frozenset({"django_migrations"})
"""Tables that the target fills by itself."""


def refuse_other_version(manifest: Manifest) -> None:
    """Raises `WrongArchive` where other migrations had been applied than here."""
    if (ours := records.migrations()) != manifest.migrations:
        differing = ", ".join(sorted(set(ours) ^ set(manifest.migrations)))
        raise WrongArchive(
            f"was made by {manifest.version}, whose tables are others ({differing}): "
            "restore it with that version, then run `fenghuo migrate` with this one"
        )


def wanted(manifest: Manifest) -> list[str]:
    """The tables that are filled from the archive, sorted. Raises `WrongArchive` where it has one
    that is not here."""
    named = manifest.tables.keys() - OURS - LEFT_OUT
    if unknown := named - set(records.portable_tables()):
        raise WrongArchive(f"no such tables: {', '.join(sorted(unknown))}")
    return sorted(named)


def expect(rows: int, table: str, manifest: Manifest) -> None:
    """Raises `WrongArchive` where it is not as many rows as were backed up."""
    if rows != manifest.tables[table].rows:
        raise WrongArchive(f"table {table}: {rows} rows, not {manifest.tables[table].rows}")
