"""Reasons as people read them, in both languages."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

from bundles.words import Event, Kind, Outcome, Proceeding
from monitor.impact.labels import DEPTHS, LEVELS
from monitor.impact.matching import Depth
from monitor.impact.models import Level
from monitor.impact.reasons import reason
from monitor.impact.sentences import sentence

ROOT = Path(__file__).resolve().parents[3]


def happened(**params: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "kind": "anti_dumping",
        "proceeding": "investigation",
        "event": "final",
        "outcome": None,
        "jurisdiction": "US",
        "against": "ours",
        "origins": ["CN"],
        "product": "",
        "change": ["event"],
    }
    return reason("happened", **{**usual, **params})


CASES = [
    (
        happened(product="Wood Mouldings and Millwork Products"),
        "美国对华 Wood Mouldings and Millwork Products 反倾销调查：终裁",
        (
            "United States, anti-dumping investigation against China "
            "(Wood Mouldings and Millwork Products): "
        "the final determination has been issued"
        ),
    ),
    (
        happened(proceeding="sunset_review", event="initiated"),
        "美国对华反倾销日落复审：立案",
        "United States, anti-dumping, sunset review against China: it has been initiated",
    ),
    (
        happened(outcome="negative"),
        "美国对华反倾销调查：否定性终裁",
        (
            "United States, anti-dumping investigation against China: "
            "the final determination is negative"
        ),
    ),
    (
        happened(against="others", origins=["VN", "KR"], event="initiated"),
        "美国对越南、韩国反倾销调查：立案",
        (
            "United States, anti-dumping investigation against Viet Nam, South Korea: "
            "it has been initiated"
        ),
    ),
    (
        happened(kind="technical_regulation", proceeding=None, event="proposed", against="any",
                 origins=[], jurisdiction="EU", product="toys"),
        "欧盟 toys 技术法规：拟议",
        "European Union, technical regulation (toys): a draft has been published",
    ),
    (
        reason("match", depth="hs6", evidence="printed", probability=1.0, count=1,
               goods=[{"code": "440910", "zh": "木制装饰线条", "en": "Wood mouldings"}]),
        "命中本基地产品 440910 木制装饰线条（按公告所印税号）",
        "Touches the base's goods 440910 Wood mouldings (by the codes printed in the notice)",
    ),
    (
        reason("match", depth="hs6", evidence="measure", probability=0.94, count=1,
               goods=[{"code": "440910", "zh": "木制装饰线条", "en": "Wood mouldings"}]),
        "命中本基地产品 440910 木制装饰线条（按同一措施其他公告的税号）",
        (
            "Touches the base's goods 440910 Wood mouldings "
            "(by the codes of another notice of the measure)"
        ),
    ),
    (
        reason("match", depth="heading", evidence="text", probability=0.62, count=3,
               goods=[{"code": code, "zh": "", "en": ""} for code in ("440910", "440929")]),
        "按四位品目命中本基地产品 440910、440929等，另有 1 项（按文本判断，概率 62%）",
        (
            "Touches the base's goods 440910, 440929 and 1 more by their heading "
        "(judged by the text, 62% probable)"
        ),
    ),
    (
        reason("exposure", market="US", usd="123000000.00", share="0.045", as_of="2025-04",
               weighted=False),
        "近12个月对美国出口 1.23 亿美元，占本基地出口 4.5%（截至 2025-04）",
        (
            "Exports to United States in 12 months: US$123 million, 4.5% of the base's exports "
        "(to 2025-04)"
        ),
    ),
    (
        reason("exposure_none", market="PE", as_of="2025-04"),
        "属本基地产品，但近12个月对秘鲁无出口（截至 2025-04）",
        "The base makes this, but exported none to Peru in 12 months (to 2025-04)",
    ),
    (
        reason("exposure_unknown", market="PE"),
        "尚无本基地出口数据，未计对秘鲁出口额",
        "No export figures of this base are known: its exports to Peru are not counted",
    ),
    (
        reason("deadline", date="2025-07-09", source="computed", zh="分别税率申请截止",
               en="Separate-rate application due", basis="19 CFR 351.108(d)", verified=False),
        "下一时限：2025-07-09，分别税率申请截止（依 19 CFR 351.108(d) 推算，待核实）",
        (
            "Next date: 2025-07-09, Separate-rate application due "
        "(computed, 19 CFR 351.108(d); not yet verified)"
        ),
    ),
    (
        reason("deadline", date="2025-07-09", source="printed", zh="评议截止", en="Comments due",
               printed="July 9, 2025", verified=True),
        "下一时限：2025-07-09，评议截止（公告载明）",
        "Next date: 2025-07-09, Comments due (printed in the notice)",
    ),
    (
        reason("echo", origins=["VN"]),
        "只针对越南产品，未涉我国；可能引发对我同类措施（回声效应）",
        "It names the goods of Viet Nam only, not China's; it can echo",
    ),
    (
        reason("rule", id="case-opened", zh="案件立案，本基地有出口", en="a case is opened"),
        "定级依据：案件立案，本基地有出口（规则 case-opened）",
        "Level: a case is opened (rule case-opened)",
    ),
    (
        reason("withdrawn"),
        "经重新评估，本基地已不受此影响",
        "Assessed again: this base is not touched any more",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "chinese", "english"), CASES)
def test_sentences(said: dict[str, object], chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert sentence(said) == chinese
    with override("en"):
        assert sentence(said) == english


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_of_the_contract_has_a_sentence(language: str) -> None:
    with override(language):
        for kind in Kind:
            for proceeding in (None, *Proceeding):
                assert sentence(happened(kind=kind, proceeding=proceeding))
        for event in Event:
            for outcome in (None, *Outcome):
                assert sentence(happened(event=event, outcome=outcome))


def test_a_place_without_a_name_is_called_by_its_code() -> None:
    with override("zh-hans"):
        assert sentence(reason("echo", origins=["QQ"])).startswith("只针对QQ产品")


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence(reason("astrology"))


def test_every_level_and_depth_has_a_label() -> None:
    assert set(LEVELS) == set(Level)
    assert set(DEPTHS) == set(Depth)
    with override("zh-hans"):
        assert [str(label) for label in LEVELS.values()] == ["红色", "橙色", "黄色", "蓝色", "关注"]


def test_every_sentence_is_translated() -> None:
    path = ROOT / "monitor/impact/locale/zh_Hans/LC_MESSAGES/django.po"
    with path.open("rb") as lines:
        catalog = read_po(lines)
    assert [m.id for m in catalog if m.id and (not m.string or m.fuzzy)] == []
