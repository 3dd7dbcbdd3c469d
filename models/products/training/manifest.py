"""What an artifact was made from: every declared input with the SHA-256 of its file."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from models.products.training.sources import SOURCES, Source, present


def inputs(folder: Path, sources: Iterable[Source] = SOURCES) -> list[dict[str, object]]:
    """Name, path, weight and digest of each source that is there, then those that are absent."""
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
    return found


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
