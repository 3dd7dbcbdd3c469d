"""The full text of a notice: whole, in paragraphs, marked where it was found."""

import time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from monitor.search.room import room
from monitor.web import reading
from monitor.web.reading import Form, body, paragraphs, places
from monitor.web.text import Span
from tests.monitor.web.house import SEEN, House

ENGLISH = {"accept-language": "en"}
CHINESE = {"accept-language": "zh-CN"}
HOSTILE = "<script>alert(1)</script> \u202egpj.exe\u202c <b>4409.10.4010</b>"
TEXTS = st.lists(
    st.sampled_from(["word", "\n", "\n\n", "  ", "    ", "a line of words that is of some length",
                     "x   y   z", "-----", "|", "\t", "陶瓷", "\r\n"]),
    max_size=40,
).map("".join) | st.text(max_size=200)  # fmt: skip


def _nothing(_text: str) -> list[Span]:
    return []


def _words(text: str) -> list[Span]:
    return [(at, at + 4) for at in range(len(text)) if text.startswith("word", at)]


@given(TEXTS)
def test_paragraphs_hold_every_word_in_order(text: str) -> None:
    shown = paragraphs(text, _words)
    said = "".join(piece.text for each in shown for piece in each.pieces)
    assert "".join(said.split()) == "".join(text.split())
    marks = [piece.text for each in shown for piece in each.pieces if piece.marked]
    assert sum(map(len, marks)) == 4 * text.count("word")


@given(TEXTS)
def test_paragraphs_are_apart_and_none_is_blank(text: str) -> None:
    found = list(places(text))
    assert all(text[start:end].strip() for start, end in found)
    assert found == sorted(found)


@given(st.integers(0, 300), st.integers(-3, 20))
def test_the_pages_of_a_body_are_the_body(lines: int, number: int) -> None:
    text = "".join(f"Paragraph {n} of the notice. {'word ' * 80}\n\n" for n in range(lines))
    pages = [body(text, _nothing, n + 1) for n in range(body(text, _nothing).last)]
    said = "".join(p.text for page in pages for each in page.paragraphs for p in each.pieces)
    assert "".join(said.split()) == "".join(text.split())
    assert 1 <= body(text, _nothing, number).number <= len(pages)


def test_text_broken_at_a_column_flows_and_tables_do_not() -> None:
    text = (
        "    On February 3, 2025, Commerce published the notice of initiation of\n"
        "this review of the order on wood mouldings and millwork products from\n"
        "China.\n"
        "    Comments are due thirty days after that.\n\n"
        "Firm                 Margin\n"
        "---------------------------\n"
        "Fujian Yinfeng       44.60%\n\n"
        "Dated: January 7, 2025.\nSteven Presing,\nActing Deputy Assistant Secretary."
    )
    forms = [each.form for each in paragraphs(text, _nothing)]
    assert forms == [Form.PROSE, Form.PROSE, Form.TABLE, Form.LINES]


@pytest.mark.parametrize("text", ["\n" * 40_000, " " * 40_000, "\n " * 20_000, "| " * 20_000])
def test_white_space_without_end_takes_no_time(text: str) -> None:
    began = time.process_time()
    paragraphs(text + "end", _nothing)
    assert time.process_time() - began < 2


def _text(client: Client, address: str, language: dict[str, str] = ENGLISH) -> str:
    response = client.get(address, headers=language)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_notice_is_there_in_full_with_its_codes_marked(
    client: Client, house: House, index: None
) -> None:
    notice = house.notice(body="Scope.\n\nIt enters under 4409.10.4010.")
    text = _text(client, f"/notices/{notice.pk}/")
    assert '<p class="prose"><bdi>Scope.</bdi></p>' in text
    assert text.count("<mark>4409.10.4010</mark>") == 2
    assert "The codes that the notice prints are marked." in text
    assert '<p class="prose"><bdi lang="en">' in _text(client, f"/notices/{notice.pk}/", CHINESE)


def test_the_words_of_the_query_are_marked(client: Client, house: House, index: None) -> None:
    notice = house.notice(body="The mouldings are dumped.")
    text = _text(client, f"/notices/{notice.pk}/?q=moulding")
    assert "<mark>mouldings</mark>" in text
    assert "<mark>Mouldings</mark>" in text  # in the heading
    assert "<mark>4409.10.4010</mark>" not in text
    assert "Found by “moulding”." in text
    assert "None of its words" in _text(client, f"/notices/{notice.pk}/?q=zeppelin")


@pytest.mark.parametrize("query", ['"', "AND+(", "%00", "", "a" * 3000, "kind:nosuch"])
def test_a_wrong_query_is_not_heeded(client: Client, house: House, index: None, query: str) -> None:
    notice = house.notice()
    assert "<mark>4409.10.4010</mark>" in _text(client, f"/notices/{notice.pk}/?q={query}")


def test_a_long_body_is_folded_paged_and_shows_where_the_words_are(
    client: Client, house: House, index: None
) -> None:
    filler = "The scope is as it was described before in the notice of initiation.\n\n" * 40
    long = filler + "Here are zeppelins.\n\n" + filler * 30
    notice = house.notice(body=long)
    text = _text(client, f"/notices/{notice.pk}/?q=zeppelin")
    assert "<details><summary>The whole text, page 1 of 3" in text
    assert 'class="excerpt"' in text
    assert text.index("<mark>zeppelins</mark>") < text.index("<details><summary>The whole text")
    assert 'href="?q=zeppelin&amp;page=2#text"' in text
    second = _text(client, f"/notices/{notice.pk}/?page=2")
    assert "<details open><summary>The whole text, page 2 of 3" in second
    assert len(second) < reading.PART * 2
    assert "page 3 of 3" in _text(client, f"/notices/{notice.pk}/?page=99999999")


def test_a_notice_without_text_says_so(client: Client, house: House, index: None) -> None:
    notice = house.notice(abstract="", item={})
    assert "The source gives no text beside the title" in _text(client, f"/notices/{notice.pk}/")


def test_hostile_text_stays_text(client: Client, house: House, index: None) -> None:
    notice = house.notice(title=HOSTILE, abstract=HOSTILE, body=f"{HOSTILE}\n\n" * 200)
    room().walk(SEEN)
    for query in ("", "?q=%3Cscript%3Ealert(1)", "?q=%E2%80%AEgpj"):
        text = _text(client, f"/notices/{notice.pk}/{query}")
        assert "<script>alert" not in text
        assert "<b>" not in text
        assert "\u202e" not in text
