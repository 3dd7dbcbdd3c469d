"""How long a backup and its restore take, and how large it is.

    python -m benchmarks.backup --data ../shared/data --notices 100000

Fills an installation of its own with notices of the corpus and their product claims, and bundles of
their texts as a crawl leaves them; then runs `fenghuo backup` and `fenghuo restore` as processes,
open and sealed, while nobody writes. Peak memory is the process's own (`VmHWM` of Linux).
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

CHUNK = 1000
MAIN = """
import atexit, pathlib, re
from config.cli import main
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
main()
"""


def fill(data: Path, var: Path, notices: int) -> None:
    from config.cli import records  # noqa: PLC0415 - the environment has to be set first

    records()
    from benchmarks.corpus import Corpus, Draft  # noqa: PLC0415
    from monitor.notices.models import Notice, ProductClaim  # noqa: PLC0415

    def stored(drafts: Sequence[Draft]) -> None:
        Notice.objects.bulk_create(draft.notice for draft in drafts)
        ProductClaim.objects.bulk_create(
            ProductClaim(notice=d.notice, code=code, probability=p, evidence=[], model="bench")
            for d in drafts
            for code, p in d.claims
        )

    drafts = Corpus(data).drafts(1, notices)
    for number in range(0, notices, CHUNK):
        chunk = list(islice(drafts, CHUNK))
        stored(chunk)
        _bundle(var / "bundles" / f"bench-{number:07}", chunk)


def _bundle(folder: Path, drafts: "Sequence[object]") -> None:
    folder.mkdir(parents=True)
    texts = [vars(draft.notice)["title"] + vars(draft.notice)["abstract"] for draft in drafts]  # type: ignore[attr-defined]
    (folder / "items.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    with gzip.open(folder / "captures.warc.gz", "wt", encoding="utf-8") as out:
        out.writelines(texts)


def measured(name: str, *words: str) -> dict[str, object]:
    begun = perf_counter()
    command = [sys.executable, "-c", MAIN, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds = round(perf_counter() - begun, 1)
    return {"what": name, "seconds": seconds, "peak_mib": int(done.stdout) // 1024}


def run(data: Path, notices: int) -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory() as place:
        var, folder = Path(place) / "var", Path(place)
        os.environ["FENGHUO_VAR"] = str(var)
        os.environ["FENGHUO_BACKUP_PASSPHRASE"] = "a passphrase of the benchmark"
        fill(data, var, notices)
        for name, options in (("open", ()), ("sealed", ("--encrypt",))):
            file = folder / name
            yield measured(f"backup, {name}", "backup", str(file), *options)
            into = str(folder / f"{name}-again")
            yield measured(f"restore, {name}", "restore", str(file), "--into", into)
        yield {
            "notices": notices,
            "database_mib": (var / "fenghuo.sqlite3").stat().st_size >> 20,
            "bundles_mib": sum(p.stat().st_size for p in (var / "bundles").rglob("*")) >> 20,
            "archive_mib": (folder / "open").stat().st_size >> 20,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--notices", type=int, default=100_000)
    given = parser.parse_args()
    for figure in run(given.data.resolve(), given.notices):
        print(json.dumps(figure))  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main()
