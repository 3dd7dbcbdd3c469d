"""The engines that are measured, each behind the same few calls."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

import httpx

from benchmarks.fts5 import Fts5
from monitor.search.document import Analysed
from monitor.search.elastic.engine import ElasticEngine
from monitor.search.elastic.settings import ElasticSettings
from monitor.search.embedded.engine import EmbeddedEngine
from monitor.search.engine import Page, Query

EMBEDDED, FTS5, ELASTIC = "embedded", "SQLite FTS5", "Elasticsearch"
PREFIX = "fenghuo_benchmark"
"""Begins the names of what is made, and dropped, in an Elasticsearch."""


class Measured(Protocol):
    def write(self, notices: Collection[Analysed]) -> None: ...

    def search(self, query: Query) -> Page:
        """Raises `Inexpressible` where it cannot be asked."""
        ...

    def settle(self) -> None:
        """Do what it puts off when it writes."""

    def bytes(self) -> int:
        """Of its index, on the disk."""
        ...

    def peak_mib(self) -> float | None:
        """The most that its process has had in memory so far; None where that is elsewhere."""
        ...

    def close(self) -> None:
        """Leave nothing behind."""


class Embedded(EmbeddedEngine):
    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self._place = place

    def settle(self) -> None:
        """It puts nothing off."""

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self._place.rglob("*") if file.is_file())

    def peak_mib(self) -> float | None:
        return peak_mib("self")

    def close(self) -> None:
        shutil.rmtree(self._place)


class Sqlite(Fts5):
    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._file = file

    def bytes(self) -> int:
        return self._file.stat().st_size

    def peak_mib(self) -> float | None:
        return peak_mib("self")

    def close(self) -> None:
        super().close()
        self._file.unlink()


class Elastic(ElasticEngine):
    """Its process is the server's."""

    def __init__(self, url: str) -> None:
        settings = ElasticSettings(url, replicas=0, prefix=PREFIX, timeout=600)
        super().__init__(settings)
        self._http = httpx.Client(
            base_url=settings.where, auth=settings.basic_auth, timeout=600, trust_env=False
        )
        self._drop()

    def settle(self) -> None:
        self._http.post(f"/{PREFIX}/_refresh").raise_for_status()

    def bytes(self) -> int:
        stats = self._get(f"/{PREFIX}/_stats/store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def peak_mib(self) -> float | None:
        (node,) = self._get("/_nodes/_local/process,jvm")["nodes"].values()
        return peak_mib(str(node["process"]["id"]), named="java")

    def close(self) -> None:
        self._drop()
        self._http.close()

    def _drop(self) -> None:
        for row in self._get(f"/_cat/indices/{PREFIX}-*?format=json"):
            self._http.delete(f"/{row['index']}").raise_for_status()

    def _get(self, path: str) -> Any:
        return self._http.get(path).raise_for_status().json()


def peak_mib(process: str, named: str = "") -> float | None:
    """The most that a process has had resident, as Linux counts it (`self`: this one); None where
    there is no such process, or it is of another name.

    Unlike `getrusage` it leaves out what the process was forked from.
    """
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    lines = (line.split() for line in status.read_text(encoding="utf-8").splitlines())
    said = {words[0]: words[1] for words in lines if len(words) > 1}
    if named not in said["Name:"]:
        return None
    return int(said["VmHWM:"]) / 1024
