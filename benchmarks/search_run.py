"""One engine in a process of its own: fed a corpus step by step, and asked at every step."""

import gc
import multiprocessing
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from pathlib import Path
from time import perf_counter

from benchmarks import corpus_files
from benchmarks.corpus import CHUNK
from benchmarks.fts5_compiling import Inexpressible
from benchmarks.search_engines import EMBEDDED, FTS5, Elastic, Embedded, Measured, Sqlite
from benchmarks.search_mix import TODAY, Asking, Sort
from config.cli import django
from monitor.search.document import Analysed, Analysing
from monitor.search.engine import Facet

BATCH = 20_000
"""Notices in one write, at most; more made no engine quicker."""

Answer = tuple[int, Mapping[Facet, Sequence[tuple[str, int]]]]
"""Total and counts: what all engines have to agree on."""


@dataclass(frozen=True)
class Plan:
    """`points`: sizes at which it is asked, rising, in whole chunks. `corpus`: the documents, for
    the embedded engine, which leaves them analysed in `analysed` for the others. `passes`: how
    often each question is timed, after once that is not. `url`: of an Elasticsearch."""

    engine: str
    place: Path
    corpus: Path
    analysed: Path
    points: tuple[int, ...]
    askings: Sequence[Asking]
    passes: int
    url: str = ""


@dataclass(frozen=True)
class Step:
    """`added` notices took `writing` seconds. `times`: milliseconds of every question that it could
    answer, by what it is of. `peak_mib`: None where its process is not on this machine."""

    engine: str
    notices: int
    added: int
    writing: float
    bytes: int
    peak_mib: float | None
    times: Mapping[Sort, Sequence[float]]
    answers: Sequence[Answer | None] = field(repr=False)


def run(plan: Plan) -> list[Step]:
    """In a fresh process, so that its memory is that of this engine alone."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned, initializer=django) as process:
        return process.submit(_run, plan).result()


def _run(plan: Plan) -> list[Step]:
    engine = _engine(plan)
    with ExitStack() as stack:
        feed = _Feed(plan, stack)
        found = [_step(plan, engine, feed, *sizes) for sizes in pairwise((0, *plan.points))]
    engine.close()
    return found


def _engine(plan: Plan) -> Measured:
    if plan.engine == EMBEDDED:
        return Embedded(plan.place / "index")
    if plan.engine == FTS5:
        return Sqlite(plan.place / "fts5.sqlite3")
    return Elastic(plan.url)


class _Feed:
    """Batches for an engine: the embedded one analyses them itself as it writes; they are then
    analysed again and kept, because the others get them ready."""

    def __init__(self, plan: Plan, stack: ExitStack) -> None:
        own = plan.engine == EMBEDDED
        self._chunks = corpus_files.chunks(plan.corpus if own else plan.analysed)
        self._kept = stack.enter_context(plan.analysed.open("wb")) if own else None

    def take(self, count: int) -> Collection[Analysed]:
        taken = list(chain.from_iterable(islice(self._chunks, count // CHUNK)))
        if self._kept is None:
            return taken
        for start in range(0, len(taken), CHUNK):
            corpus_files.write(list(Analysing(taken[start : start + CHUNK], TODAY)), self._kept)
        # What was read from the file is not the engine's to look through for garbage.
        gc.freeze()
        return Analysing(taken, TODAY)


def _step(plan: Plan, engine: Measured, feed: _Feed, before: int, size: int) -> Step:
    writing = 0.0
    for start in range(before, size, BATCH):
        notices = feed.take(min(BATCH, size - start))
        began = perf_counter()
        engine.write(notices)
        writing += perf_counter() - began
    began = perf_counter()
    engine.settle()
    writing += perf_counter() - began
    times, answers = _asked(engine, plan.askings, plan.passes)
    return Step(
        engine=plan.engine,
        notices=size,
        added=size - before,
        writing=writing,
        bytes=engine.bytes(),
        peak_mib=engine.peak_mib(),
        times=times,
        answers=answers,
    )


def _asked(
    engine: Measured, askings: Sequence[Asking], passes: int
) -> tuple[Mapping[Sort, Sequence[float]], Sequence[Answer | None]]:
    """All questions once, to be warm, then all of them again and again, timed."""
    answers = [_answer(engine, asking) for asking in askings]
    times: dict[Sort, list[float]] = {}
    able = [asking for asking, answer in zip(askings, answers, strict=True) if answer]
    for _ in range(passes):
        for asking in able:
            began = perf_counter()
            engine.search(asking.query)
            times.setdefault(asking.sort, []).append((perf_counter() - began) * 1000)
    return times, answers


def _answer(engine: Measured, asking: Asking) -> Answer | None:
    try:
        page = engine.search(asking.query)
    except Inexpressible:
        return None
    return page.total, page.facets
