"""Trees for the contract suite, and how Hypothesis makes more."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from monitor.search.document import Analysed
from monitor.search.tree import (
    And,
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
)

W, T = Words, Tagged
HS, KIND = Tag.HS, Tag.KIND

SAID = """
ceramic|ceramics|CERAMIC|cerámica|ceramica|céramique|Keramik|keramisches|seramik|ceramicznych
plate|plates|piatto|nail|nails|clavo|clavos|clous|çivi|civi|gwoździe|talerz|talerze|żółta|zolta
anodized|anodizing|anodic|anodizzato|anodizzazione|toy|toys|jouets|juguetes|giocattoli|zabawki
игрушки|игрушек|Игрушка|керамическая посуда|Посуда керамическая|трубы бесшовные|ёлка|елка
đồ chơi|do choi|gốm sứ|gom su|gạch gốm|Spielzeug|Spielzeuge|Rückruf|ruckruf|RÜCKRUF|rückrufe
陶瓷餐具|陶瓷|餐具|瓷餐|餐陶|瓷|茶|钉|钢|輸入|输入|與食品接觸|食品接触|召回|充电宝|中文|反倾销
陶磁器|陶磁器製食器|ステンレス|ステンレス鋼板|カメラ|ｶﾒﾗ|ラ|レンズ|リチウムイオン|鋼
덤핑방지관세|세라믹 타일|조각
A-570-999|A570999|a 570 999|570|G/TBT/N/USA/2101|GTBTNUSA2101|6911|6911.10|69111000
GB 6675-2024|2024年第58号|第58号|G/SPS/N/EU/701|Res. 12/2024|90 FR 1234
UN 38.3|QCVN 3:2019|ТР ТС 008/2011|C-1*2
plates bowls|plates, bowls|bowls plates|final results|from china|to be or not to be|of the|the
1/4|¼|¼-inch|㊀|№|ﬁne|fine|Ⅷ|viii|STRASSE|straße|strasse|istanbul|İstanbul|ıstanbul|dž|ij|ß
aaa|aaa aaa|aaa aaa aaa|aaa aaa aaa aaa|aaa aaa aaa aaa aaa|b aaa|aaa b|a b|r d|a
left right|wordless pilcrow|pilcrow apart left|power banks recall|anti-dumping|antidumping
nothing|zzzzz|keine|notice about
"""


def _said() -> list[str]:
    return [words for line in SAID.split("\n") for words in line.split("|") if words]


BEGUN = (
    "cer keram ceramica anodiz anodis anod plat nail игр керам güm đồ do çiv civ zab żół A57 6911"
    " 570 g st ß istan ラ リチ 陶 陶瓷 ㊀ zzz bowls spielz rück ruck fin ll"
).split()

WITHIN = [
    W("ceramic tableware", Text.TITLE),
    W("plates", Text.TITLE),
    W("瓷", Text.TITLE),
    W("茶", Text.TITLE),
    W("cer", Text.TITLE, prefix=True),
    W("anodiz", Text.TITLE, prefix=True),
    W("A-570-999", Text.TITLE),
    W("sitong", Text.COMPANY),
    W("Sitong Group Co., Ltd.", Text.COMPANY),
    W("潮州三环", Text.COMPANY),
    W("环", Text.COMPANY),
    W("acm", Text.COMPANY, prefix=True),
    W("group 潮州", Text.COMPANY),
    W("有限公司 acme", Text.COMPANY),
    W("european commission", Text.AUTHORITY),
    W("commission european", Text.AUTHORITY),
    W("商务部", Text.AUTHORITY),
    W("部", Text.AUTHORITY),
    W("indústria", Text.AUTHORITY),
    W("министерство", Text.AUTHORITY),
    W("ceramic", Text.AUTHORITY),
]

TAGGED = [
    T(KIND, ("anti_dumping",)),
    T(KIND, ("recall", "sps")),
    T(KIND, ()),
    T(KIND, ("ANTI_DUMPING",)),
    T(Tag.EVENT, ("final", "nonsense")),
    T(Tag.MARKET, ("US", "EU")),
    T(Tag.ORIGIN, ("IN",)),
    T(HS, ("69",)),
    T(HS, ("6911",)),
    T(HS, ("691110", "95")),
    T(HS, ("691",)),
    T(HS, ("69111000", "7317")),
    T(HS, ()),
    T(Tag.SOURCE, ("source-1",)),
    T(Tag.BODY, ("中华人民共和国商务部",)),
    T(Tag.BODY, ("European",)),
    T(Tag.YEAR, ("2024", "2025")),
    T(Tag.LEVEL, ("red", "orange")),
    T(Tag.BASE, ("base-2",)),
    T(Tag.LANGUAGE, ("zh", "zh-none")),
    T(Tag.PROCEEDING, ("investigation",)),
    T(Tag.MEASURE, ("x" * 40_000,)),
]

DATED = [
    Dated(Dates.PUBLISHED),
    Dated(Dates.PUBLISHED, first=date(2024, 6, 1)),
    Dated(Dates.PUBLISHED, last=date(2024, 6, 1)),
    Dated(Dates.PUBLISHED, date(2024, 2, 1), date(2024, 8, 31)),
    Dated(Dates.PUBLISHED, date(2024, 8, 31), date(2024, 2, 1)),
    Dated(Dates.PUBLISHED, date(2024, 7, 23), date(2024, 7, 23)),
    Dated(Dates.PUBLISHED, date.min, date.max),
    Dated(Dates.DEADLINE),
    Dated(Dates.DEADLINE, first=date(2025, 6, 2)),
    Dated(Dates.DEADLINE, last=date(2025, 6, 1)),
    Dated(Dates.DEADLINE, date(2025, 6, 7), date(2025, 6, 8)),
    Dated(Dates.DEADLINE, date(2025, 6, 10), date(2025, 7, 1)),
]

TABLEWARE = Widened(W("陶瓷餐具"), (T(HS, ("6911", "6912")), W("ceramic tableware")))

COMPOSED: list[Node] = [
    Everything(),
    Not(Everything()),
    Not(Not(W("ceramic"))),
    Not(W("ceramic")),
    Not(W("!!")),
    And(()),
    Or(()),
    Not(And(())),
    Not(Or(())),
    And((W("ceramic"),)),
    And((Everything(), W("ceramic"))),
    Or((Everything(), W("ceramic"))),
    And((W("ceramic"), W("plate"))),
    And((W("plate"), Not(W("ceramic")))),
    And((Not(W("ceramic")), Not(T(KIND, ("recall",))))),
    And((W("ceramic"), Not(Everything()))),
    And((W("ceramic"), W("zzzzz"))),
    Or((W("ceramic"), W("zzzzz"))),
    Or((W("玩具"), W("toys"), W("игрушки"))),
    Or((Not(W("toys")), W("toys"))),
    And((Or((W("toys"), W("玩具"))), T(Tag.MARKET, ("US", "JP", "KR")))),
    And((W("china"), T(HS, ("69", "73")), Dated(Dates.PUBLISHED, first=date(2024, 3, 1)))),
    And((Or((W("nail"), W("clavos"))), Not(Or((T(KIND, ("recall",)), Dated(Dates.DEADLINE)))))),
    Not(And((W("ceramic"), Not(T(KIND, ("sps",)))))),
    TABLEWARE,
    Not(TABLEWARE),
    And((TABLEWARE, T(KIND, ("anti_dumping", "recall")))),
    And((TABLEWARE, Not(W("ceramic")))),
    Or((TABLEWARE, W("игрушки"))),
    Widened(And((W("steel"), W("nails"))), (T(HS, ("7317",)), W("钢钉"), W("clavos de acero"))),
    Widened(W("zzzzz"), (T(HS, ("95",)),)),
    Widened(W("zzzzz"), ()),
    Widened(W("tea"), (T(HS, ("090210",)), T(Tag.BASE, ("base-3",)))),
    Widened(Not(W("tea")), (T(HS, ("090210",)),)),
    And((Widened(W("plates"), (T(HS, ("69",)),)), Widened(W("china"), (T(Tag.ORIGIN, ("IN",)),)))),
    W("ceramic tableware", quoted=True),
]

ODD: list[Node] = [
    *(
        W(text)
        for text in ("", " ", "!!!", "…", "\x00", "_", "¶", "\ud800", "\U0001f525", "\u202e")
    ),
    *(
        W(text)
        for text in ("*", "a*b", "a?b", ".*", "[a-z]+", "\\", '"', "a\\b", "AND", "C++", "~1")
    ),
    *(
        W(text)
        for text in ("مكيف الهواء", "ไทย", "🍵茶", "茶\x00叶", "ceramic\ntableware", "\u3000茶")
    ),
    *(
        W(text, prefix=True)
        for text in ("", "*", ".*", "!", "陶瓷餐", "two words", "a.b", "\x00", "[c")
    ),
    W("x" * 5_000),
    W("x" * 50_000, prefix=True),
    W("ж" * 900, prefix=True),
    W("陶瓷餐具" * 500),
    W(" ".join(["ceramic"] * 2_000)),
    W(" ".join(f"word{n}" for n in range(2_000))),
    And(tuple(W(f"word{n}") for n in range(500))),
    Or((*(W(f"word{n}") for n in range(500)), W("ceramic"))),
    T(KIND, (*(f"kind-{n}" for n in range(3_000)), "recall")),
    T(Tag.BODY, ("\x00", "*", "\U0001f525", "(", "")),
    Or((Not(W("\x00")), W("ceramic"))),
]


def nested(levels: int) -> Node:
    """AND, OR and NOT in turn, so many levels deep."""
    node: Node = W("ceramic")
    for level in range(levels):
        match level % 3:
            case 0:
                node = And((node, T(KIND, ("recall", "sps", "anti_dumping", "countervailing"))))
            case 1:
                node = Or((node, W("игрушки")))
            case _:
                node = Not(node)
    return node


TREES: list[Node] = [
    *(W(text) for text in _said()),
    *(W(text, prefix=True) for text in BEGUN),
    *WITHIN,
    *TAGGED,
    *DATED,
    *COMPOSED,
    nested(5),
    nested(15),
]


def trees(notices: Sequence[Analysed]) -> st.SearchStrategy[Node]:
    """Trees of words that stand in these notices, or nearly."""
    leaves = st.one_of(_words(notices), _tagged(notices), _dated(), st.just(Everything()))
    return st.recursive(leaves, _above, max_leaves=12)


def _above(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, max_size=4).map(tuple)
    also = st.lists(
        st.one_of(st.sampled_from(TAGGED), st.sampled_from([W(text) for text in _said()])),
        max_size=3,
    )
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, nodes),
        st.builds(Widened, nodes, also.map(tuple)),
    )


def _words(notices: Sequence[Analysed]) -> st.SearchStrategy[Node]:
    streams = {
        Text.ANY: [notice.text for notice in notices],
        Text.TITLE: [notice.title for notice in notices],
        Text.COMPANY: [notice.company for notice in notices],
        Text.AUTHORITY: [notice.authority for notice in notices],
    }

    @st.composite
    def said(draw: st.DrawFn) -> Node:
        within = draw(st.sampled_from([*Text, Text.ANY, Text.ANY]))
        terms = draw(st.sampled_from(streams[within])).split() or ["none"]
        start = draw(st.integers(0, len(terms) - 1))
        passage = " ".join(terms[start : start + draw(st.integers(1, 3))])
        cut = draw(st.sampled_from([None, None, 1, 2, 3, 5]))
        return W(passage[:cut], within, prefix=draw(st.booleans()))

    names = sorted({name for notice in notices for name in notice.names})
    return st.one_of(
        said(),
        said(),
        st.builds(W, st.sampled_from(names)),
        st.builds(W, st.text(max_size=4), st.sampled_from(Text), prefix=st.booleans()),
    )


def _tagged(notices: Sequence[Analysed]) -> st.SearchStrategy[Node]:
    values = {tag: {v for n in notices for v in n.tags.get(tag, ())} | {"none"} for tag in Tag}
    return st.sampled_from(list(Tag)).flatmap(
        lambda tag: st.lists(st.sampled_from(sorted(values[tag])), max_size=3).map(
            lambda chosen: Tagged(tag, tuple(chosen))
        )
    )


def _dated() -> st.SearchStrategy[Node]:
    days = st.none() | st.dates(date(2023, 12, 1), date(2025, 9, 1))
    return st.builds(Dated, st.sampled_from(Dates), days, days)
