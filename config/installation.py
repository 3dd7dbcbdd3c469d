"""The records of this installation: whether they are of this version, and bringing them there."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monitor.bases import load


def is_current() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_ours_alone() -> bool:
    """Whether the database is a file of this host, that no other version may be using."""
    return connection.vendor == "sqlite"


def migrate() -> load.Loaded:
    """Bring the tables to this version, and the bases to what `config/bases.toml` says."""
    call_command("migrate", verbosity=0)
    return load.load()
