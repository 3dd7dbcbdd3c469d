"""What search costs, embedded and beside its peers: filling an index, questions, pages.

    python -m benchmarks.search --data DIR [--sizes N …] [--elasticsearch URL] [--json FILE]
        [--plot FILE.svg]

`DIR` holds the real feeds, of whose words synthetic notices are made (`corpus` says how), and
questions are drawn from these (`search_mix`). Every engine runs in a fresh process of its own, gets
the same notices in the same batches, and is asked the same questions when it is warm; all have to
find the same, in number and by every facet, else the run fails. On the way to the largest size the
embedded engine is asked at smaller ones too.

- Notices a second: the embedded engine analyses them as it writes, the peers get them analysed.
  Making the notices and reading them from a file is not counted.
- Memory: the most that the process has had resident, with everything that it imports.
- Questions: p50 and p95 of all, each asked `--passes` times. FTS5 cannot be asked about goods by
  words or codes; engines are compared on the others.
- Pages: `fenghuo serve` and twenty readers over HTTP, beside a writer (`search_pages`).
"""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.cli import django

if TYPE_CHECKING:
    # The house has to be told where it is before it is imported.
    from benchmarks.corpus import Corpus
    from benchmarks.search_mix import Asking
    from benchmarks.search_pages import Pages
    from benchmarks.search_report import Report
    from benchmarks.search_run import Step

GROWTH = (50_000, 100_000, 200_000, 500_000, 1_000_000)
SAMPLE = 20_000
"""Notices of the corpus that questions are drawn from."""


@dataclass(frozen=True)
class Wanted:
    """What is to be measured; see the options. `pages`: 0 where pages are not."""

    data: Path
    sizes: tuple[int, ...]
    elasticsearch: str
    questions: int
    passes: int
    pages: int
    seconds: float
    seed: int


def measured(wanted: Wanted, place: Path) -> "Iterator[Report]":
    """What is known after every engine and after the pages, so that nothing is lost with what comes
    later. `place`: the folder of the current, empty installation.

    Raises OSError where a feed is absent, ValueError where engines do not agree.
    """
    from benchmarks.corpus import Corpus  # noqa: PLC0415 - Django has to be up first
    from benchmarks.search_mix import questions  # noqa: PLC0415
    from benchmarks.search_report import Machine, Report, agree  # noqa: PLC0415

    load, memory = os.getloadavg()[0], os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    corpus = Corpus(wanted.data, wanted.seed)
    sample = [draft.document() for draft in corpus.drafts(1, min(SAMPLE, max(wanted.sizes)))]
    askings = questions(sample, wanted.questions, wanted.seed)
    steps: list[Step] = []
    pages: list[Pages] = []

    def report() -> Report:
        return Report(
            machine=Machine(os.cpu_count() or 0, memory / 2**30, (load, os.getloadavg()[0])),
            corpus=f"words of real feeds, put together anew, seed {wanted.seed}",
            questions=len(askings),
            steps=steps,
            pages=pages,
        )

    for found in _engines(wanted, corpus, askings, place):
        steps += found
        agree(steps)
        yield report()
    if wanted.pages:
        pages = _pages(wanted, corpus, askings, place)
        yield report()


def _engines(
    wanted: Wanted, corpus: "Corpus", askings: "Sequence[Asking]", place: Path
) -> "Iterator[Sequence[Step]]":
    from benchmarks import corpus_files  # noqa: PLC0415 - as above
    from benchmarks.search_engines import ELASTIC, EMBEDDED, FTS5  # noqa: PLC0415
    from benchmarks.search_run import Plan, run  # noqa: PLC0415

    most, sizes = max(wanted.sizes), tuple(sorted(wanted.sizes))
    growth = tuple(sorted({*sizes, *(size for size in GROWTH if size < most)}))
    documents, analysed = place / "documents", place / "analysed"
    _say(f"{most:,} notices are being made")
    corpus_files.make(corpus, most, documents, os.cpu_count() or 1)
    plan = Plan(
        EMBEDDED, place, documents, analysed, growth, askings, wanted.passes, wanted.elasticsearch
    )
    plans = [plan, replace(plan, engine=FTS5, points=sizes, passes=1)]
    if wanted.elasticsearch:
        plans.append(replace(plan, engine=ELASTIC, points=sizes))
    for each in plans:
        _say(f"{each.engine}: {', '.join(f'{size:,}' for size in each.points)}")
        yield run(each)
    documents.unlink()
    analysed.unlink()


def _pages(
    wanted: Wanted, corpus: "Corpus", askings: "Sequence[Asking]", place: Path
) -> "list[Pages]":
    from benchmarks.search_pages import Load, Site  # noqa: PLC0415 - as above

    _say(f"pages: {wanted.pages:,} notices")
    site = Site(corpus, wanted.pages, place / "index", place)
    return site.measure(askings, Load(seconds=wanted.seconds))


def _say(what: str) -> None:
    click.echo(what, err=True)


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--sizes", "first", default=200_000, show_default=True, help="Notices; several.")
@click.argument("others", nargs=-1, type=int)
@click.option("--elasticsearch", default="", help="Where one answers: it is measured too.")
@click.option("--questions", default=200, show_default=True)
@click.option("--passes", default=3, show_default=True, help="How often each is asked.")
@click.option("--pages", default=20_000, show_default=True, help="Notices behind them; 0: none.")
@click.option("--seconds", default=10.0, show_default=True, help="Of reading pages, each way.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures there.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the growth there, as SVG.")
def main(
    *, first: int, others: tuple[int, ...], file: Path | None, plot: Path | None, **given: Any
) -> None:
    """Measure search: embedded, beside its peers, and its pages."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["FENGHUO_VAR"] = place
        django()
        from benchmarks import search_plot, search_report  # noqa: PLC0415 - as above

        for report in measured(Wanted(sizes=(first, *others), **given), Path(place)):
            lines = list(search_report.table(report))
            if file:
                figures = json.dumps(report.as_dict(), indent=1, ensure_ascii=False)
                file.write_text(figures + "\n", encoding="utf-8")
            if plot:
                plot.write_text(search_plot.svg(report.steps), encoding="utf-8")
        click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
