"""The records of this installation: whether they are of this version, and bringing them there."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.backup import RESTORED, Restored
from monitor.bases import load
from monitor.trail.hand import CommandLine
from monitor.trail.recording import record


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


def tell_restored() -> None:
    """If the records came out of a backup, say so in the trail: whatever had been written since it
    was made is not in them. Stopped between the line and the file that asked for it, it says so
    twice."""
    file = settings.VAR / RESTORED
    if not file.exists():
        return
    of = Restored.model_validate_json(file.read_bytes())
    record(
        CommandLine("fenghuo restore"),
        "restore",
        None,
        concerned=None,
        after={"version": of.version, "made_at": of.made_at},
        now=of.restored_at,
    )
    file.unlink(missing_ok=True)
