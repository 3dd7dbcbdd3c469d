"""What it costs to find, among a great many saved searches, those that a notice satisfies.

    python -m benchmarks.sentinels --data DIR [--percolator URL] [--json FILE]

`DIR` holds the real feeds: notices are documents of the U.S. Federal Register, title and abstract,
half of them trade remedies; the goods' and the market's Chinese names stand with them as in the
index. HS codes, markets, kinds, levels and deadlines are drawn (`sentinels_mix`).

The saved searches:

- 70% goods and markets: one to three codes (a tenth chapters, half headings, the others
  subheadings), one to three of forty markets; a third of them with kinds, a quarter with a minimum
  level. Codes and markets have long tails: some are wanted by many, most by few.
- 20% words: two thirds English, one to three for themselves (of one title, none that stands in many
  notices); the others runs of two to six Chinese characters, half of these widened to a code and an
  English name; four in ten with markets.
- 10% others: words or goods; words without other words; phrases of two to five words, a third in
  titles only; prefixes of four to eight letters; ranges of days, relative ones too; nested ones.
  One in a hundred of these is satisfied by nearly every notice, or has nothing but a range.

Nothing that either side does to analyse text is counted: both get streams of terms. Ours runs on
one core in this process. The percolator is asked over loopback and uses the cores that it finds; it
is measured with one shard and with two, with and without filters by goods and markets, after it
has been warmed, and its quickest way counts. Both have to find the same sets, else the run fails.
Ratios are of one run: ours is measured again right beside each of the percolator's figures.
"""

import json
import os
import resource
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from benchmarks.sentinels_mix import TODAY, World
from benchmarks.sentinels_percolator import Percolator
from monitor.search.document import Analysed
from monitor.search.sentinels.presearcher import Presearcher
from monitor.search.tree import Node, on

NOTICES = 300
LONG = 30
"""Notices as long as a regulation in full."""
SINGLY = 100
"""Notices that the percolator is asked about one by one, after `WARMING`."""
WARMING = 150
BATCHES = 4
"""The quickest counts."""

Found = list[set[int]]


@dataclass(frozen=True)
class Ours:
    """Milliseconds a notice; `peak_mib` of the whole process so far; `matches`: the median."""

    searches: int
    characters: int
    adds_a_second: float
    peak_mib: float
    matches: float
    median: float
    p95: float


@dataclass(frozen=True)
class Beside:
    """Milliseconds a notice, the percolator's and ours: medians one by one, means in a batch."""

    searches: int
    way: str
    shards: int
    filtered: bool
    percolator: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.percolator / self.ours


@dataclass(frozen=True)
class Report:
    """`load`: of the machine, over a minute, at the start and at the end."""

    cores: int
    load: tuple[float, float]
    peer: str
    ours: Sequence[Ours]
    beside: Sequence[Beside]

    def as_dict(self) -> dict[str, Any]:
        beside = [asdict(row) | {"ratio": round(row.ratio, 1)} for row in self.beside]
        return asdict(self) | {"beside": beside, "against_the_quickest": self.ratios()}

    def ratios(self) -> dict[str, float]:
        """How many times ours is quicker than the percolator in its quickest way."""
        quickest: dict[str, Beside] = {}
        for row in sorted(self.beside, key=lambda row: row.percolator):
            quickest.setdefault(f"{row.searches:,} {row.way}", row)
        return {name: round(row.ratio, 1) for name, row in sorted(quickest.items())}


def measure(world: World, sizes: Iterable[int], compared: int, url: str | None) -> Report:
    """Sizes up to `compared` are measured beside the percolator, if there is one."""
    load, peer = os.getloadavg()[0], "none"
    notices, long = world.notices(NOTICES), world.long_notices(LONG)
    ours: list[Ours] = []
    beside: list[Beside] = []
    for size in sorted(sizes):
        presearcher = Presearcher(world.frequencies)
        if url is None or size > compared:
            ours += _alone(presearcher, world.searches(size), (notices, long))
            continue
        trees = list(world.searches(size))
        ours += _alone(presearcher, trees, (notices, long))
        for shards in (1, 2):
            with Percolator(url, shards) as percolator:
                peer = percolator.name
                percolator.write((key, on(tree, TODAY)) for key, tree in enumerate(trees))
                beside += _beside(presearcher, percolator, notices, shards)
    return Report(os.cpu_count() or 0, (load, os.getloadavg()[0]), peer, ours, beside)


def _alone(
    presearcher: Presearcher, trees: Iterable[Node], sets: Iterable[Sequence[Analysed]]
) -> list[Ours]:
    rate = _added(presearcher, trees)
    return [_ours(presearcher, rate, notices) for notices in sets]


def _added(presearcher: Presearcher, trees: Iterable[Node]) -> float:
    """Adds a second; the making of the trees is not counted."""
    spent = 0.0
    for key, tree in enumerate(trees):
        began = perf_counter()
        presearcher.add(key, tree)
        spent += perf_counter() - began
    return len(presearcher) / spent


def _ours(presearcher: Presearcher, rate: float, notices: Sequence[Analysed]) -> Ours:
    times, found = _timed(presearcher, notices)
    return Ours(
        searches=len(presearcher),
        characters=round(statistics.median(len(notice.text) for notice in notices)),
        adds_a_second=rate,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        matches=statistics.median(map(len, found)),
        median=statistics.median(times),
        p95=statistics.quantiles(times, n=20)[-1],
    )


def _timed(presearcher: Presearcher, notices: Iterable[Analysed]) -> tuple[list[float], Found]:
    """Milliseconds and matches of each notice."""
    times, found = [], []
    for notice in notices:
        began = perf_counter()
        matches = presearcher.match(notice, TODAY)
        times.append((perf_counter() - began) * 1000)
        found.append(matches)
    return times, found


def _beside(
    presearcher: Presearcher, percolator: Percolator, notices: Sequence[Analysed], shards: int
) -> Iterator[Beside]:
    """In one batch and one by one, with filters and without. Batches come first: it takes some
    thousand notices until the virtual machine under the percolator has compiled its ways."""
    some = notices[:: max(1, len(notices) // SINGLY)]
    for filtered in (False, True):
        row = Beside(len(presearcher), "batches of 300", shards, filtered, 0.0, 0.0)
        runs = [_asked(percolator, notices, filtered=filtered) for _ in range(BATCHES)]
        ours = [_timed(presearcher, notices) for _ in range(BATCHES)]
        _same(ours[0][1], runs[0][1])
        yield replace(
            row,
            percolator=min(time for time, _ in runs) / len(notices),
            ours=min(sum(times) for times, _ in ours) / len(notices),
        )

        for notice in notices[:WARMING]:
            percolator.match([notice], filtered=filtered)
        theirs = [_asked(percolator, [notice], filtered=filtered) for notice in some]
        times, found = _timed(presearcher, some)
        _same(found, [matches for _, (matches,) in theirs])
        asked = statistics.median(time for time, _ in theirs)
        yield replace(row, way="one by one", percolator=asked, ours=statistics.median(times))


def _asked(
    percolator: Percolator, notices: Sequence[Analysed], *, filtered: bool
) -> tuple[float, Found]:
    """Milliseconds of the request, with the reading of its answer."""
    began = perf_counter()
    found = percolator.match(notices, filtered=filtered)
    return (perf_counter() - began) * 1000, found


def _same(ours: Found, theirs: Found) -> None:
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            raise ValueError(f"notice {number}: only one of both found {sorted(one ^ other)[:9]}")


def table(report: Report) -> Iterator[str]:
    """The lines that a person reads."""
    yield f"{report.cores} cores, load {report.load[0]:.1f} before and {report.load[1]:.1f} after"
    head = f"{'searches':>10}{'characters':>12}{'adds/s':>9}{'MiB':>7}{'matches':>9}"
    yield f"{head}{'median':>9}{'p95':>9}"
    for row in report.ours:
        head = f"{row.searches:>10,}{row.characters:>12,}{row.adds_a_second:>9,.0f}"
        head += f"{row.peak_mib:>7,.0f}{row.matches:>9,.0f}"
        yield f"{head}{row.median:>6.2f} ms{row.p95:>6.2f} ms"
    if not report.beside:
        return
    yield f"beside {report.peer}, which found the same sets; ms a notice"
    head = f"{'searches':>10}  {'way':<15}{'shards':>7}{'filters':>9}"
    yield f"{head}{'theirs':>9}{'ours':>8}{'ratio':>9}"
    for pair in report.beside:
        head = f"{pair.searches:>10,}  {pair.way:<15}{pair.shards:>7}"
        head += f"{'yes' if pair.filtered else 'no':>9}"
        yield f"{head}{pair.percolator:>9.2f}{pair.ours:>8.3f}{pair.ratio:>8.1f}×"
    for name, ratio in report.ratios().items():
        yield f"against its quickest way, {name}: {ratio:.1f}×"


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--sizes", default="20000,100000,1000000", help="Saved searches, with commas.")
@click.option("--compared", default=100_000, help="The most that the percolator gets.")
@click.option("--percolator", "url", help="Where an OpenSearch answers; without: only ours.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures there.")
def main(data: Path, sizes: str, compared: int, url: str | None, file: Path | None) -> None:
    """Measure sentinels, alone and beside a percolator."""
    report = measure(World(data), map(int, sizes.split(",")), compared, url)
    for line in table(report):
        click.echo(line)
    if file:
        file.write_text(json.dumps(report.as_dict(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
