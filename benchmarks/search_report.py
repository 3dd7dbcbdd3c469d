"""What was measured, as figures for a file and as the lines that a person reads."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.percentiles import median_and_p95
from benchmarks.search_engines import EMBEDDED
from benchmarks.search_mix import Sort
from benchmarks.search_pages import Pages
from benchmarks.search_run import Step

ASKABLE = frozenset(Sort) - {Sort.GOODS}
"""Questions that FTS5 can be asked: what engines are compared on."""


@dataclass(frozen=True)
class Machine:
    """`load`: over a minute, at the start and at the end."""

    cores: int
    memory_gib: float
    load: tuple[float, float]


@dataclass(frozen=True)
class Report:
    """`corpus`: how the notices were made; `questions`: how many."""

    machine: Machine
    corpus: str
    questions: int
    steps: Sequence[Step]
    pages: Sequence[Pages]

    def as_dict(self) -> dict[str, Any]:
        return {
            "machine": asdict(self.machine),
            "corpus": self.corpus,
            "questions": self.questions,
            "steps": [_figures(step) for step in self.steps],
            "against": [
                {"engine": step.engine, "notices": step.notices, "p50": p50, "p95": p95}
                for step, p50, p95 in self.ratios()
            ],
            "pages": [asdict(pages) for pages in self.pages],
        }

    def ratios(self) -> Iterator[tuple[Step, float, float]]:
        """Of every step of another engine: how many times quicker the embedded one answers, at the
        median and at the 95th percentile of the questions that FTS5 can be asked."""
        own = {step.notices: step for step in self.steps if step.engine == EMBEDDED}
        for step in self.steps:
            if step.engine != EMBEDDED and step.notices in own:
                ours, theirs = (percentiles(s, ASKABLE) for s in (own[step.notices], step))
                yield step, theirs[0] / ours[0], theirs[1] / ours[1]


def percentiles(step: Step, sorts: Collection[Sort] = frozenset(Sort)) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    return median_and_p95(
        time for sort, found in step.times.items() if sort in sorts for time in found
    )


def rate(step: Step) -> float:
    """Notices written a second; the embedded engine analyses them too in that time."""
    return step.added / step.writing


def _figures(step: Step) -> dict[str, Any]:
    p50, p95 = percentiles(step)
    return {
        "engine": step.engine,
        "notices": step.notices,
        "written_a_second": rate(step),
        "peak_mib": step.peak_mib,
        "index_bytes": step.bytes,
        "p50": p50,
        "p95": p95,
        "sorts": {s.value: percentiles(step, {s}) for s in Sort if s in step.times},
    }


def table(report: Report) -> Iterator[str]:
    """The lines that a person reads."""
    machine = report.machine
    yield f"Synthetic notices: {report.corpus}"
    yield (
        f"{machine.cores} cores, {machine.memory_gib:.1f} GiB,"
        f" load {machine.load[0]:.1f} before and {machine.load[1]:.1f} after"
    )
    yield from _indexing(report.steps)
    yield f"{report.questions} questions with filters and five facets; ms"
    yield from _asking(report)
    yield from _by_sort(report.steps)
    if report.pages:
        yield from _paging(report.pages)


def _indexing(steps: Sequence[Step]) -> Iterator[str]:
    head = f"{'notices a second':<16}{'notices':>10}{'written':>9}"
    yield f"{head}{'peak MiB':>10}{'index MiB':>11}"
    for step in steps:
        head = f"{step.engine:<16}{step.notices:>10,}{rate(step):>9,.0f}"
        yield f"{head}{_number(step.peak_mib):>10}{step.bytes / 2**20:>11,.0f}"


def _asking(report: Report) -> Iterator[str]:
    ratios = {(step.engine, step.notices): both for step, *both in report.ratios()}
    head = f"{'':<16}{'notices':>10}{'p50':>9}{'p95':>9}"
    yield f"{head}{'askable p50':>13}{'p95':>9}{'ours p50':>10}{'p95':>8}"
    for step in report.steps:
        (p50, p95), (some50, some95) = percentiles(step), percentiles(step, ASKABLE)
        head = f"{step.engine:<16}{step.notices:>10,}{p50:>9.2f}{p95:>9.2f}"
        head += f"{some50:>13.2f}{some95:>9.2f}"
        both = ratios.get((step.engine, step.notices))
        yield f"{head}{both[0]:>9.1f}×{both[1]:>7.1f}×" if both else head


def _by_sort(steps: Sequence[Step]) -> Iterator[str]:
    """At the largest size that each engine was asked at."""
    last = {step.engine: step for step in steps}
    yield "".join(
        [f"{'p50 and p95 of':<22}", *(f"{f'{s.engine} {s.notices:,}':>25}" for s in last.values())]
    )
    for sort in Sort:
        cells = (_cell(step, sort) for step in last.values())
        yield "".join([f"{sort.value:<22}", *(f"{cell:>25}" for cell in cells)])


def _cell(step: Step, sort: Sort) -> str:
    if sort not in step.times:
        return "-"
    p50, p95 = percentiles(step, {sort})
    return f"{p50:.2f} {p95:>9.2f}"


def _paging(pages: Sequence[Pages]) -> Iterator[str]:
    yield f"pages over HTTP, one writer beside them, {pages[0].notices:,} notices; ms"
    head = f"{'readers':>8}{'pause s':>9}{'pages':>8}{'pages/s':>9}"
    yield f"{head}{'p50':>8}{'p95':>8}{'written/s':>11}"
    for row in pages:
        head = f"{row.readers:>8}{row.pause:>9.1f}{row.pages:>8,}{row.pages_a_second:>9.1f}"
        yield f"{head}{row.median:>8.0f}{row.p95:>8.0f}{row.written_a_second:>11,.0f}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def agree(steps: Sequence[Step]) -> None:
    """Raises ValueError where an engine found other notices than the embedded one."""
    own = {step.notices: step.answers for step in steps if step.engine == EMBEDDED}
    for step in steps:
        for number, (one, other) in enumerate(zip(own[step.notices], step.answers, strict=True)):
            if other is not None and one != other:
                raise ValueError(
                    f"question {number} of {step.notices:,} notices: {step.engine} finds"
                    f" {other[0]}, not {one and one[0]}"
                )
