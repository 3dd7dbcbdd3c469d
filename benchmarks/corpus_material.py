"""What synthetic notices are made of: titles, sentences and goods of real feeds."""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bundles import places
from models.nomenclature import hs

GAZETTE = "feeds/us_federal_register_all.jsonl.gz"
REMEDIES = "feeds/us_federal_register_trade_remedy.jsonl"
RASFF = "feeds/eu_rasff_2020_2024.csv"
CHINESE_REMEDIES = "labelled/zh_trade_remedy_notices.jsonl"
CHINESE_NOTIFICATIONS = "feeds/wto_tbt_sps/notifications.jsonl"
CHINESE_NEWS = ("feeds/wto_tbt_sps/daily_digests.jsonl", "feeds/wto_tbt_sps/recall_news_zh.jsonl")
ENGLISH_GOODS = "labelled/uk_search_references.json"
TARIFFS = {
    "zh": ("nomenclature/cn_tariff_10digit_zh.csv", "code10", "name_zh"),
    "es": ("nomenclature/es_mx_tigie_8_10digit.csv", "code", "text_es"),
    "vi": ("nomenclature/vi_vn_hs8_leaf.csv", "code8", "text_vi"),
}

_CLAUSE = re.compile(r"(?<=[:;]) ")
_SENTENCE = re.compile(r"(?<=[a-z)][.;]) (?=[A-Z])")
_CHINESE_SENTENCE = re.compile(r"(?<=[。;])")
_CHINESE_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_FROM = re.compile(r"(?P<goods>.+?) From (?P<place>[^:;]+)(?P<rest>[:;] .+)")

DAY, GOODS = "{day}", "{goods}"
"""Stand in a frame for what is put there."""

Row = dict[str, Any]


class Text(NamedTuple):
    """A document of a gazette: its title in clauses, its abstract in sentences."""

    clauses: tuple[str, ...]
    sentences: tuple[str, ...]


class Good(NamedTuple):
    """`code`: of six digits, in HS2022; `name` in the language of the list that it stands in."""

    code: str
    name: str


class Alert(NamedTuple):
    """A row of RASFF; `origin` is empty where it is no place."""

    product: str
    category: str
    hazard: str
    hazards: str
    notified_by: str
    origin: str


@dataclass(frozen=True)
class Material:
    """`steps`: what trade-remedy titles say after goods and place. `frames`: Chinese sentences of
    remedies, notifications and recalls with `GOODS` and `DAY` in them. `goods` by language."""

    gazette: tuple[Text, ...]
    remedies: tuple[Text, ...]
    steps: tuple[str, ...]
    alerts: tuple[Alert, ...]
    frames: tuple[str, ...]
    goods: dict[str, tuple[Good, ...]]


def read(data: Path) -> Material:
    """OSError where one of the feeds is absent."""
    remedies = list(_rows(data / REMEDIES))
    matches = (_FROM.match(row["title"]) for row in remedies)
    return Material(
        gazette=tuple(map(_text, _rows(data / GAZETTE))),
        remedies=tuple(text for text in map(_text, remedies) if text.sentences),
        steps=tuple(match["rest"] for match in matches if match),
        alerts=tuple(alert for alert in map(_alert, _table(data / RASFF)) if alert.hazard),
        frames=tuple(dict.fromkeys(_frames(data))),
        goods={"en": _english(data)} | {lang: _tariff(data, *of) for lang, of in TARIFFS.items()},
    )


def _text(row: Row) -> Text:
    abstract = row["abstract"]
    sentences = tuple(_SENTENCE.split(abstract)) if abstract else ()
    return Text(tuple(_CLAUSE.split(row["title"])), sentences)


def _alert(row: Row) -> Alert:
    return Alert(
        product=row["Product"],
        category=row["Product Category"],
        hazard=row["Hazard Substance"],
        hazards=row["Hazard Category"],
        notified_by=row["Notification From"],
        origin=places.parse(row["Country Origin"]) or "",
    )


def _frames(data: Path) -> Iterator[str]:
    for row in _rows(data / CHINESE_REMEDIES):
        if row["product_zh"]:
            yield from _parts(row["text"].replace(row["product_zh"], GOODS))
    for row in _rows(data / CHINESE_NOTIFICATIONS):
        yield from _parts(row["title"] + "。" + row.get("summary", ""))
    for file in CHINESE_NEWS:
        for row in _rows(data / file):
            yield from _parts(row["text"].replace(row.get("product_zh") or GOODS, GOODS))


def _parts(text: str) -> Iterator[str]:
    """Sentences long enough to say something."""
    framed = _CHINESE_DAY.sub(DAY, text)
    return (part for part in _CHINESE_SENTENCE.split(framed) if len(part) > 8)


def _english(data: Path) -> tuple[Good, ...]:
    found = json.loads((data / ENGLISH_GOODS).read_text(encoding="utf-8"))
    return tuple(_goods((code, name.capitalize()) for name, code in found.items()))


def _tariff(data: Path, file: str, code: str, name: str) -> tuple[Good, ...]:
    rows = ((row[code], row[name].strip(" -")) for row in _table(data / file))
    return tuple(dict.fromkeys(_goods(rows)))


def _goods(rows: Iterable[tuple[str, str]]) -> Iterator[Good]:
    """Without those that say nothing by themselves (`Las demás`, `Animal`)."""
    for code, name in rows:
        shortest = 12 if name.isascii() else 2
        if hs.exists(code[:6]) and len(name) >= shortest:
            yield Good(code[:6], name)


def _rows(file: Path) -> Iterator[Row]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _table(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
