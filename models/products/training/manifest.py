"""What an artifact was made from: every declared input with the SHA-256 of its file."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from models.products.evaluation.sets import SETS
from models.products.training.sources import SOURCES, Source, present

CALIBRATION = "calibration"


def inputs(folder: Path, sources: Iterable[Source] = SOURCES) -> list[dict[str, object]]:
    """Name, path, weight and digest of each source that is there, then those that are absent; then
    the same of what the scales are fitted on."""
    there, absent = present(folder, sources)
    found: list[dict[str, object]] = [
        {
            "source": source.name,
            "path": source.path or "packaged",
            "weight": source.weight,
            "sha256": digest([folder / source.path] if source.path else packaged()),
        }
        for source in there
    ]
    found.extend({"source": source.name, "path": source.path, "absent": True} for source in absent)
    return [*found, *calibrating(folder)]


def calibrating(folder: Path) -> list[dict[str, object]]:
    """The files from which nothing is learned but the scales (`scales.py`)."""
    paths = dict.fromkeys(each.path for each in SETS if each.calibrates and each.path)
    return [{"source": CALIBRATION, "path": path} | _state(folder / path) for path in paths]


def _state(path: Path) -> dict[str, object]:
    return {"sha256": digest([path])} if path.is_file() else {"absent": True}


def packaged() -> list[Path]:
    """The lexicon, a file a chapter, our Chinese names, and the tables of our own beside us."""
    lexicon = Path(str(files("models.products").joinpath("lexicon")))
    names = Path(str(files("models.nomenclature").joinpath("names_zh.csv")))
    beside = Path(str(files(__package__)))
    return [*sorted(lexicon.glob("*.csv")), names, *sorted(beside.glob("*.csv"))]


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 of the files' contents, one after the other, in hexadecimal."""
    total = hashlib.sha256()
    for block in _blocks(paths):
        total.update(block)
    return total.hexdigest()


def _blocks(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                yield block
