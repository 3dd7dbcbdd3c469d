"""Whether Chinese words find foreign notices: recall within the first fifty, on labelled sets.

    fenghuo evaluate --search

`recall_queries.csv` holds names of products in Chinese, as an analyst would type them, and for each
the beginnings by which the labelled sets call that product. Relevant are the notices of these
products, whatever the index knows of them. The notices carry nothing but title, text and what the
matcher in service claims of them; no Chinese stands in any of them. Two sets:

- `own`: 660 titles in eleven languages, written for measuring; nothing has learned from them;
- `gazette`: 1,824 of the Federal Register. The matcher in service has learned their codes, so the
  figure is of search, not of reading unseen notices.

The recall of a query is the share of its relevant notices among the first fifty, of fifty where
there are more.
"""

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from models.products.classify import Classification, classify_many
from models.products.classify import Document as Text
from monitor.search.document import Document, analysed
from monitor.search.documents import FOUND_AT, MAYBE_AT, SURE_AT
from monitor.search.embedded.engine import EmbeddedEngine
from monitor.search.engine import Query
from monitor.search.language import parse
from monitor.search.tree import Node, Tag
from monitor.search.widening import widened

FIRST = 50
GAZETTE = "labelled/fr_notices_with_hs.jsonl"
DAY = date(2025, 1, 1)


@dataclass(frozen=True)
class Labelled:
    """A notice of a known product."""

    set: str
    product: str
    text: Text


@dataclass(frozen=True)
class Asked:
    """A query on a set: how many notices are relevant, and how many of these each way finds."""

    set: str
    query: str
    relevant: int
    exact: int
    widened: int

    @property
    def most(self) -> int:
        """How many can be among the first fifty."""
        return min(FIRST, self.relevant)


@dataclass(frozen=True)
class Measured:
    asked: Sequence[Asked]

    def recall(self, way: str, of: str | None = None) -> float:
        """The mean over queries, of one set or of all."""
        rows = [row for row in self.asked if of in (None, row.set)]
        return float(sum(getattr(row, way) / row.most for row in rows) / len(rows))

    def as_dict(self) -> dict[str, Any]:
        return {
            "first": FIRST,
            "recall": {
                name: {way: round(self.recall(way, of), 4) for way in ("exact", "widened")}
                for name, of in self._sets().items()
            },
            "missed": [asdict(row) for row in self.asked if row.widened < 0.5 * row.most],
        }

    def _sets(self) -> dict[str, str | None]:
        return {"all": None} | {name: name for name in sorted({row.set for row in self.asked})}


def measure(data: Path) -> Measured:
    """Builds an index of the labelled notices in a folder of its own, and asks it."""
    notices = [*_own(), *_gazette(data / GAZETTE)]
    found = classify_many([notice.text for notice in notices])
    with tempfile.TemporaryDirectory() as place:
        engine = EmbeddedEngine(Path(place))
        rows = enumerate(zip(notices, found, strict=True), start=1)
        engine.write([analysed(_document(n, *pair), DAY) for n, pair in rows])
        return Measured([row for query in _queries() for row in _ask(engine, query, notices)])


def table(measured: Measured) -> Iterator[str]:
    figures = measured.as_dict()
    yield f"{'recall within the first ' + str(FIRST):<30}{'words':>8}{'widened':>9}{'queries':>9}"
    for name, recall in figures["recall"].items():
        count = sum(name in ("all", row.set) for row in measured.asked)
        yield f"{name:<30}{recall['exact']:>8.3f}{recall['widened']:>9.3f}{count:>9}"
    for row in figures["missed"]:
        yield f"  missed: {row['query']} ({row['set']}: {row['widened']} of {row['relevant']})"


def _ask(
    engine: EmbeddedEngine, query: Mapping[str, str], notices: Sequence[Labelled]
) -> Iterator[Asked]:
    names = query["products"].split(";")
    typed = parse(query["query"])
    ways = [_first(engine, typed), _first(engine, widened(typed)[0])]
    for name in ("own", "gazette"):
        relevant = {
            n
            for n, notice in enumerate(notices, start=1)
            if notice.set == name and any(each in notice.product for each in names)
        }
        if relevant:
            exact, wide = (len(set(found) & relevant) for found in ways)
            yield Asked(name, query["query"], len(relevant), exact, wide)


def _first(engine: EmbeddedEngine, tree: Node) -> list[int]:
    return [hit.notice_id for hit in engine.search(Query(tree, limit=FIRST)).hits]


def _document(notice_id: int, notice: Labelled, found: Classification) -> Document:
    claims = {claim.code: claim.probability for claim in (*found.hs4, *found.hs6)}
    return Document(
        notice_id=notice_id,
        title=notice.text.title,
        text=notice.text.text,
        language=notice.text.language,
        published=DAY,
        tags={Tag.HS: _codes(claims, FOUND_AT), Tag.MAYBE: _codes(claims, MAYBE_AT)},
        sure=_codes(claims, SURE_AT),
    )


def _codes(claims: Mapping[str, float], least: float) -> list[str]:
    kept = (code for code, probability in claims.items() if probability >= least)
    return sorted({code[:digits] for code in kept for digits in (4, 6) if len(code) >= digits})


def _own() -> Iterator[Labelled]:
    path = files("models.products.evaluation").joinpath("notices.csv")
    with path.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            if row["hs"] and row["language"] != "zh":
                text = Text(str(number), row["title"], row["text"], row["language"])
                yield Labelled("own", row["product"].lower(), text)


def _gazette(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = Text(row["document_number"], row["title"], row["abstract"] or "", "en")
            yield Labelled("gazette", row["product"].lower(), text)


def _queries() -> list[dict[str, str]]:
    path = Path(__file__).with_name("recall_queries.csv")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
