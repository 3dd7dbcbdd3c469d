"""`fenghuo promote`: a newly trained artifact takes the place of the one in service, or not."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from config.cli.evaluate import BESIDE, SPEED
from models.products import artifacts, promotion


@click.command("promote")
@click.argument("candidate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=BESIDE,
    help="The folder of labelled sets and feeds; by default shared/data beside the clone.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def command(*, candidate: Path, data: Path, dry_run: bool) -> None:
    """Put the artifact CANDIDATE into service if it is worse nowhere that matters (启用新模型).

    Both are measured on the same sets. Exit status 1, and every reason, where it is worse.
    """
    before, after = _measured(data, None), _measured(data, candidate)
    try:
        reasons = promotion.worse(before, after, candidate.stat().st_size)
    except promotion.NotComparableError as error:
        raise click.UsageError(str(error)) from error
    for reason in reasons:
        click.echo(str(reason), err=True)
    if not reasons and not dry_run:
        _install(candidate, artifacts.packaged())
    click.echo(json.dumps({"promoted": not reasons and not dry_run, "worse": len(reasons)}))
    sys.exit(1 if reasons else 0)


def _measured(data: Path, artifact: Path | None) -> dict[str, Any]:
    from models.products.evaluation import report, speed  # noqa: PLC0415 - only when measured
    from models.products.evaluation.matchers import answering, stored  # noqa: PLC0415

    model = stored(artifact) if artifact else None
    found = report.measure(
        data,
        {report.SERVICE: answering(model)},
        learns=bool(artifact) or artifacts.packaged().is_file(),
    ).as_dict()
    if (data / SPEED).is_file():
        found["speed"] = speed.measure(data / SPEED, artifact)
    return found


def _install(candidate: Path, place: Path) -> None:
    """The artifact, and the manifest that `fenghuo train` wrote beside it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for source, target in (
        (candidate.with_suffix(".json"), place.with_suffix(".json")),
        (candidate, place),
    ):
        if source.is_file():
            fresh = target.with_suffix(".new")
            shutil.copyfile(source, fresh)
            fresh.replace(target)
