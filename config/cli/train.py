"""`fenghuo train`: the matcher's artifact, from declared inputs."""

import hashlib
import json
from pathlib import Path

import click

from models.products import artifacts
from models.products.training import train
from models.products.training.manifest import inputs
from models.products.training.sources import SOURCES, present


@click.command("train")
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with labelled/, nomenclature/ and feeds/.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the artifact goes; the one in service is replaced unless told otherwise.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([source.name for source in SOURCES]),
    help="Learn from this source alone, or from these; for comparing them.",
)
def command(*, data: Path, out: Path | None, only: tuple[str, ...]) -> None:
    """Train the product matcher (训练归类模型).

    Writes the artifact and, beside it, its manifest: the SHA-256 of every input and of the
    artifact. An input whose file is absent is named on stderr and left out; the result is then not
    the one that the model card describes. The same inputs give the same bytes.
    """
    target = out or artifacts.packaged()
    sources = [source for source in SOURCES if not only or source.name in only]
    for source in present(data, sources)[1]:
        click.echo(f"absent: {source.name} ({source.path})", err=True)
    # Before training: a file that changes meanwhile is then seen to differ.
    learned = inputs(data, sources)
    model = train(data, sources)
    content = artifacts.dump(model.content())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    manifest = {
        "artifact": {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)},
        "stacks": model.stacks.as_dict(),
        "inputs": learned,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    target.with_suffix(".json").write_text(text, encoding="utf-8")
    click.echo(json.dumps(manifest["artifact"]))
