"""The search page under load: `fenghuo serve`, readers over HTTP, and a writer into its index.

The records hold notices of the corpus with their product claims; measures, and which bases they
touch, are in the index only. Readers ask the questions of `search_mix` as an address, so that words
are widened and ten facets counted, and get the first page whole. The writer does what the index
room does, batch after batch without a pause: it analyses notices that are there and writes them
again. Server, writer and readers share this machine.
"""

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path
from time import perf_counter, sleep
from typing import IO

import httpx

from benchmarks import corpus_files
from benchmarks.corpus import CHUNK, Corpus, Draft
from benchmarks.percentiles import median_and_p95
from benchmarks.search_mix import TODAY, Asking
from config import installation
from monitor.jobs.rooms import State
from monitor.notices.models import Notice, ProductClaim
from monitor.search.document import analysed
from monitor.search.embedded.engine import EmbeddedEngine

BATCH = 500
"""Notices that the index room takes at once."""
WARMING = 40
"""Pages asked for before the clock runs: the first ones load the product lexicon."""

_ADDRESS = re.compile(r"http://[^/\s]+")


@dataclass(frozen=True)
class Load:
    """`pauses`: seconds that a reader takes over a page, on average, before asking for the next; 0:
    without end. Each lasts for `seconds`."""

    readers: int = 20
    seconds: float = 10.0
    pauses: tuple[float, ...] = (1.0, 0.0)


@dataclass(frozen=True)
class Pages:
    """`median`, `p95`: milliseconds of a page; `written_a_second`: notices, by the writer."""

    notices: int
    readers: int
    pause: float
    pages: int
    pages_a_second: float
    median: float
    p95: float
    written_a_second: float


class Site:
    """An installation of its own in the current one's place, filled from a corpus. `index`: the
    folder of its index; `place`: where else it may keep files."""

    def __init__(self, corpus: Corpus, notices: int, index: Path, place: Path) -> None:
        self._notices = notices
        self._index = index
        self._documents = place / "documents"
        self._written = place / "written"
        self._said = place / "said"
        installation.migrate()
        engine = EmbeddedEngine(index)
        drafts = corpus.drafts(1, notices)
        with self._documents.open("wb") as kept:
            while batch := list(islice(drafts, CHUNK)):
                _record(batch)
                found = [draft.document() for draft in batch]
                engine.write([analysed(document, TODAY) for document in found])
                corpus_files.write(found, kept)

    def measure(self, askings: Sequence[Asking], load: Load) -> list[Pages]:
        """One figure for each of the pauses."""
        with _served(self._said) as address, self._writer():
            with _reading(address) as client:
                for asking in askings[:WARMING]:
                    _page(client, asking)
            return [self._under(load, pause, address, askings) for pause in load.pauses]

    def _under(self, load: Load, pause: float, address: str, askings: Sequence[Asking]) -> Pages:
        with ExitStack() as stack:
            # Before the clock runs: a client takes as long to make as a page.
            clients = [stack.enter_context(_reading(address)) for _ in range(load.readers)]
            threads = stack.enter_context(ThreadPoolExecutor(load.readers))
            began, written = perf_counter(), self._count()
            read = partial(_reader, askings, pause, began + load.seconds)
            times = list(chain.from_iterable(threads.map(read, clients, range(load.readers))))
            spent = perf_counter() - began
        median, p95 = median_and_p95(times)
        return Pages(
            notices=self._notices,
            readers=load.readers,
            pause=pause,
            pages=len(times),
            pages_a_second=len(times) / spent,
            median=median,
            p95=p95,
            written_a_second=(self._count() - written) / spent,
        )

    def _count(self) -> int:
        """Notices that the writer has written so far: it says one sign a batch."""
        return self._written.stat().st_size * BATCH

    @contextmanager
    def _writer(self) -> Iterator[None]:
        code = f"search_pages.write_on({str(self._documents)!r}, {str(self._index)!r})"
        with self._written.open("wb") as said:
            writer = _python(f"from benchmarks import search_pages; {code}", stdout=said)
        try:
            yield
            if writer.poll() is not None:
                raise RuntimeError("the writer has ended; what it said stands above")
        finally:
            writer.terminate()
            writer.wait()


def write_on(documents: str, index: str) -> None:
    """Write the documents of a file into the index of a folder, again and again."""
    engine = EmbeddedEngine(Path(index))
    chunks = list(corpus_files.chunks(Path(documents)))
    for chunk in cycle(chunks):
        for start in range(0, len(chunk), BATCH):
            batch = chunk[start : start + BATCH]
            engine.write([analysed(document, TODAY) for document in batch])
            sys.stdout.write("." * (len(batch) // BATCH))
            sys.stdout.flush()


def _record(drafts: Sequence[Draft]) -> None:
    notices = [draft.notice for draft in drafts]
    for notice in notices:
        notice.classify_state = notice.index_state = notice.assess_state = State.DONE
    Notice.objects.bulk_create(notices)
    ProductClaim.objects.bulk_create(
        ProductClaim(
            notice=draft.notice, code=code, probability=probability, evidence=[], model="drawn"
        )
        for draft in drafts
        for code, probability in draft.claims
    )


def _reader(
    askings: Sequence[Asking], pause: float, until: float, client: httpx.Client, number: int
) -> list[float]:
    """Milliseconds of the pages of one reader, who has an order of questions of his own."""
    chance = random.Random(number)
    own = cycle(chance.sample(askings, len(askings)))
    times: list[float] = []
    while perf_counter() < until:
        sleep(chance.expovariate(1 / pause) if pause else 0)
        times.append(_page(client, next(own)))
    return times


def _reading(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, trust_env=False, timeout=60)


def _page(client: httpx.Client, asking: Asking) -> float:
    chosen = {facet.value: list(values) for facet, values in asking.query.chosen.items()}
    began = perf_counter()
    client.get("/search/", params={"q": asking.text, **chosen}).raise_for_status()
    return (perf_counter() - began) * 1000


@contextmanager
def _served(said: Path) -> Iterator[str]:
    """The address of a server of this installation's pages; what it says goes into a file."""
    arguments = ["serve", "--port", "0", "--as-of", TODAY.isoformat()]
    with said.open("wb") as file:
        server = _python("from config.cli import main; main()", *arguments, stderr=file)
    try:
        yield _address(server, said)
    finally:
        server.terminate()
        server.wait()


def _address(server: "subprocess.Popen[bytes]", said: Path) -> str:
    """What it says once it can be reached."""
    while server.poll() is None:
        if found := _ADDRESS.search(said.read_text(encoding="utf-8")):
            return found.group()
        sleep(0.1)
    raise RuntimeError(f"`fenghuo serve` ended: {said.read_text(encoding='utf-8')}")


def _python(
    code: str, *arguments: str, stdout: IO[bytes] | None = None, stderr: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Another process of this installation, with Django up."""
    up = f"from config.cli import django; django(); {code}"
    return subprocess.Popen([sys.executable, "-c", up, *arguments], stdout=stdout, stderr=stderr)
