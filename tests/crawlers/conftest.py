"""A publisher on loopback, and the crawler in a process of its own, as in real life."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.job import Job, Report

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds that a crawl may take before a test gives up on it."""


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: Any, **more: Any) -> "Answer":
        return cls(json.dumps(value).encode(), **more)


@dataclass(frozen=True)
class Asked:
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


Handler = Callable[[Asked], Answer]


class Publisher:
    """Answers by path: from a function, or one answer after the other, the last for ever."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, Handler | list[Answer]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def on(self, path: str, *answers: Answer, by: Handler | None = None) -> None:
        self._answers[path] = by or list(answers)

    def requests(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        known = self._answers.get(asked.path, [Answer(status=404)])
        if callable(known):
            return known(asked)
        return known.pop(0) if len(known) > 1 else known[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        publisher = self

        class Conversation(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = Asked(parts.path, parse_qs(parts.query), dict(self.headers))
                answer = publisher.answer(asked)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: Any) -> None:
                pass

        return Conversation


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    it = Publisher()
    yield it
    it.close()


class Crawler:
    """Crawls one source of the publisher into `bundles`, remembering in `state`."""

    def __init__(self, publisher: Publisher, folder: Path, now: datetime) -> None:
        self.publisher = publisher
        self.bundles, self.state, self.now = folder / "bundles", folder / "state", now
        self.bundles.mkdir()

    def job(self, source: str, path: str, **more: Any) -> Job:
        given: dict[str, Any] = {
            "source": source,
            "endpoint": self.publisher.url + path,
            "out": self.bundles,
            "state": self.state,
            "now": self.now,
            "first_days": 1,
            "delay": 0,
            "retries": 2,
            "retry_wait": 0.01,
        }
        return Job(**given | more)

    def start(self, job: Job) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "crawlers.run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        assert process.stdin is not None
        process.stdin.write(job.model_dump_json().encode())
        process.stdin.close()
        process.stdin = None
        return process

    def crawl(self, job: Job) -> Report:
        process = self.start(job)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err.decode()
        return Report.model_validate_json(out)

    def parts(self) -> list[Path]:
        return sorted(self.bundles.glob("*.part"))

    def remembers(self, source: str) -> bool:
        return (self.state / source / "state.json").exists()


@pytest.fixture
def crawler(publisher: Publisher, tmp_path: Path, now: datetime) -> Crawler:
    return Crawler(publisher, tmp_path, now)


@pytest.fixture
def answers() -> type[Answer]:
    """What the publisher answers with."""
    return Answer
