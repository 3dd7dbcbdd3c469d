"""What the matcher learns from: every file by name, its reader, its weight, and the products in it.

The files stand in a data folder (`fenghuo train --data`); the lexicon and our Chinese names are
packaged. Network and stacks read nothing else. `labelled/zh_trade_remedy_notices.jsonl` and
`labelled/hscodecomp.jsonl` are no sources: they measure, and the second scales what comes out of
the stack (`scales.py`).
"""

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from models.nomenclature import hs, revisions
from models.products.boilerplate import product_part
from models.products.evaluation.splits import fold, product_key
from models.products.network import NOTHING
from models.products.references import references


@dataclass(frozen=True)
class Example:
    """A text, and where in HS2022 its goods are: codes of four or six digits that share it evenly.

    `product` is what a split must not cut: texts of one product are in one fold together.
    `language`: ISO 639-1. `is_notice`: worded by an authority, not only the name of goods.
    """

    text: str
    codes: tuple[str, ...]
    source: str
    product: str
    weight: float
    language: str
    is_notice: bool

    @property
    def names_nothing(self) -> bool:
        return self.codes == (NOTHING,)


class Row(NamedTuple):
    """What a reader finds."""

    text: str
    codes: tuple[str, ...]
    product: str
    language: str = "en"


Rows = Iterator[Row]


@dataclass(frozen=True)
class Source:
    """A declared input. `path` is under the data folder; None where it is packaged.
    `of_notices`: its texts are those of authorities."""

    name: str
    path: str | None
    weight: float
    read: Callable[[Path], Rows]
    of_notices: bool = False


def current(code: str) -> tuple[str, ...]:
    """Where a code of any edition and length stands in HS2022; empty where no edition knows it."""
    level = code[:6] if len(code) >= 6 else code[:4]
    if hs.exists(level):
        return (level,)
    moved = revisions.moved(level)
    if moved is not None:
        return moved.hs6 or moved.headings
    return (level[:4],) if hs.exists(level[:4]) else ()


def _currents(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({now for code in codes for now in current(code)}))


def _packaged(wanted: frozenset[str]) -> Callable[[Path], Rows]:
    def read(_: Path) -> Rows:
        for entry in references():
            if entry.source in wanted:
                yield Row(entry.text, (entry.code,), product_key(entry.text), entry.language)

    return read


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _columns(code: str, text: str, language: str = "en") -> Callable[[Path], Rows]:
    def read(path: Path) -> Rows:
        for row in _table(path):
            name = _cleaned(row[text])
            if name and len(row[code]) >= 4:
                yield Row(name, _currents([row[code]]), product_key(name), language)

    return read


_RESIDUAL = re.compile(
    r"(?:l[oa]s dem[aá]s|los tipos|loại khác|khác|其他|未列名.{0,4})\W*", re.IGNORECASE
)


def _cleaned(text: str) -> str:
    """Without the dashes of the level; empty where it is only "other"."""
    name = text.strip(" -–.;:\t")
    return "" if _RESIDUAL.fullmatch(name) else name


def _bilingual(path: Path) -> Rows:
    for row in _table(path):
        for name in row["names_zh"].split("｜"):
            if name:
                yield Row(name, _currents([row["hs6"]]), product_key(name), "zh")


def _headings(path: Path) -> Rows:
    for row in _table(path):
        name = row["text_zh"]
        yield Row(name, _currents([row["heading"]]), product_key(name), "zh")


def _synthetic(path: Path) -> Rows:
    for row in _table(path):
        text = row["product_description"]
        yield Row(text, _currents([row["hs6_code"]]), product_key(text))


def _beside(name: str) -> Iterator[dict[str, str]]:
    """A table of our own, packaged beside this module."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _listings(_: Path) -> Rows:
    """What web shops write: a long title, alone and with its shelf and material."""
    for row in _beside("listings.csv"):
        for text in (row["title"], f"{row['title']} {row['shelf']}"):
            yield Row(text, (row["hs"],), product_key(row["title"]))


_WRAPPED = 6
"""One term of so many is also seen within a title."""


def _titles(_: Path) -> Rows:
    """Terms of the lexicon within titles of their language; titles that name no goods at all."""
    forms: dict[str, list[str]] = {}
    for row in _beside("titles.csv"):
        if "{}" in row["title"]:
            forms.setdefault(row["language"], []).append(row["title"])
        else:
            yield Row(row["title"], (NOTHING,), row["title"], row["language"])
    for entry in references():
        lot = fold(entry.text, _WRAPPED * 100)
        if entry.language in forms and lot % _WRAPPED == 0:
            chosen = forms[entry.language][lot // _WRAPPED % len(forms[entry.language])]
            title = chosen.format(entry.text)
            yield Row(title, (entry.code,), product_key(entry.text), entry.language)


def _search_terms(path: Path) -> Rows:
    terms: dict[str, str] = json.loads(path.read_text("utf-8"))
    for term, code in terms.items():
        yield Row(term, _currents([code]), product_key(term))


def _measures(path: Path) -> Rows:
    for row in _table(path):
        text = row["Product description"].strip()
        codes = _currents(re.findall(r"\d{4,10}", row["HS"] or ""))
        if text and codes:
            yield Row(text, codes, product_key(text))


def _notices(path: Path) -> Rows:
    for row in _lines(path):
        codes = row["hs6"]
        product = product_key(str(row["itip_product"]))
        if isinstance(codes, list):
            yield Row(product_part(str(row["title"])), _currents(map(str, codes)), product)


_JUDGED = "labelled/judged_claims.jsonl"
"""What `fenghuo examples` prints: the claims that people confirmed or rejected, who and when."""


def _judged(path: Path) -> Rows:
    """The confirmed codes of a text together."""
    by_text: dict[tuple[str, str], set[str]] = {}
    for row in _lines(path):
        if row["right"] and len(str(row["code"])) >= 4:
            key = (str(row["text"]), str(row["language"]))
            by_text.setdefault(key, set()).add(str(row["code"]))
    for (text, language), codes in by_text.items():
        yield Row(text, _currents(codes), product_key(text), language)


def _rejected(folder: Path) -> set[tuple[str, str]]:
    """(words of a text, heading) that a person rejected: no other source teaches that either."""
    path = folder / _JUDGED
    if not path.is_file():
        return set()
    rows = (row for row in _lines(path) if not row["right"])
    return {(product_key(str(row["text"])), str(row["code"])[:4]) for row in rows}


_NO_GOODS = re.compile(
    r"sunshine act|\bmeetings?\b|privacy act|information collection|airspace|drawbridge|"
    r"advisory (?:committee|council)|self-regulatory|environmental impact|notice of filing|"
    r"sunset review$|request for comments|grant|delegation|records|hearing|appointment|"
    r"^(?:opportunity|initiation) (?:of|to)",
    re.IGNORECASE,
)
_EVERY = 12


def _no_goods(path: Path) -> Rows:
    """Titles of a whole gazette's notices on meetings, airspace, records: no goods are named."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        titles = (str(json.loads(line)["title"]) for line in lines)
        found = sorted({title for title in titles if _NO_GOODS.search(title)})
    for title in found[::_EVERY]:
        yield Row(title, (NOTHING,), title)


def _procedures(path: Path) -> Rows:
    """What a title says of the procedure, without the product."""
    for phase in sorted({str(row["phase_text"] or "") for row in _lines(path)}):
        if phase:
            yield Row(phase, (NOTHING,), phase)


SOURCES = (
    Source("lexicon", None, 1.0, _packaged(frozenset({"lexicon"}))),
    Source("names", None, 1.0, _packaged(frozenset({"hs", "hs-zh"}))),
    Source("listings", None, 1.0, _listings),
    Source("titles", None, 0.5, _titles, of_notices=True),
    Source("hs2012", "nomenclature/hs2012_en.csv", 0.1, _columns("code", "text_en")),
    Source("hs2017", "nomenclature/hs2017_en.csv", 0.1, _columns("code", "text_en")),
    Source("cn_names", "nomenclature/hs6_en_zh_2022.csv", 0.5, _bilingual),
    Source("cn_headings", "nomenclature/hs4_zh_best.csv", 1.0, _headings),
    Source(
        "mx_tariff",
        "nomenclature/es_mx_tigie_8_10digit.csv",
        0.3,
        _columns("code", "text_es", "es"),
    ),
    Source("vn_tariff", "nomenclature/vi_vn_hs8_leaf.csv", 0.3, _columns("code8", "text_vi", "vi")),
    Source("synthetic", "labelled/hs6_synthetic_descriptions.csv", 1.0, _synthetic),
    Source("uk_terms", "labelled/uk_search_references.json", 1.0, _search_terms),
    Source("us_measures", "labelled/us_ad_measures_itip.csv", 1.0, _measures, of_notices=True),
    Source("us_notices", "labelled/fr_notices_with_hs.jsonl", 1.0, _notices, of_notices=True),
    Source("procedures", "labelled/fr_notices_with_hs.jsonl", 0.5, _procedures, of_notices=True),
    Source("judged", _JUDGED, 2.0, _judged, of_notices=True),
    Source("gazette", "feeds/us_federal_register_all.jsonl.gz", 0.3, _no_goods, of_notices=True),
)


def present(folder: Path, sources: Iterable[Source] = SOURCES) -> tuple[list[Source], list[Source]]:
    """The sources that can be read, and those whose file is absent."""
    there: list[Source] = []
    absent: list[Source] = []
    for source in sources:
        ok = source.path is None or (folder / source.path).is_file()
        (there if ok else absent).append(source)
    return there, absent


def examples(folder: Path, sources: Iterable[Source]) -> list[Example]:
    """In the order of the sources, sorted within. What an earlier source says of a text in the
    same words and codes is not learned twice; what a person rejected is not learned at all."""
    rejected = _rejected(folder)
    found: list[Example] = []
    known: set[tuple[str, tuple[str, ...]]] = set()
    for source in sources:
        rows = {(row.text.strip(), row.codes): row for row in _read(folder, source)}
        rows = {key: row for key, row in rows.items() if key not in known}
        known.update(rows)
        found.extend(
            Example(
                text=text,
                codes=codes,
                source=source.name,
                product=row.product,
                weight=source.weight,
                language=row.language,
                is_notice=source.of_notices,
            )
            for (text, codes), row in sorted(rows.items())
            if text and codes and not any((row.product, c[:4]) in rejected for c in codes)
        )
    return found


def _read(folder: Path, source: Source) -> Rows:
    return source.read(folder / (source.path or ""))
