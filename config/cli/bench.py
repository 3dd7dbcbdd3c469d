"""`fenghuo bench`: throughput of the corridor, as ratios in one run."""

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from config.cli import django


@click.command("bench")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON Lines of Federal Register documents, .gz or not, instead of synthetic ones.",
)
@click.option("--documents", default=2000, show_default=True, help="How many synthetic ones.")
@click.option("--json", "as_json", is_flag=True)
def command(*, file: Path | None, documents: int, as_json: bool) -> None:
    """Measure the corridor in an installation of its own, thrown away afterwards (测速)."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["FENGHUO_VAR"] = place
        django()
        _measure(file, documents, Path(place), as_json=as_json)


def _measure(file: Path | None, documents: int, place: Path, *, as_json: bool) -> None:
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first

    from benchmarks import corridor  # noqa: PLC0415
    from config import installation  # noqa: PLC0415
    from config.demo import FEED  # noqa: PLC0415
    from monitor.bases import sample  # noqa: PLC0415

    now = datetime.now(UTC)
    installation.migrate()
    sample.load_sample(now)
    if file is None:
        seed = next(path for source, path in FEED if source == "us-federal-register")
        file = corridor.synthetic(seed, place / "synthetic.jsonl", documents)
    report = corridor.measure("us-federal-register", file, settings.FENGHUO_BUNDLES, now)
    click.echo(json.dumps(report.as_dict()) if as_json else report.as_table())
