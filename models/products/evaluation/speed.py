"""Load time, documents a second and memory of the matcher in service, in a process of its own."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter


def measure(feed: Path, artifact: Path | None = None) -> dict[str, float]:
    """On titles and abstracts of `feed` (JSON Lines), in a fresh interpreter, with the artifact in
    service or the given one.

    load_seconds: until the first document is classified, without Python's own start;
    documents_a_second: printed codes included; resident_mib: the most that the process held.
    Raises `subprocess.CalledProcessError` where it fails; what it said goes to stderr.
    """
    files = [str(feed), *([str(artifact)] if artifact else [])]
    command = [sys.executable, "-m", __name__, *files]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str]) -> None:
    began = perf_counter()
    from models.products import Document, classify_many  # noqa: PLC0415 - loading is measured
    from models.products.evaluation.matchers import stored  # noqa: PLC0415

    model = stored(Path(arguments[1])) if arguments[1:] else None
    classify_many([Document("0", "steel nails")], model)
    loaded = perf_counter()
    with Path(arguments[0]).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [
        Document(str(n), row["title"], row.get("abstract") or "") for n, row in enumerate(rows)
    ]
    started = perf_counter()
    for start in range(0, len(documents), 500):
        classify_many(documents[start : start + 500], model)
    found = {
        "load_seconds": round(loaded - began, 2),
        "documents": len(documents),
        "documents_a_second": round(len(documents) / (perf_counter() - started)),
        "resident_mib": _most_held(),
    }
    sys.stdout.write(json.dumps(found))


def _most_held() -> int:
    """MiB. What getrusage says of a new process still has the size of the one that started it, so
    that Linux is asked for the high-water mark of this program alone."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


if __name__ == "__main__":
    main(sys.argv[1:])
