"""The command line, `fenghuo <command>`: a contract that other programs build on.

One module a command, found by name and imported only when asked for: `fenghuo read` starts
without Django, `fenghuo deliver` without scikit-learn. Each module holds one click command
named `command`. A name that Python keeps for itself ends in `_`: `import_.py` is `fenghuo import`.
"""

import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.environment import WrongEnvironment

if TYPE_CHECKING:
    from monitor.trail.hand import CommandLine


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        here = Path(__file__).parent.glob("*.py")
        names = (p.stem.rstrip("_") for p in here if not p.stem.startswith("_"))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        module = import_module(f"config.cli.{name}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"config.cli.{cmd_name}: `command` is no click command")
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fenghuo")
def fenghuo() -> None:
    """烽火: sees a foreign measure first, and lights the beacon of those whom it touches."""


def django() -> None:
    """Bring up Django for the commands that need records. Cheap when already up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django import setup  # noqa: PLC0415 - only the commands that need records pay for it

    setup()


def records(*, by_hand: bool = False) -> None:
    """Bring up Django and the records, for the commands that read or write them.

    A new or older SQLite is brought to this version at once; a server that several hosts share is
    changed only by `fenghuo migrate`. `by_hand`: what the command goes on to change stands in the
    trail as done at the command line. Raises `click.ClickException` that says so.
    """
    django()
    from config import installation  # noqa: PLC0415 - Django has to be up first

    if not installation.is_current():
        if not installation.is_ours_alone():
            raise click.ClickException("the database is not of this version: run `fenghuo migrate`")
        installation.migrate()
    installation.tell_restored()
    if by_hand:
        _in_hand()


def _in_hand() -> None:
    from monitor.trail.hand import by  # noqa: PLC0415 - Django has to be up first

    context = click.get_current_context()
    context.with_resource(by(command_line(context), datetime.now(UTC)))


def command_line(context: click.Context) -> "CommandLine":
    """Whoever gave the command that is being run, for the trail."""
    from monitor.trail.hand import CommandLine  # noqa: PLC0415 - Django has to be up first

    words = [context.invoked_subcommand or ""]
    at: click.Context | None = context
    while at is not None:
        words.append(at.command.name or "")
        at = at.parent
    return CommandLine(" ".join(word for word in reversed(words) if word))


def main() -> None:
    """The entry point. A wrong environment ends with status 2 and its reasons, not a traceback."""
    try:
        fenghuo()
    except WrongEnvironment as error:
        click.echo(str(error), err=True)
        sys.exit(2)
