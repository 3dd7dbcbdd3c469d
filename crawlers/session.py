"""One crawl while it runs: what it knows, what it has fetched, what went wrong."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from bundles.files import PART, BundleWriter
from bundles.items import NoticeItem, RejectedRow
from crawlers.job import Job, Report
from crawlers.memory import Memory, Validator
from crawlers.warc import Captures, Exchange, exchanges

RESUME_FOR = timedelta(hours=12)
"""How long what a dead crawl has fetched is still fresh enough to go on with."""

SPOILED = "spoiled.txt"


class Journal:
    """What crawls of this source that died have fetched and never published.

    Their captures are the cursor: the new crawl walks the same way, is answered out of them where
    they have the answer, and asks the publisher from there on. Only bodies are kept in memory
    (the responses of one unfinished crawl).
    """

    def __init__(self, job: Job) -> None:
        self.folders = sorted(job.out.glob(f"{job.source}-[0-9]*T*{PART}"))
        spoiled = {url for folder in self.folders for url in _spoiled(folder)}
        self._answers = {it.url: it for it in self._fresh(job.now) if it.url not in spoiled}

    def _fresh(self, now: datetime) -> Iterator[Exchange]:
        for folder in self.folders:
            captures = folder / "captures.warc.gz"
            for it in exchanges(captures) if captures.exists() else ():
                if it.status == 200 and now - it.fetched_at < RESUME_FOR:
                    yield it

    def answer(self, url: str) -> Exchange | None:
        """What the publisher has answered already. Given once: a retry asks the publisher."""
        return self._answers.pop(url, None)

    def forget(self) -> None:
        """Everything is in a published bundle now."""
        for folder in self.folders:
            shutil.rmtree(folder)


def _spoiled(folder: Path) -> list[str]:
    """What was fetched and could not be used: asking again is the only cure."""
    path = folder / SPOILED
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


class Window(NamedTuple):
    """Days of publication, both included."""

    start: date
    end: date


class Session:
    """The spider, the middlewares and the pipeline of one crawl meet here."""

    def __init__(self, job: Job, memory: Memory) -> None:
        self.job = job
        self.memory = memory
        self.journal = Journal(job)
        self.writer = BundleWriter(job.out, job.source, job.now)
        self.warc = Captures(self.writer.warc)
        self._started = time.monotonic()
        self.validators: dict[str, Validator] = {}
        self._met: set[str] = set()
        self._seen: dict[str, str] = {}
        self.captures = self.items = self.rejected = self.unfinished = self.known = 0
        self.asked = self.answered = 0
        self.ended = False
        self.unchanged = False
        self.newest: date | None = None
        self.error = ""

    def clock(self) -> datetime:
        """The time that the job was told, and what has passed since."""
        return self.job.now + timedelta(seconds=time.monotonic() - self._started)

    def capture(self, it: Exchange) -> str:
        """Keep a response; returns its SHA-256."""
        record = self.warc.add(it)
        self.writer.capture(record)
        self.captures += 1
        return record.sha256

    def take(self, row: NoticeItem | RejectedRow) -> None:
        if isinstance(row, RejectedRow):
            self.writer.reject(row)
            self.rejected += 1
            return
        self.writer.item(row)
        self.items += 1
        self.newest = max(self.newest or row.published, row.published)

    def fail(self, reason: str) -> None:
        """The crawl cannot be trusted to be whole. The first reason is the one that counts."""
        self.error = self.error or reason

    def is_known(self, number: str, listed: bytes) -> bool:
        """Whether this document was met already: in this crawl (a list moves while it is read, and
        two queries may both have it), or in the last one, if the list says the same of it now.

        For documents whose text is a request of its own: it is not asked for again.
        """
        digest = hashlib.sha256(listed).hexdigest()
        met = number in self._met or self.memory.seen.get(number) == digest
        self._met.add(number)
        self._seen.setdefault(number, digest)
        self.known += met
        return met

    def ask_again(self, number: str) -> None:
        """What came of this document is not all of it, or could not be read."""
        self._seen[number] = ""

    def spoil(self, url: str) -> None:
        """The answer to this cannot be used: the next crawl is not to go on with it."""
        with (self.writer.folder / SPOILED).open("a", encoding="utf-8") as stream:
            stream.write(f"{url}\n")

    def trouble(self) -> str:
        """Why what was fetched is not the whole; empty where it is."""
        if not self.error and not self.ended:
            return "the crawl never began"
        if not self.error and self.asked > self.answered:
            return f"{self.asked - self.answered} of {self.asked} requests were never answered"
        return self.error

    def since(self) -> date:
        """The first day to ask for."""
        if self.memory.until is None:
            return self.job.now.date() - timedelta(days=self.job.first_days)
        return self.memory.until - timedelta(days=self.job.overlap_days)

    def windows(self, days: int) -> Iterator[Window]:
        """The days to ask for, in pieces that stay clear of a publisher's limit on results."""
        start, last = self.since(), self.job.now.date()
        while start <= last:
            yield Window(start, min(start + timedelta(days=days - 1), last))
            start += timedelta(days=days)

    def publish(self) -> Path:
        return self.writer.publish(self.clock())

    def learned(self) -> Memory:
        """What to remember once the bundle has appeared."""
        return Memory(
            until=self.job.now.date(),
            validators=self.memory.validators | self.validators,
            seen=self._seen,
        )

    def report(self, bundle: Path | None) -> Report:
        outcome, error = self._verdict()
        return Report(
            outcome=outcome,
            error=error,
            bundle=None if bundle is None else bundle.name,
            captures=self.captures,
            items=self.items,
            rejected=self.rejected,
            unfinished=self.unfinished,
            newest=self.newest,
        )

    def _verdict(self) -> tuple[Literal["ok", "empty", "failed"], str]:
        rows = self.items + self.rejected + self.known
        if trouble := self.trouble():
            return "failed", trouble
        if not rows and not self.unchanged and self.job.should_have_results:
            return "empty", "no rows from a source that always has some"
        if rows and self.rejected / rows > self.job.max_rejected_share:
            return "failed", f"{self.rejected} of {rows} rows could not be read"
        return "ok", ""
