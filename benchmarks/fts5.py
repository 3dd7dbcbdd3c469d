"""The peer: SQLite's FTS5, the way somebody would build this search who has only SQLite.

It gets the streams that the engines index, split at spaces by a tokenizer that does nothing else,
in a table without content of its own. Tags stand beside it as integers, in one table without row
ids, by notice, with an index by value. A question is one pass over the full-text table into a
temporary one, which notes of each notice the one filter that it fails, if it fails just one, and
its bm25 if it fails none; total, first page and the counts of all facets are made of that. Without
words, it goes through the notices of the rarest filter instead. Of the ways that were tried, these
were the quickest.

What cannot be said in its language raises `fts5_compiling.Inexpressible`: a product's name that is
found by its words or else by HS codes.

https://www.sqlite.org/fts5.html
"""

import sqlite3
import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks import fts5_compiling
from benchmarks.fts5_compiling import Asked
from monitor.search.document import Analysed
from monitor.search.engine import FACET_VALUES, Facet, Hit, Order, Page, Query, hs_level
from monitor.search.tree import Dated, Tag, Tagged

_SIGNS = string.punctuation.replace("'", "''").replace('"', '""')
SCHEMA = f"""
CREATE VIRTUAL TABLE said USING fts5(
    title, text, company, authority, surfaces, names,
    content='', tokenize="ascii tokenchars '{_SIGNS}'"
);
CREATE TABLE notice (id INTEGER PRIMARY KEY, published INTEGER, soonest INTEGER);
CREATE TABLE deadline (notice INTEGER, day INTEGER, PRIMARY KEY (notice, day)) WITHOUT ROWID;
CREATE TABLE tagged (
    notice INTEGER, field INTEGER, value INTEGER, PRIMARY KEY (notice, field, value)
) WITHOUT ROWID;
CREATE INDEX tagged_value ON tagged (field, value, notice);
CREATE TABLE value (id INTEGER PRIMARY KEY, field INTEGER, value TEXT);
CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, missed INTEGER, score REAL);
"""
"""`tokenchars` are all signs of ASCII, so that a stream is split at its spaces and nowhere else."""

PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -262144;
PRAGMA mmap_size = 8589934592;
PRAGMA temp_store = MEMORY;
"""

WEIGHTS = "3.0, 1.0, 1.0, 1.0, 1.0, 6.0"
"""Of the columns of `said`, in their order: about as the embedded engine weighs them."""
NONE = -1
"""The number of no filter, and of no value."""

FIELDS = (*(tag.value for tag in Tag if tag is not Tag.HS), "hs2", "hs4", "hs6")
_NUMBERS = {field: number for number, field in enumerate(FIELDS)}
_FACETS = {Facet.CHAPTER: "hs2", Facet.HEADING: "hs4"}
_ORDERS = {
    Order.RELEVANCE: "score, id DESC",
    Order.NEWEST: "published DESC, id DESC",
    Order.OLDEST: "published, id",
    Order.SOONEST: "soonest, id",
}

Counts = list[tuple[str, int]]


class Fts5:
    """An index in one file that does not exist yet, for one thread."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file)
        self._db.executescript(PRAGMAS + SCHEMA)
        self._values: dict[tuple[str, str], int] = {}
        self._names: list[str] = []
        self._sizes: list[int] = []
        """Of every value: what it is called, and how many notices have it."""

    def write(self, notices: Collection[Analysed]) -> None:
        """Add notices that it has not got, in one transaction."""
        days = ((n.notice_id, day) for n in notices for day in n.deadlines)
        with self._db:
            self._insert("said (rowid, title, text, company, authority, surfaces, names)",
                         map(_streams, notices))  # fmt: skip
            self._insert("notice", ((n.notice_id, n.published, n.soonest) for n in notices))
            self._insert("deadline", days)
            self._insert("tagged", chain.from_iterable(map(self._tags, notices)))

    def settle(self) -> None:
        """Everything into the one file."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        self._db.close()

    def search(self, query: Query) -> Page:
        """Raises `Inexpressible`."""
        asked = fts5_compiling.asked(query.tree)
        chosen = {f: Tagged(f.tag, values) for f, values in query.chosen.items() if values}
        filters = list(chosen.values())
        self._db.execute("DELETE FROM found")
        if asked.match:
            self._find(asked, filters)
        else:
            self._go_through(asked, filters)
        (total,) = self._db.execute(f"SELECT count(*) FROM found WHERE missed = {NONE}").fetchone()
        counted = self._counted(query.facets, list(chosen))
        if not asked.match and not asked.conditions and len(chosen) == 1:
            # What the one filter would leave if it were not there is everything.
            counted |= self._everywhere([facet for facet in query.facets if facet in chosen])
        return Page(hits=self._hits(query), total=total, facets=counted)

    def _find(self, asked: Asked, filters: Sequence[Tagged]) -> None:
        """Fill `found` with what says the words and fails no filter, or just one."""
        passed = [self._has(each, "said.rowid") for each in filters]
        where = ["said MATCH ?", *(self._condition(c, "said.rowid") for c in asked.conditions)]
        if len(passed) > 1:
            where.append(f"{' + '.join(passed)} >= {len(passed) - 1}")
        failing = " ".join(f"WHEN NOT {one} THEN {n}" for n, one in enumerate(passed))
        missed = f"CASE {failing} ELSE {NONE} END" if passed else str(NONE)
        self._db.execute(
            f"INSERT INTO found SELECT rowid, {missed},"
            f" CASE WHEN {' AND '.join(passed) or 1} THEN bm25(said, {WEIGHTS}) END"
            f" FROM said WHERE {' AND '.join(where)}",
            (asked.match,),
        )

    def _go_through(self, asked: Asked, filters: Sequence[Tagged]) -> None:
        """The same where no words are asked for."""
        self._fill(NONE, filters, asked.conditions)
        for number, failed in enumerate(filters):
            rest = [each for each in filters if each is not failed]
            if rest or asked.conditions:
                self._fill(number, rest, asked.conditions, failed)

    def _fill(
        self,
        missed: int,
        filters: Sequence[Tagged],
        conditions: Sequence[Tagged | Dated],
        failed: Tagged | None = None,
    ) -> None:
        """Go through the notices of the rarest filter, or through all where there is none."""
        rarest = min(filters, key=self._size, default=None)
        table, row = ("tagged", "tagged.notice") if rarest else ("notice", "notice.id")
        where = [self._listed(rarest, table)] if rarest else ["1"]
        where += [self._has(each, row) for each in filters if each is not rarest]
        where += [self._condition(each, row) for each in conditions]
        if failed:
            where.append(f"NOT {self._has(failed, row)}")
        self._db.execute(
            f"INSERT OR IGNORE INTO found SELECT {row}, {missed}, 0"
            f" FROM {table} WHERE {' AND '.join(where)}"
        )

    def _condition(self, node: Tagged | Dated, row: str) -> str:
        if isinstance(node, Dated):
            return fts5_compiling.dated(node, row)
        return self._has(node, row)

    def _has(self, node: Tagged, row: str) -> str:
        listed = self._listed(node, "other")
        return f"EXISTS (SELECT 1 FROM tagged AS other WHERE {listed} AND other.notice = {row})"

    def _listed(self, node: Tagged, table: str) -> str:
        """That a row of the table holds one of the values."""
        fields = ", ".join({str(_NUMBERS[field]) for field, _ in fts5_compiling.pairs(node)})
        values = ", ".join(str(value) for value in self._known(node))
        return f"{table}.field IN ({fields}) AND {table}.value IN ({values})"

    def _size(self, node: Tagged) -> int:
        return sum(self._sizes[value] for value in self._known(node) if value != NONE)

    def _known(self, node: Tagged) -> list[int]:
        return [self._values.get(pair, NONE) for pair in fts5_compiling.pairs(node)]

    def _hits(self, query: Query) -> list[Hit]:
        joined = "" if query.order is Order.RELEVANCE else "JOIN notice USING (id)"
        rows = self._db.execute(
            f"SELECT id, score FROM found {joined} WHERE missed = {NONE}"
            f" ORDER BY {_ORDERS[query.order]} LIMIT ? OFFSET ?",
            (query.limit, query.offset),
        )
        return [Hit(notice_id, -score) for notice_id, score in rows]

    def _counted(self, facets: Sequence[Facet], chosen: Sequence[Facet]) -> dict[Facet, Counts]:
        """Of each facet the notices that fail no filter, or no other than its own."""
        own = [(number, [facet]) for number, facet in enumerate(chosen) if facet in facets]
        by_field: dict[int, Counter[str]] = {_field(facet): Counter() for facet in facets}
        for missed, of in ((NONE, facets), *own):
            rows = self._db.execute(
                "SELECT tagged.field, tagged.value, count(*)"
                " FROM found CROSS JOIN tagged ON tagged.notice = found.id"
                f" WHERE found.missed = {missed}"
                f" AND tagged.field IN ({', '.join(str(_field(facet)) for facet in of)})"
                " GROUP BY tagged.value"
            )
            for field, value, count in rows:
                by_field[field][self._names[value]] += count
        return {facet: _commonest(by_field[_field(facet)].items()) for facet in facets}

    def _everywhere(self, facets: Sequence[Facet]) -> dict[Facet, Counts]:
        """Counts of all notices."""
        asked = "SELECT value, count(*) FROM tagged WHERE field = ? GROUP BY value"
        return {
            facet: _commonest(
                (self._names[value], n) for value, n in self._db.execute(asked, (_field(facet),))
            )
            for facet in facets
        }

    def _insert(self, table: str, rows: "Iterator[tuple[Any, ...]]") -> None:
        first = next(rows, None)
        if first is not None:
            marks = ", ".join("?" * len(first))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", chain((first,), rows))

    def _tags(self, notice: Analysed) -> list[tuple[int, int, int]]:
        pairs = {
            (hs_level(value) if tag is Tag.HS else tag.value, value)
            for tag, values in notice.tags.items()
            for value in values
        }
        return sorted(
            (notice.notice_id, _NUMBERS[field], self._noted(field, value)) for field, value in pairs
        )

    def _noted(self, field: str, value: str) -> int:
        """The number of a value that one notice more has."""
        known = self._values.get((field, value))
        if known is None:
            known = self._values[field, value] = len(self._names)
            self._names.append(value)
            self._sizes.append(0)
            row = (known, _NUMBERS[field], value)
            self._db.execute("INSERT INTO value VALUES (?, ?, ?)", row)
        self._sizes[known] += 1
        return known


def _field(facet: Facet) -> int:
    return _NUMBERS[_FACETS.get(facet, facet.value)]


def _commonest(counts: Iterable[tuple[str, int]]) -> Counts:
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:FACET_VALUES]


def _streams(notice: Analysed) -> tuple[int, str, str, str, str, str, str]:
    return (
        notice.notice_id,
        notice.title,
        notice.text,
        notice.company,
        notice.authority,
        " ".join(notice.surfaces),
        " ".join(notice.names),
    )
