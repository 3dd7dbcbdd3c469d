"""The query language: what is understood, and what is said of what is not."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from monitor.search.language import QueryError, parse, printed
from monitor.search.tree import (
    Ahead,
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
    Words,
    both,
    either,
)


def words(*texts: str) -> And:
    return And(tuple(Words(text) for text in texts))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", Everything()),
        ("  ", Everything()),
        ("the", Everything()),  # asks for nothing
        ("steel nails", words("steel", "nails")),
        ("steel AND nails", words("steel", "nails")),
        ('"steel nails"', Words("steel nails", quoted=True)),
        ("“钢钉”", Words("钢钉", quoted=True)),
        ("A-570-117", Words("A-570-117")),
        ("anodiz*", Words("anodiz", prefix=True)),
        ("tyre OR tire | wheel", Or((Words("tyre"), Words("tire"), Words("wheel")))),
        ("a1 b1 OR c1", Or((words("a1", "b1"), Words("c1")))),
        ("(a1 OR b1) c1", And((Or((Words("a1"), Words("b1"))), Words("c1")))),
        ("tyre -bicycle", And((Words("tyre"), Not(Words("bicycle"))))),
        ("NOT tyre", Not(Words("tyre"))),
        ("瓷砖 或 餐具", Or((Words("瓷砖"), Words("餐具")))),
        ("market:US", Tagged(Tag.MARKET, ("US",))),
        ("市场：美国", Tagged(Tag.MARKET, ("US",))),
        ("market: US", Tagged(Tag.MARKET, ("US",))),
        ("Certain Steel: nails", words("Certain", "Steel:", "nails")),
        ("market:US,EU", Tagged(Tag.MARKET, ("US", "EU"))),
        ("market:(US OR Brazil)", Tagged(Tag.MARKET, ("US", "BR"))),
        ('origin:"South Korea"', Tagged(Tag.ORIGIN, ("KR",))),
        ("kind:anti_dumping", Tagged(Tag.KIND, ("anti_dumping",))),
        ("类型：双反", Tagged(Tag.KIND, ("anti_dumping", "countervailing"))),
        ("kind:Anti-dumping", Tagged(Tag.KIND, ("anti_dumping",))),
        ("环节:立案", Tagged(Tag.EVENT, ("initiated",))),
        ("程序:日落复审", Tagged(Tag.PROCEEDING, ("sunset_review",))),
        ("hs:69", Tagged(Tag.HS, ("69",))),
        ("hs:6911.10", Tagged(Tag.HS, ("691110",))),
        ("hs:6911..6913", Tagged(Tag.HS, ("6911", "6912", "6913"))),
        ("级别:红", Tagged(Tag.LEVEL, ("red",))),
        ('company:"Foshan"', Words("Foshan", Text.COMPANY, quoted=True)),
        ("title:(steel nails)", And((Words("steel", Text.TITLE), Words("nails", Text.TITLE)))),
        ("number:69111000", Words("69111000", quoted=True)),
        ("after:2024-01-31", Dated(Dates.PUBLISHED, first=date(2024, 1, 31))),
        ("before:2024-02", Dated(Dates.PUBLISHED, last=date(2024, 2, 29))),
        ("published:2024", Dated(Dates.PUBLISHED, date(2024, 1, 1), date(2024, 12, 31))),
        ("published>2024", Dated(Dates.PUBLISHED, first=date(2025, 1, 1))),
        ("published:2024-01..2024-06", Dated(Dates.PUBLISHED, date(2024, 1, 1), date(2024, 6, 30))),
        ("发布:2024年3月", Dated(Dates.PUBLISHED, date(2024, 3, 1), date(2024, 3, 31))),
        ("deadline<30d", Dated(Dates.DEADLINE, Ahead(0), Ahead(29))),
        ("时限<=2周", Dated(Dates.DEADLINE, Ahead(0), Ahead(14))),
        ("期限<=2周", Dated(Dates.DEADLINE, Ahead(0), Ahead(14))),
        ("deadline>30d", Dated(Dates.DEADLINE, first=Ahead(31))),
        ("published<=7d", Dated(Dates.PUBLISHED, Ahead(-7), Ahead(0))),
        ("deadline:today", Dated(Dates.DEADLINE, Ahead(0), Ahead(0))),
        ("http://example.org/x", Words("http://example.org/x")),
        ("9001:2015", Words("9001:2015")),
    ],
)
def test_reads(query: str, tree: Node) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("欧盟陶瓷餐具反倾销复审", ["欧盟", "陶瓷餐具", "反倾销", "复审"]),
        (
            "巴西对原产于中国的陶瓷餐具作出反倾销终裁",
            ["巴西", "中国", "陶瓷餐具", "反倾销", "终裁"],
        ),
        ("美国婴儿床安全标准", ["美国", "婴儿床", "安全", "标准"]),
        ("不锈钢对焊管件反倾销", ["不锈钢对焊管件", "反倾销"]),
        ("汽车安全气囊", ["汽车安全气囊"]),  # 安全 within a product is no word of trade
    ],
)
def test_a_run_of_chinese_is_taken_apart(query: str, pieces: list[str]) -> None:
    tree = parse(query)
    assert [w.text for w in (tree.parts if isinstance(tree, And) else [tree])] == pieces  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("steel foo:bar", "foo", "no field"),
        ("markt:US", "markt", "market:"),
        ("market:Narnia", "Narnia", "no country"),
        ("hs:9999", "9999", "HS2022"),
        ("hs:69111099", "69111099", "number:69111099"),
        ("hs:6913..6911", "6913..6911", "smaller one first"),
        ("kind:tariff", "tariff", "anti_dumping"),
        ("level:purple", "purple", "red"),
        ("deadline<soon", "soon", "30d"),
        ("published:2024-13", "2024-13", "2024-01-31"),
        ("published:2025..2024", "2025..2024", "earlier day"),
        ("market<US", "market<", "market:"),
        ('"open', '"open', "not closed"),
        ("(a1 OR b1", "(", "not closed"),
        ("a1)", ")", "never opened"),
        ("()", "(", "nothing in the brackets"),
        ("OR a1", "OR", "before"),
        ("a1 OR", "OR", "follows"),
        ("NOT", "NOT", "follows"),
        ("market:", "market:", "No value"),
        ('""', '""', "no word"),
    ],
)
def test_says_where_it_is_wrong_and_what_to_type(query: str, place: str, says: str) -> None:
    with translation.override("en"), pytest.raises(QueryError) as wrong:
        parse(query)
    error = wrong.value
    assert query[error.at : error.end] == place
    assert says in str(error)
    assert error.pointed(query).splitlines()[1].strip() == "^" * max(1, len(place))


def test_errors_are_in_the_readers_language() -> None:
    with translation.override("zh-hans"), pytest.raises(QueryError, match="没有"):
        parse("foo:bar")


def test_a_query_longer_than_anybody_types_is_refused() -> None:
    with pytest.raises(QueryError):
        parse("a" * 1001)
    with pytest.raises(QueryError):
        parse("(" * 200 + "a" + ")" * 200)


NAMES = st.sampled_from(["steel", "nails", "A-570-117", "瓷砖", "餐具", "Perú", "6911"])
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def leaves() -> st.SearchStrategy[Node]:
    tags = st.sampled_from(
        [
            Tagged(Tag.MARKET, ("US", "EU")),
            Tagged(Tag.KIND, ("recall",)),
            Tagged(Tag.HS, ("6911", "691200")),
            Tagged(Tag.BODY, ("International Trade Administration",)),
            Tagged(Tag.SOURCE, ("us-federal-register",)),
            Tagged(Tag.YEAR, ("2024",)),
        ]
    )
    said = st.builds(Words, NAMES, st.sampled_from(Text), quoted=st.booleans())
    begun = st.builds(Words, st.sampled_from(["anodiz", "nail"]), prefix=st.just(value=True))
    spans = st.tuples(DAYS, DAYS).map(sorted)
    dated = st.builds(lambda d, s: Dated(d, s[0], s[1]), st.sampled_from(Dates), spans)
    ahead = st.integers(1, 400)
    soon = ahead.map(lambda n: Dated(Dates.DEADLINE, Ahead(0), Ahead(n)))
    late = ahead.map(lambda n: Dated(Dates.DEADLINE, first=Ahead(n)))
    lately = ahead.map(lambda n: Dated(Dates.PUBLISHED, Ahead(-n), Ahead(0)))
    return st.one_of(tags, said, begun, dated, soon, late, lately)


TREES = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: both(*parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: either(*parts)),
        inner.map(Not),
    ),
    max_leaves=8,
)


@given(TREES, st.sampled_from(["en", "zh-hans"]))
def test_what_is_printed_reads_back(tree: Node, language: str) -> None:
    assert parse(printed(tree, language)) == tree


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused_in_words(query: str) -> None:
    refused = _refused(query)
    if refused is not None:
        assert 0 <= refused.at <= refused.end <= max(len(query), refused.at + 1)
        assert refused.problem


def _refused(query: str) -> QueryError | None:
    try:
        parse(query)
    except QueryError as error:
        return error
    return None
