"""Notices a second through each room of the corridor, beside the floor in the same run.

The floor is what any Python program has to pay for the same documents: decode the JSON, insert the
rows into one SQLite table, commit. A ratio to it can be compared between machines; notices a second
are for orientation.
"""

import gzip
import json
import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from config import corridor
from crawlers import backfill


@dataclass(frozen=True)
class Stage:
    name: str
    seconds: float
    rows: int
    floors: float
    """Its time as a multiple of the floor's, per row."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"rows_a_second": self.rows / self.seconds if self.seconds else None}


@dataclass(frozen=True)
class Report:
    documents: int
    stages: tuple[Stage, ...]
    peak_mib: float
    """Of the whole process, so far."""

    def as_dict(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "peak_mib": round(self.peak_mib),
            "stages": [stage.as_dict() for stage in self.stages],
        }

    def as_table(self) -> str:
        head = f"{'stage':<10}{'seconds':>9}{'rows':>9}{'rows/s':>10}{'× floor':>9}"
        lines = [
            f"{s.name:<10}{s.seconds:>9.2f}{s.rows:>9,}"
            f"{s.rows / s.seconds if s.seconds else 0:>10,.0f}{s.floors:>9.1f}"
            for s in self.stages
        ]
        return "\n".join([head, *lines, f"peak memory {self.peak_mib:,.0f} MiB"])


def synthetic(seed: Path, target: Path, documents: int) -> Path:
    """Write `documents` documents made of those in `seed` (an API page), each with its own number.

    Synthetic: the wording repeats, so text models and compression have it easier than in life.
    """
    page = json.loads(seed.read_text(encoding="utf-8"))["results"]
    whole = [document for document in page if document.get("document_number")]
    with target.open("w", encoding="utf-8") as out:
        for number in islice(count(), documents):
            document = whole[number % len(whole)] | {"document_number": f"BENCH-{number:07}"}
            out.write(json.dumps(document) + "\n")
    return target


def measure(source: str, file: Path, bundles: Path, now: datetime) -> Report:
    """Walk the file through the corridor of the current installation, room by room."""
    rows, floor = _floor(file)
    stages = [Stage("floor", floor, rows, 1.0)]

    def stage(name: str, began: float, done: int) -> None:
        seconds = perf_counter() - began
        floors = seconds / done / (floor / rows) if done else 0.0
        stages.append(Stage(name, seconds, done, floors))

    began = perf_counter()
    backfill.bundle_file(source, file, bundles, now)
    stage("parse", began, rows)
    for room in corridor.ROOMS:
        began = perf_counter()
        counts = corridor.walk(now, [room])[room]
        stage(room, began, counts["read"] if room == "read" else counts["rows"])
    whole = sum(s.seconds for s in stages[1:])
    stages.append(Stage("whole", whole, rows, whole / floor))
    return Report(rows, tuple(stages), peak_mib())


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _floor(file: Path) -> tuple[int, float]:
    began = perf_counter()
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE notice (number TEXT, title TEXT, abstract TEXT, published TEXT)")
    with _open(file) as lines:
        done = database.executemany("INSERT INTO notice VALUES (?, ?, ?, ?)", _rows(lines)).rowcount
    database.commit()
    database.close()
    return done, perf_counter() - began


def _open(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")


def _rows(lines: IO[str]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        document = json.loads(line)
        yield tuple(
            document.get(name)
            for name in ("document_number", "title", "abstract", "publication_date")
        )
