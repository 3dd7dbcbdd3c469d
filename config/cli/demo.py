"""`fenghuo demo`: the main job on a packaged sample feed, with sample bases, firms and flows.

It has a database and an index of its own (`<FENGHUO_VAR>/demo`), made anew by each run: sample data
never mix with real ones.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

import click

from config.cli import django
from config.cli._walking import moment
from config.demo import AS_OF
from config.environment import load

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("demo")
@click.option("--as-of", "day", type=DAY, default=AS_OF.isoformat(), show_default=True)
@click.option(
    "--serve/--no-serve",
    default=lambda: os.environ.get("CI") != "true",
    show_default="serve, unless CI=true",
    help="Serve the pages afterwards.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(day: datetime, *, serve: bool, port: int) -> None:
    """Walk the corridor over the packaged sample feed; print warnings, serve the pages (演示)."""
    folder = _own_place()
    django()
    from config.demo import stage  # noqa: PLC0415 - Django has to be up first

    stage.play(moment(day.date(), load().time_zone), folder)
    if serve:
        from config.cli.serve import serve_pages  # noqa: PLC0415

        serve_pages("127.0.0.1", port, day.date())


def _own_place() -> Path:
    """An empty folder for this demo, and no database and no index but those in it."""
    folder = load().var / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["FENGHUO_VAR"] = str(folder)
    os.environ["FENGHUO_SAMPLE_PEOPLE"] = "true"
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("ELASTICSEARCH_URL", None)
    os.environ.pop("FENGHUO_SMTP_URL", None)
    return folder
