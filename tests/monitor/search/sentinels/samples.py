"""Notices and trees of one small vocabulary, so that they meet often, or nearly."""

from datetime import date, timedelta

from hypothesis import strategies as st

from monitor.search.document import Analysed, Document, analysed
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
    Widened,
    Words,
)

TODAY = date(2025, 6, 2)

NOTHING = "ͺ"
"""U+037A: a letter that folds to nothing, so it becomes an empty term."""
PASSAGES = (
    *("ceramic", "ceramics", "Cerâmica", "tile", "tiles", "anodized", "anodising", "the", "570"),
    *("ceramic tile", "ceramic tiles of", "of ceramic tile", "tile of ceramics", "tile the tiles"),
    *("Reifen", "A-570-117", "A-570-118", "570-117", "ͺ", "tile ͺ", "tile ͺ of", "ͺ ͺ tile"),
    *(
        "陶瓷",
        "瓷餐具",
        "陶瓷餐具",
        "陶瓷餐",
        "陶",
        "餐",
        "鋼鐵",
        "钢铁",
        "タイル",
        "藝",
        "芸",
        "瓷餐 tile",
    ),
)
NAMES = ("A-570-117", "570", "690721", "tile", "陶瓷", "tile of")
BEGINNINGS = (
    *("c", "cer", "ceram", "ceramic", "ceramics", "anodiz", "anodize", "anodizi", "anodis"),
    *("anodisi", "tiles", "5", "570", "陶", "a-5", "ﬁ"),
)
VALUES = {
    Tag.HS: ("69", "6907", "690721"),
    Tag.MAYBE: ("6907", "690721"),
    Tag.MARKET: ("US", "EU", "BR"),
    Tag.KIND: ("anti_dumping", "recall"),
    Tag.LEVEL: ("red", "orange"),
    Tag.ORIGIN: ("CN", "VN"),
}

passages = st.sampled_from(PASSAGES)
texts = st.lists(passages, max_size=6).map(" ".join)
short_texts = st.lists(passages, max_size=2).map(" ".join)
days = st.integers(-2, 2).map(lambda days: TODAY + timedelta(days))
tags = st.fixed_dictionaries(
    {tag: st.lists(st.sampled_from(values), max_size=2) for tag, values in VALUES.items()}
)
languages = st.sampled_from(("en", "en", "", "pt", "de", "zh", "ja"))


@st.composite
def notices(draw: st.DrawFn) -> Analysed:
    document = Document(
        notice_id=7,
        title=draw(short_texts),
        published=draw(days),
        language=draw(languages),
        text=draw(texts),
        gloss=tuple(draw(st.lists(short_texts, max_size=1))),
        names=draw(st.lists(st.sampled_from(NAMES), max_size=1)),
        companies=draw(st.lists(short_texts, max_size=1)),
        authority=draw(short_texts),
        deadlines=draw(st.lists(days, max_size=2)),
        tags=draw(tags),
    )
    return analysed(document, TODAY)


@st.composite
def tagged(draw: st.DrawFn) -> Tagged:
    tag = draw(st.sampled_from(sorted(VALUES)))
    return Tagged(tag, tuple(draw(st.lists(st.sampled_from(VALUES[tag]), max_size=2))))


within = st.sampled_from((Text.ANY, *Text))
words = st.builds(Words, passages, within, st.booleans())
odd_words = st.builds(Words, st.one_of(short_texts, st.just("¶ ·")), within)
prefixes = st.builds(Words, st.sampled_from(BEGINNINGS), within, prefix=st.just(True))
ends = st.one_of(st.none(), days, st.integers(-2, 2).map(Ahead))
dated = st.builds(Dated, st.sampled_from(Dates), ends, ends)
several = st.lists(words, min_size=2, max_size=2).map(tuple).map(And)
also = st.lists(st.one_of(tagged(), words), min_size=1, max_size=2).map(tuple)
widened = st.builds(Widened, st.one_of(words, several), also)
leaves: st.SearchStrategy[Node] = st.one_of(
    words, words, words, odd_words, prefixes, tagged(), tagged(), dated, widened
)
literals = st.one_of(leaves, leaves, leaves, leaves.map(Not))
short = st.lists(literals, min_size=2, max_size=3).map(tuple)
"""Two or three leaves: most of what people ask."""


def _nested(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(parts.map(And), parts.map(Or), inner.map(Not))


trees: st.SearchStrategy[Node] = st.one_of(
    leaves,
    short.map(And),
    short.map(Or),
    st.lists(tagged(), min_size=2, max_size=4).map(tuple).map(And),
    st.tuples(short.map(Or), literals).map(And),
    st.tuples(st.tuples(short.map(And), leaves).map(Or), literals).map(And),
    st.lists(short.map(And), min_size=2, max_size=2).map(tuple).map(Or),
    st.recursive(st.one_of(leaves, st.just(Everything())), _nested, max_leaves=9),
)
