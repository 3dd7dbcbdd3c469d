"""Other people's text: cut, marked and escaped without losing or inventing a character."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.text import (
    Piece,
    html,
    marked,
    merged,
    occurrences,
    passages,
    safe_url,
    tame,
)

TEXTS = st.text(max_size=200)
SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)).map(lambda s: (s[0], sum(s))))


@given(TEXTS, SPANS)
def test_marking_keeps_every_character(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in marked(text, spans)) == text


@given(SPANS)
def test_merged_spans_are_in_order_and_apart(spans: list[tuple[int, int]]) -> None:
    found = merged(spans)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))
    covered = {i for start, end in spans for i in range(start, end)}
    assert covered == {i for start, end in found for i in range(start, end)}


@given(TEXTS)
def test_no_markup_comes_out_of_text(text: str) -> None:
    out = str(html([Piece(text), Piece(text, marked=True)]))
    assert out.replace("<mark>", "").replace("</mark>", "").count("<") == 0


def test_a_long_text_is_cut_around_its_marks() -> None:
    text = "a" * 1000 + " 4409.10 " + "b" * 1000 + " 4412.31 " + "c" * 1000
    shown = passages(text, [(1001, 1008), (2010, 2017)])
    assert [piece.text for part in shown for piece in part if piece.marked] == [
        "4409.10",
        "4412.31",
    ]
    assert all(part[0].text == "… " and part[-1].text == " …" for part in shown)


def test_words_are_found_whole_and_in_chinese_anywhere() -> None:
    assert occurrences("Tiles and tile, reptiles", "tile") == [(0, 5), (10, 14)]
    assert occurrences("陶瓷餐具", "餐具") == [(2, 4)]


def test_only_web_addresses_may_be_followed() -> None:
    assert safe_url(" https://example.org/a?b=c ") == "https://example.org/a?b=c"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://x/",
        "http://",
        "",
    ):
        assert safe_url(url) is None, url
    assert safe_url("http://[broken") is None


def test_tamed_text_cannot_turn_around() -> None:
    assert tame("\u202egpj.exe\u202c\x00\n中文") == "gpj.exe\n中文"
