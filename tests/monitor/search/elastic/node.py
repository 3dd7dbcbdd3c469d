"""Real nodes of Elasticsearch on loopback, started by a script; places for engines on them."""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from monitor.search.elastic.engine import ElasticEngine
from monitor.search.elastic.settings import ElasticSettings

STARTER = "FENGHUO_START_ELASTICSEARCH"
"""The environment variable that names the script; `script --help` says what it is asked."""
BESIDE = Path(__file__).resolve().parents[5] / "shared" / "tools" / "start-elasticsearch"
FIRST_PORT, LAST_PORT = 9231, 9330
FETCHING, PATIENCE = 600, 180
"""Seconds: a first start may have to fetch the distribution; any may be slow on a busy machine."""


@dataclass(frozen=True)
class Node:
    """A node, running or stopped. `data` outlives it."""

    script: Path
    port: int
    data: Path
    password: str | None = None

    @property
    def url(self) -> str:
        login = f"elastic:{self.password}@" if self.password else ""
        return f"http://{login}127.0.0.1:{self.port}"

    def start(self) -> None:
        """Where the script gives the node up, a busy machine may still bring it up."""
        given = ["--port", str(self.port), "--data", str(self.data), "--heap", "512m"]
        secured = ["--password", self.password] if self.password else []
        said = self._run(*given, *secured)
        given_up = time.monotonic() + PATIENCE
        while said and not self.answers():
            if time.monotonic() > given_up:
                unavailable(said)
            time.sleep(1)

    def stop(self) -> None:
        for _ in range(5):
            said = self._run("--stop", "--port", str(self.port))
            if said is None:
                return
        raise RuntimeError(said)

    def answers(self) -> bool:
        login = ("elastic", self.password) if self.password else None
        with Elasticsearch(f"http://127.0.0.1:{self.port}", basic_auth=login) as client:
            return client.ping()

    def _run(self, *arguments: str) -> str | None:
        """What it says where it fails."""
        # Its output goes to a file: the node inherits it, and a pipe would never be closed.
        with tempfile.TemporaryFile() as said:
            ran = subprocess.run(
                [str(self.script), *arguments],
                stdout=said,
                stderr=said,
                timeout=FETCHING,
                check=False,
            )
            said.seek(0)
            return said.read().decode(errors="replace")[-2_000:] if ran.returncode else None


@contextmanager
def running(password: str | None = None) -> Iterator[Node]:
    """A node of its own. Where none can be started the test is skipped, or fails if `CI` is set."""
    script = Path(os.environ.get(STARTER) or BESIDE)
    if not script.is_file():
        unavailable(f"no script {script.name}: {STARTER} names it")
    # Not under pytest's own folder: the node runs as another user, who may not enter that.
    data = Path(tempfile.mkdtemp(prefix="fenghuo-elasticsearch-"))
    try:
        with claimed_port() as port:
            node = Node(script, port, data, password)
            try:
                node.start()
                yield node
            finally:
                node.stop()
    finally:
        shutil.rmtree(data, ignore_errors=True)


def unavailable(reason: str) -> None:
    said = f"NO ELASTICSEARCH, so its engine is NOT TESTED: {reason}"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)


@contextmanager
def claimed_port() -> Iterator[int]:
    """One that is free, as is the transport's, a hundred above it; nobody else who asks here gets
    it meanwhile, though the node takes long until it listens."""
    for port in range(FIRST_PORT, LAST_PORT):
        claim = Path(tempfile.gettempdir()) / f"fenghuo-elasticsearch-{port}.lock"
        with claim.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            if is_free(port) and is_free(port + 100):
                yield port
                return
    raise RuntimeError(f"no free port from {FIRST_PORT} to {LAST_PORT}")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class ElasticPlace:
    """Indices of a prefix of their own, as `contract_place.Place` wants it."""

    def __init__(self, node: Node) -> None:
        self.settings = ElasticSettings(
            node.url, replicas=0, prefix=f"test-{uuid.uuid4().hex[:12]}"
        )
        self.client = Elasticsearch(self.settings.where, basic_auth=self.settings.basic_auth)

    def open(self) -> ElasticEngine:
        return ElasticEngine(self.settings)

    def with_(self, **given: object) -> ElasticEngine:
        return ElasticEngine(replace(self.settings, **given))  # type: ignore[arg-type]

    def names(self) -> list[str]:
        """The indices that are there."""
        return sorted(self.client.indices.get(index=f"{self.settings.prefix}-*"))

    def outdate(self) -> None:
        prefix = self.settings.prefix
        served = next(iter(self.client.indices.get_alias(name=prefix)))
        another = f"{prefix}-{'0' * 12}-1"
        self.client.indices.create(index=another, settings={"number_of_replicas": 0})
        self.client.indices.update_aliases(
            actions=[
                {"remove_index": {"index": served}},
                {"add": {"index": another, "alias": prefix}},
                {"add": {"index": another, "alias": f"{prefix}-{'0' * 12}"}},
            ]
        )

    def drop(self) -> None:
        for name in self.names():
            self.client.indices.delete(index=name)
        self.client.close()
