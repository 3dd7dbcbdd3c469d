"""The generations of an index in one folder: which one serves, which one is being built.

    <root>/serving              the name of the generation that is read
    <root>/building             the name of the one that is being filled, while there is one
    <root>/<fingerprint>-<n>/   a generation: an index of tantivy

The two names are files that are replaced whole: whoever reads them, at whatever moment, and
wherever a writer died, finds the name of a complete generation or none.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def serving(self) -> str | None:
        """Another process may change it between any two looks."""
        return self._name("serving")

    @property
    def building(self) -> str | None:
        return self._name("building")

    def path(self, generation: str) -> Path:
        return self.root / generation

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time changes which generation is which; a dead one lets go."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def new(self, fingerprint: str) -> str:
        """The name of a fresh generation, its folder empty. Whatever is left of one that nobody
        reads any more is swept away first; its name is not given again, for somebody may still be
        about to write to it."""
        numbers = [_number(path.name) for path in self.root.iterdir() if path.is_dir()]
        (self.root / "building").unlink(missing_ok=True)
        self._sweep()
        generation = f"{fingerprint}-{max(numbers, default=-1) + 1}"
        self.path(generation).mkdir()
        return generation

    def build(self, generation: str) -> str:
        """From now on it is the one being built."""
        self._point("building", generation)
        return generation

    def serve(self, generation: str) -> str:
        """From now on it serves. Who has the old one open reads on."""
        self._point("serving", generation)
        if self.building == generation:
            (self.root / "building").unlink()
        self._sweep()
        return generation

    def _name(self, pointer: str) -> str | None:
        try:
            return (self.root / pointer).read_text().strip() or None
        except FileNotFoundError:
            return None

    def _point(self, pointer: str, generation: str) -> None:
        fresh = self.root / f".{pointer}"
        with fresh.open("w") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.root / pointer)
        _settle(self.root)

    def _sweep(self) -> None:
        kept = {self.serving, self.building}
        for path in self.root.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def of(generation: str) -> str:
    """The fingerprint of a generation."""
    return generation.rpartition("-")[0]


def _number(name: str) -> int:
    """Of a generation; -1 for a folder that is none."""
    number = name.rpartition("-")[2]
    return int(number) if number.isdecimal() else -1


def _settle(folder: Path) -> None:
    """A renamed file survives a loss of power only once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
