"""The headline of a warning, with the base's own name for its goods."""

from typing import Any

import pytest
from django.utils.translation import override

from monitor.impact.headline import composed, of_impact, of_measure
from monitor.impact.models import Impact
from monitor.impact.reasons import reason
from monitor.notices.models import Entry, Measure, Notice

TITLE = "Wooden Cabinets and Vanities From China: Initiation"


def impact(*goods: dict[str, Any], kind: str = "anti_dumping", **notice: Any) -> Impact:
    fields: dict[str, Any] = {
        "title": TITLE,
        "language": "en",
        "jurisdiction": "US",
        "kinds": [kind],
        "proceeding": "investigation",
        "event": "initiated",
        "origins": ["VN", "CN"],
        "product": "Wooden Cabinets and Vanities",
    }
    entry = Entry(
        notice=Notice(**{**fields, **notice}),
        measure=Measure(kind=kind, jurisdiction="US", origin="CN", title="Wooden Cabinets"),
    )
    named = [{key: good[key] for key in ("code", "zh", "en")} for good in goods]
    return Impact(
        entry=entry,
        matches=[good["match"] for good in goods],
        reasons=[reason("match", goods=named)],
    )


def good(
    code: str, zh: str, en: str, claim: str, line: str | None, probability: float = 0.9
) -> dict[str, Any]:
    match = {"hs6": code, "claim": claim, "product_line": line, "probability": probability}
    return {"code": code, "zh": zh, "en": en, "match": match}


BEDROOM = ("940350", "卧室木家具", "Wooden bedroom furniture")
KITCHEN = ("940340", "厨房木家具、橱柜", "Wooden kitchen furniture and cabinets")
METAL = ("940320", "金属家具", "Metal furniture")
BAMBOO = ("940382", "竹家具", "Furniture of bamboo")


@pytest.mark.parametrize(
    ("goods", "product"),
    [
        ([good(*BEDROOM, "940350", "940350")], "卧室木家具"),
        # The line that shares most words with the notice's product is the one meant.
        ([good(*BEDROOM, "9403", "940350"), good(*KITCHEN, "9403", "940340")], "厨房木家具、橱柜"),
        # A claim of the heading says nothing about metal or bamboo.
        ([good(*METAL, "9403", "940320"), good(*BAMBOO, "9403", "940382")], "家具及零件"),
        ([good(*METAL, "940320", "9403"), good(*BAMBOO, "940382", "9403")], "金属家具、竹家具"),
        ([good("940320", "", "", "940320", None)], "家具及零件"),
        # More likely wrong than right: the notice's own words.
        ([good(*KITCHEN, "9403", "940340", 0.3)], " Wooden Cabinets and Vanities "),
        ([], " Wooden Cabinets and Vanities "),
    ],
)
def test_product(goods: list[dict[str, Any]], product: str) -> None:
    with override("zh-hans"):
        assert of_impact(impact(*goods)) == f"美国对华{product}反倾销调查：立案"


def test_in_english_and_for_a_chinese_notice_the_title_stands() -> None:
    with override("en"):
        assert of_impact(impact(good(*KITCHEN, "940340", "940340"))) == TITLE
    with override("zh-hans"):
        assert of_impact(impact(language="zh")) == TITLE


def test_one_headline_for_all_measures_of_a_notice() -> None:
    kitchen = good(*KITCHEN, "940340", "940340")
    both = [impact(kitchen, kind=kind) for kind in ("countervailing", "anti_dumping")]
    with override("zh-hans"):
        assert composed(*both) == "美国对华厨房木家具、橱柜双反调查：立案"
        both[1].entry.measure.origin = "VN"
        assert composed(*both) == "美国对中国、越南厨房木家具、橱柜双反调查：立案"


def test_without_an_origin_of_the_measure_the_notice_tells() -> None:
    found = impact(good(*KITCHEN, "940340", "940340"), kind="section_337")
    found.entry.measure.origin = None
    with override("zh-hans"):
        assert of_impact(found) == "美国对中国、越南厨房木家具、橱柜 337 调查：立案"


def test_of_a_measure() -> None:
    found = impact(good(*KITCHEN, "940340", "940340"))
    with override("zh-hans"):
        assert of_measure(found.entry.measure, found) == "美国对华厨房木家具、橱柜反倾销"
        assert not of_measure(found.entry.measure, None)
    with override("en"):
        assert not of_measure(found.entry.measure, found)
