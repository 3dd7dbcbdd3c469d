"""`fenghuo evaluate`: every figure of the model card, by one command."""

import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import click

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
"""The data folder beside the clone."""
SPEED = "feeds/us_federal_register_trade_remedy.jsonl"
"""Titles and abstracts by which speed is measured, under the data folder."""


@click.command("evaluate")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=BESIDE,
    help="The folder of labelled sets and feeds; by default shared/data beside the clone.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
@click.option("--quick", is_flag=True, help="Only the matcher in service; no folds, no speed.")
@click.option("--bases", is_flag=True, help="What the fifteen bases are warned of, instead.")
@click.option("--search", is_flag=True, help="Whether Chinese words find foreign notices, instead.")
@click.option(
    "--diagram",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the reliability diagram (SVG) into this file.",
)
def command(
    *, data: Path, as_json: bool, quick: bool, bases: bool, search: bool, diagram: Path | None
) -> None:
    """Measure the product matcher on labelled sets, baselines beside it (评测归类模型).

    Sets that the matcher learns from are measured by five folds of products, each trained anew;
    that takes a while. Exit status 1 where the data folder is absent; a set whose file is absent is
    named and left out.
    """
    if not data.is_dir():
        click.echo(
            f"NOTHING MEASURED: there is no data folder {data}; name one by --data", err=True
        )
        sys.exit(1)
    if bases or search:
        found = _apart(data, "benchmarks.bases" if bases else "benchmarks.recall")
    else:
        found = _sets(data, diagram, quick=quick)
    if as_json:
        click.echo(json.dumps(found[0], ensure_ascii=False))
    else:
        click.echo("\n".join(found[1]))


def _sets(data: Path, diagram: Path | None, *, quick: bool) -> tuple[dict[str, Any], list[str]]:
    from models.products.evaluation import report, speed  # noqa: PLC0415 - only when measured
    from models.products.evaluation.diagram import svg  # noqa: PLC0415
    from models.products.evaluation.matchers import MATCHERS  # noqa: PLC0415

    matchers = {report.SERVICE: MATCHERS[report.SERVICE]} if quick else MATCHERS
    measured = report.measure(data, matchers, None if quick else _trainer(data))
    for path in measured.absent:
        click.echo(f"ABSENT, not measured: {path}", err=True)
    if diagram is not None:
        diagram.write_text(svg({e.set: e.bins for e in measured.errors}), encoding="utf-8")
    found, lines = measured.as_dict(), list(report.table(measured))
    if not quick and (data / SPEED).is_file():
        found["speed"] = speed.measure(data / SPEED)
        lines.append(", ".join(f"{name} {value}" for name, value in found["speed"].items()))
    return found, lines


def _trainer(data: Path) -> Any:
    """Five trainings by product; None where the matcher in service has learned nothing."""
    from models.products import artifacts  # noqa: PLC0415
    from models.products.evaluation import folds  # noqa: PLC0415

    return folds.trainer(data) if artifacts.packaged().is_file() else None


def _apart(data: Path, benchmark: str) -> tuple[dict[str, Any], list[str]]:
    """In an installation of its own, thrown away afterwards."""
    from config.cli import django  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        os.environ["FENGHUO_VAR"] = place
        django()
        module = import_module(benchmark)  # Django has to be up first
        measured = module.measure(data)
        return measured.as_dict(), list(module.table(measured))
