"""Headlines composed of a notice's fields, in both languages."""

import pytest
from django.utils.translation import override

from bundles.words import Event, Kind, Outcome, Proceeding
from monitor.notices.headline import About, composed, products, sentence, subject
from monitor.notices.models import Notice, ProductClaim

CASE, RULE, CHINA = ("anti_dumping",), ("technical_regulation",), ("CN",)

SAID = [
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "initiated"),
        "美国对华陶瓷砖反倾销调查：立案",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "complaint"),
        "美国对华陶瓷砖反倾销调查：收到申请",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "preliminary", "affirmative"),
        "美国对华陶瓷砖反倾销调查：肯定性初裁",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "final", "negative"),
        "美国对华陶瓷砖反倾销调查：否定性终裁",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "final", "mixed"),
        "美国对华陶瓷砖反倾销调查：终裁（部分肯定）",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "investigation", "order"),
        "美国对华陶瓷砖反倾销：发布征税令",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "sunset_review", "final"),
        "美国对华陶瓷砖反倾销日落复审：终裁",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "administrative_review", "rescinded"),
        "美国对华陶瓷砖反倾销行政复审：终止",
    ),
    (
        About("US", CASE, CHINA, "陶瓷砖", "circumvention_inquiry", "initiated"),
        "美国对华陶瓷砖反倾销反规避调查：立案",
    ),
    (
        About(
            "US", ("countervailing", "anti_dumping"), CHINA, "床垫", "investigation", "initiated"
        ),
        "美国对华床垫双反调查：立案",
    ),
    (
        About("EU", ("countervailing",), ("IN", "VN", "TH"), "纸盘", "investigation", "final"),
        "欧盟对印度、越南、泰国纸盘反补贴调查：终裁",
    ),
    (
        About("US", CASE, ("IN", "VN", "TH", "CN"), "纸盘", "investigation", "order"),
        "美国对中国、印度、越南等 4 地纸盘反倾销：发布征税令",
    ),
    (
        About("TR", ("safeguard",), (), "坐便器", "investigation", "initiated"),
        "土耳其坐便器保障措施调查：立案",
    ),
    (
        About("TR", ("safeguard",), (), "坐便器", "investigation", "order"),
        "土耳其坐便器保障措施：决定实施",
    ),
    (
        About("US", ("section_337",), (), "LED灯具", "investigation", "complaint"),
        "美国 LED 灯具 337 调查：收到申请",
    ),
    (
        About("US", ("section_337",), (), "Fitness Devices", "investigation", "order"),
        "美国 Fitness Devices 337 调查：发布排除令或禁止令",
    ),
    (
        About("US", ("section_337",), CHINA, "雨伞", "investigation", "order"),
        "美国对华雨伞 337 调查：发布排除令或禁止令",
    ),
    (About("IN", RULE, (), "家具", event="proposed"), "印度家具技术法规：拟议"),
    (About("IN", RULE, (), "", event="in_force"), "印度技术法规：生效"),
    (About("US", ("standard",), (), "玩具", event="adopted"), "美国玩具标准：正式通过"),
    (
        About("TR", ("conformity_assessment",), (), "石材", event="comment_extended"),
        "土耳其石材合格评定：评议期延长",
    ),
    (
        About("EU", ("sps",), CHINA, "茶叶", event="proposed"),
        "欧盟对华茶叶卫生与植物卫生措施：拟议",
    ),
    (
        About("EU", ("recall",), CHINA, "干香菇", event="alert_added"),
        "欧盟对中国干香菇：列入警示通报（召回）",
    ),
    (About("US", ("recall",), CHINA, "电暖器", event="recalled"), "美国对中国电暖器：召回"),
    (About("US", ("recall",), (), "电暖器", event="recalled"), "美国市场电暖器：召回"),
    (About("US", ("recall",), CHINA, event="recalled"), "美国对中国产品：召回"),
    (
        About("EU", ("border_refusal",), ("VN",), "冻虾", event="refused"),
        "欧盟对越南冻虾：口岸拒绝入境",
    ),
    (
        About("US", ("border_refusal",), CHINA, "冻虾", event="alert_removed"),
        "美国对中国冻虾：解除警示通报（口岸拒绝入境）",
    ),
    (
        About("US", CASE, CHINA, "Glazed eel (frozen)", "investigation", "corrected"),
        "美国对华 Glazed eel (frozen) 反倾销调查：更正",
    ),
    (About("QQ", RULE, (), "家具", event="proposed"), "QQ 家具技术法规：拟议"),
]


@pytest.mark.parametrize(("about", "said"), SAID)
def test_in_chinese(about: About, said: str) -> None:
    with override("zh-hans"):
        assert sentence(about) == said
        assert said.startswith(subject(about))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_of_the_contract_can_be_said(language: str) -> None:
    with override(language):
        for kind in Kind:
            for event in Event:
                for outcome in (None, *Outcome):
                    assert sentence(About("US", (kind,), event=event, outcome=outcome))
            for proceeding in (None, *Proceeding):
                said = sentence(About("US", (kind,), CHINA, "nails", proceeding, "final"))
                assert "%" not in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["陶瓷砖"], "陶瓷砖"),
        (["陶瓷砖", "陶瓷砖"], "陶瓷砖"),
        (["纸盘、纸杯"], "纸盘、纸杯"),
        (["干香菇、干银耳、脱水蔬菜"], "干香菇、干银耳等"),
        (["人造石板材、水磨石", "石英石台面"], "人造石板材、石英石台面等"),
        (["其他木家具"], "木家具"),
        (["涤纶变形长丝（DTY）", "充气球（足、篮、排球）"], "涤纶变形长丝、充气球"),
    ],
)
def test_two_products_at_most(names: list[str], said: str) -> None:
    with override("zh-hans"):
        assert products(names) == said


def notice(**given: object) -> Notice:
    fields: dict[str, object] = {
        "title": "Ceramic Tile From China: Final Determination",
        "language": "en",
        "jurisdiction": "US",
        "kinds": ["anti_dumping"],
        "proceeding": "investigation",
        "event": "final",
        "outcome": "affirmative",
        "origins": ["CN"],
        "product": "Ceramic  Tile",
    }
    return Notice(**{**fields, **given})


def claim(code: str, probability: float = 0.9, verdict: str | None = None) -> ProductClaim:
    return ProductClaim(code=code, probability=probability, verdict=verdict)


@pytest.mark.parametrize(
    ("claims", "product"),
    [
        ([claim("690721"), claim("6907"), claim("69")], "陶瓷砖、马赛克"),
        ([claim("690721", 0.6), claim("940350", 0.7)], "家具及零件、陶瓷砖等"),
        ([claim("69")], "陶瓷产品"),
        ([claim("6907", 0.3)], " Ceramic Tile "),
        ([claim("6907", verdict="rejected")], " Ceramic Tile "),
        ([], " Ceramic Tile "),
    ],
)
def test_of_a_notice(claims: list[ProductClaim], product: str) -> None:
    with override("zh-hans"):
        assert composed(notice(), claims) == f"美国对华{product}反倾销调查：肯定性终裁"


def test_where_the_title_serves_there_is_none() -> None:
    with override("en"):
        assert not composed(notice(), [claim("6907")])
    with override("zh-hans"):
        assert not composed(notice(language="zh"), [claim("6907")])
        assert not composed(notice(kinds=["other"], event="other"), [])


def test_long_words_are_cut() -> None:
    with override("zh-hans"):
        assert len(composed(notice(product="tile " * 100), [])) < 100
