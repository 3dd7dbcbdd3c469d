"""The table of authorities in `docs/deadlines.md`: what is known of each, and how well it holds."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.deadlines.checking import check
from monitor.deadlines.tables import RulesError

VECTORS = Path(__file__).resolve().parents[1] / "tests" / "monitor" / "deadlines" / "vectors"
BEGINS, ENDS = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEAD = (
    "| 机关 Authority | 规则 Rules | 已核实 Verified | 待核实 Not verified | 真实案件日期 Days of "
    "real cases | 休息日已知 Closed days known | 公告日期重现 Printed dates reproduced |\n"
    "|---|--:|--:|--:|--:|---|---|\n"
)


@dataclass(frozen=True)
class Figures:
    """One authority's. `vectors`: days of real cases that the tests hold its rules against."""

    authority: str
    zh: str
    rules: int
    verified: int
    vectors: int
    closed_days: str

    def cells(self) -> tuple[str, ...]:
        """All that needs no data beside the house's own."""
        counts = (self.rules, self.verified, self.rules - self.verified, self.vectors)
        return (f"{self.zh} `{self.authority}`", *map(str, counts), self.closed_days)


def figures(rules: Path) -> list[Figures]:
    """Raises RulesError where a file of the rules cannot be used."""
    report = check(rules, date.max)
    if report.errors:
        raise RulesError("\n".join(report.errors))
    return [
        Figures(
            authority=tally.authority.id,
            zh=tally.authority.zh,
            rules=tally.rules,
            verified=tally.verified,
            vectors=_vectors(tally.authority.id),
            closed_days=", ".join(map(str, tally.known)) or "—",
        )
        for tally in report.tallies
    ]


def _vectors(authority: str) -> int:
    file = VECTORS / f"{authority}.toml"
    return len(tomllib.loads(file.read_text(encoding="utf-8"))["vectors"])


def renewed(text: str, found: Sequence[Figures], shares: Mapping[str, tuple[int, int]]) -> str:
    """The document with its table made anew. `shares`: of an authority, how many dates in print
    there are, and how many of them the calendar gives."""
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{HEAD}{''.join(_lines(found, shares))}{ENDS}{after}"


def _lines(found: Sequence[Figures], shares: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for each in found:
        yield _line((*each.cells(), _share(shares.get(each.authority))))
    rules = sum(each.rules for each in found)
    verified = sum(each.verified for each in found)
    sums = (rules, verified, rules - verified, sum(each.vectors for each in found))
    pairs = (sum(count for count, _ in shares.values()), sum(n for _, n in shares.values()))
    yield _line(("合计 All", *map(str, sums), "", _share(pairs)))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _share(pairs: tuple[int, int] | None) -> str:
    if not pairs or not pairs[0]:
        return "—"
    count, agree = pairs
    return f"{agree}/{count} ({agree / count:.1%})"


def printed(text: str) -> list[tuple[str, ...]]:
    """The rows of the document's table without the share of printed dates, which needs data."""
    table = text.partition(BEGINS)[2].partition(ENDS)[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")[:-1]) for row in table]
