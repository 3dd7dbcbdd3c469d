"""Feeds of a few invented rows each, in the places where the corpus looks for the real ones."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus_material

Row = dict[str, str | None]

GAZETTE: list[tuple[str, str | None]] = [
    ("Air Plans; Approval of a Plan for Ozone", "The agency approves a plan. It takes effect."),
    ("Safety Zone; River Festival", "A zone is set up. Vessels keep out. Comments are welcome."),
    ("Sunshine Act Meetings", None),
]
REMEDIES: list[tuple[str, str | None]] = [
    (
        "Steel Nails From China: Final Results of Administrative Review",
        "Commerce finds dumping. Rates are listed below.",
    ),
    (
        "Garlic From Mexico; Institution of a Five-Year Review",
        "The Commission institutes a review. Parties may respond.",
    ),
]
ALERTS = [
    ("Jun 1, 2024", "2024.1", "Italy", "China", "Dried figs", "Fruits", "Aflatoxin", "Toxins"),
    ("Jun 2, 2024", "2024.2", "Spain", "Viet Nam", "Tuna", "Fish", "Mercury", "Metals"),
]
COLUMNS = (
    "Date of Case",
    "Reference",
    "Notification From",
    "Country Origin",
    "Product",
    "Product Category",
    "Hazard Substance",
    "Hazard Category",
)
CHINESE = "2023年9月23日,某国对原产于中国的钢钉启动反倾销调查。涉案产品为钢钉,请有关企业应诉。"
GOODS = {
    "zh": [("7317000000", "钢铁制钉"), ("6911101000", "瓷餐具"), ("0703200000", "鲜大蒜")],
    "es": [("7317000100", "Clavos de hierro o acero"), ("0703200100", "Ajos frescos enteros")],
    "vi": [("73170010", "- - Đinh dây"), ("07032000", "- Tỏi tươi, chưa chế biến")],
}


def write(data: Path) -> Path:
    """All of them under `data`."""
    for folder in ("feeds/wto_tbt_sps", "labelled", "nomenclature"):
        (data / folder).mkdir(parents=True)
    with gzip.open(data / corpus_material.GAZETTE, "wt", encoding="utf-8") as out:
        out.write(_lines(_documents(GAZETTE)))
    _json(data / corpus_material.REMEDIES, _documents(REMEDIES))
    _table(data / corpus_material.RASFF, COLUMNS, ALERTS)
    _json(data / corpus_material.CHINESE_REMEDIES, [{"product_zh": "钢钉", "text": CHINESE}])
    _json(
        data / corpus_material.CHINESE_NOTIFICATIONS,
        [{"title": "瓷餐具标签要求修订草案征求意见", "summary": "草案规定了瓷餐具的标签。"}],
    )
    for file in corpus_material.CHINESE_NEWS:
        _json(data / file, [{"text": "2024年5月14日,某成员通报了若干项技术性贸易措施。"}])
    english = {"steel nails": "7317000000", "porcelain tableware": "6911100000"}
    (data / corpus_material.ENGLISH_GOODS).write_text(json.dumps(english), encoding="utf-8")
    for language, (file, code, name) in corpus_material.TARIFFS.items():
        _table(data / file, (code, name), GOODS[language])
    return data


def _documents(rows: Sequence[tuple[str, str | None]]) -> list[Row]:
    return [{"title": title, "abstract": abstract} for title, abstract in rows]


def _lines(rows: Sequence[Row]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _json(file: Path, rows: Sequence[Row]) -> None:
    file.write_text(_lines(rows), encoding="utf-8")


def _table(file: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
