"""The labelled sets of a data folder as documents with the codes that are right.

Codes printed for an earlier edition of the HS are right as they stand and as HS2022 has them.
Raises `OSError` where a file is absent; `present` says which are there.
"""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from models.nomenclature import revisions
from models.products.classify import Document
from models.products.evaluation.splits import HELD_OUT, fold, product_key


@dataclass(frozen=True)
class Case:
    """A document, and the headings and subheadings that are right; none: it names no product.

    `product` is what a split must not cut.
    """

    document: Document
    hs4: frozenset[str]
    hs6: frozenset[str]
    product: str


@dataclass(frozen=True)
class LabelledSet:
    """`path` is under the data folder; None where the set is packaged. `folds`: its products are
    also a source of training, so a matcher that learns is measured by folds of products.
    `calibrates`: the matcher has not learned from it, but its scales are fitted on it, so it is
    measured by folds of headings, each with scales that are fitted without them."""

    name: str
    path: str | None
    read: Callable[[Path], Iterator[Case]]
    folds: bool = False
    calibrates: bool = False

    def cases(self, folder: Path) -> list[Case]:
        return list(self.read(folder / (self.path or "")))


def _case(identity: str, texts: tuple[str, str, str], codes: Iterable[str], product: str) -> Case:
    """`texts`: title, text, language."""
    right = {known for code in codes for known in _both(code)}
    return Case(
        Document(identity, texts[0], texts[1], language=texts[2], codes=()),
        frozenset(code[:4] for code in right),
        frozenset(code for code in right if len(code) == 6),
        product_key(product),
    )


def _both(code: str) -> Iterator[str]:
    """The code at six or four digits, and what HS2022 made of it."""
    level = code[:6] if len(code) >= 6 else code[:4]
    yield level
    moved = revisions.moved(level)
    if moved is not None:
        yield from moved.hs6 or moved.headings


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _chinese(path: Path, *, titled: bool) -> Iterator[Case]:
    for row in _lines(path):
        text = row["text_masked"]
        texts = (text, "", "zh") if titled else ("", text, "zh")
        yield _case(row["id"], texts, [*row["hs6"], *row["hs4"]], row["product_zh"])


def _notices(path: Path) -> Iterator[Case]:
    for row in _lines(path):
        texts = (row["title"], row["abstract"] or "", "en")
        yield _case(row["document_number"], texts, [*row["hs6"], *row["hs4"]], row["itip_product"])


_KEPT = ("Material", "Item Type", "Type", "Metals Type")
"""Attributes that say what goods are; the others are of the shop."""
_LEVELS = tuple(f"cate_lv{level}_desc" for level in range(1, 6))


def _goods(path: Path, *, shelved: bool) -> Iterator[Case]:
    """A listing as the set gives it to who answers; `shelved`: with its shelf in the shop."""
    for row in _lines(path):
        attributes = json.loads(row["product_attributes"])
        said = [f"{key}: {attributes[key]}" for key in _KEPT if key in attributes]
        shelf = dict.fromkeys(row[level] for level in _LEVELS if row[level])
        text = "; ".join([" > ".join(shelf), *said] if shelved else said)
        name = row["product_name"]
        yield _case(str(row["task_id"]), (name, text, "en"), [f"{row['hs_code']:0>10}"], name)


def _search_terms(path: Path) -> Iterator[Case]:
    terms: dict[str, str] = json.loads(path.read_text("utf-8"))
    for number, (term, code) in enumerate(terms.items()):
        case = _case(str(number), (term, "", "en"), [code], term)
        if fold(case.product) == HELD_OUT:
            yield case


def _measures(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            name = row["Product description"].strip()
            codes = re.findall(r"\d{4,10}", row["HS"] or "")
            if name and codes:
                yield _case(str(number), (name, "", "en"), codes, name)


def _vague(_: Path) -> Iterator[Case]:
    source = files(__package__).joinpath("vague_titles.csv")
    with source.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            yield _case(str(number), (row["title"], "", row["language"]), [], row["title"])


LANGUAGES = ("zh", "en", "es", "pt", "fr", "de", "tr", "ru", "ko", "ja", "vi", "id")


def _own(languages: Collection[str], *, named: bool) -> Callable[[Path], Iterator[Case]]:
    """Titles of our own, as the authorities of a language word them (`notices.csv`): written from
    memory of real cases and invented ones, by who had not seen the lexicon. They measure only."""

    def read(_: Path) -> Iterator[Case]:
        with files(__package__).joinpath("notices.csv").open(encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                if row["language"] in languages and bool(row["hs"]) == named:
                    texts = (row["title"], row["text"], row["language"])
                    yield _case(str(number), texts, row["hs"].split(), row["product"])

    return read


_LISTS = re.compile(
    r"antidumping or countervailing duty order, finding, or suspended investigation|"
    r"initiation of (?:five-year|antidumping and countervailing duty administrative)|"
    r"sunshine act|combined notice of filings",
    re.IGNORECASE,
)


def _listing(path: Path) -> Iterator[Case]:
    """Lists of the trade-remedy feed that name no product in their titles, each title once. Such
    titles are a source of training as well: our own list is the one to go by."""
    seen: set[str] = set()
    for row in _lines(path):
        title = row["title"]
        if _LISTS.match(title) and title not in seen:
            seen.add(title)
            yield _case(row["document_number"], (title, "", "en"), [], title)


SETS = (
    LabelledSet(
        "zh_trade_remedy_notices (as title)",
        "labelled/zh_trade_remedy_notices.jsonl",
        partial(_chinese, titled=True),
    ),
    LabelledSet(
        "zh_trade_remedy_notices (as text)",
        "labelled/zh_trade_remedy_notices.jsonl",
        partial(_chinese, titled=False),
    ),
    LabelledSet("fr_notices_with_hs", "labelled/fr_notices_with_hs.jsonl", _notices, folds=True),
    LabelledSet(
        "hscodecomp",
        "labelled/hscodecomp.jsonl",
        partial(_goods, shelved=True),
        calibrates=True,
    ),
    LabelledSet(
        "hscodecomp (without shelf)",
        "labelled/hscodecomp.jsonl",
        partial(_goods, shelved=False),
        calibrates=True,
    ),
    LabelledSet(
        "uk_search_references (held-out fifth)",
        "labelled/uk_search_references.json",
        _search_terms,
        calibrates=True,
    ),
    LabelledSet("us_ad_measures_itip", "labelled/us_ad_measures_itip.csv", _measures, folds=True),
    *(LabelledSet(f"our titles, {each}", None, _own([each], named=True)) for each in LANGUAGES),
)

NOTICES = frozenset(
    each.name for each in SETS if each.name.startswith(("zh_", "fr_", "our titles"))
)
"""The sets of notices; the others are names of goods."""

VAGUE = (
    LabelledSet("vague titles (our own)", None, _vague),
    LabelledSet("vague titles (twelve languages)", None, _own(LANGUAGES, named=False)),
    LabelledSet(
        "vague titles (Federal Register lists)",
        "feeds/us_federal_register_trade_remedy.jsonl",
        _listing,
    ),
)


def present(folder: Path, sets: Iterable[LabelledSet]) -> Mapping[LabelledSet, bool]:
    return {each: each.path is None or (folder / each.path).is_file() for each in sets}
