"""What changed between two versions of a notice: exact in pieces, readable on the page."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from bundles.items import NoticeItem
from monitor.notices.models import Notice, NoticeVersion
from monitor.web import differences
from monitor.web.differences import Edit, Op, after, before, condensed, edits
from monitor.web.templatetags.differences import difference
from monitor.web.text import tame
from monitor.web.versions import FIELDS, changed, compared, current, is_cosmetic
from tests.monitor.web.house import ABSTRACT, SEEN, TITLE, House, code, item
from tests.monitor.web.test_contrast import _luminance, _schemes

CHINESE = {"accept-language": "zh-CN"}
ENGLISH = {"accept-language": "en"}
HOSTILE = "<script>alert(1)</script> \u202egpj.exe\u202c \"'&amp;"

TOKENS = st.sampled_from(
    ["word", "4409.10", "对华", "陶瓷", "反倾销", ",", ".", " ", "  ", "\n", "\n\n", "é", "e\u0301",
     "\u202e", "<b>", "🚢", "\r", "\u2028"]
)  # fmt: skip
TEXTS = st.lists(TOKENS, max_size=40).map("".join) | st.text(max_size=120)
PAIRS = st.tuples(TEXTS, TEXTS) | TEXTS.flatmap(
    lambda text: st.tuples(st.just(text), st.lists(TOKENS, max_size=5).map("".join)).map(
        lambda pair: (pair[0], pair[0][: len(pair[0]) // 2] + pair[1] + pair[0][len(text) // 2 :])
    )
)


@given(PAIRS)
def test_the_pieces_give_back_both_texts(pair: tuple[str, str]) -> None:
    found = edits(*pair)
    for pieces in (found, condensed(found)):
        assert (before(pieces), after(pieces)) == pair
        assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_what_is_equal_has_no_difference(text: str) -> None:
    assert [piece.op for piece in edits(text, text)] == [Op.SAME] * bool(text)


@given(PAIRS)
def test_pieces_take_turns_and_what_is_taken_out_comes_first(pair: tuple[str, str]) -> None:
    for one, other in pairwise(edits(*pair)):
        assert (one.op, other.op) in {
            (Op.SAME, Op.OUT), (Op.SAME, Op.IN), (Op.OUT, Op.IN), (Op.OUT, Op.SAME),
            (Op.IN, Op.SAME),
        }  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, 1199), max_size=60))
def test_long_texts_are_compared_by_lines_and_lose_nothing(cut: set[int]) -> None:
    lines = [f"Line {n} of the notice on HTSUS 44{n % 99:02d}.10.\n" for n in range(1200)]
    other = [line for n, line in enumerate(lines) if n not in cut]
    old, new = "".join(lines), "".join(other).replace("HTSUS 4407", "subheading 4407")
    assert len(differences._TOKEN.findall(old)) > differences.MANY
    found = condensed(edits(old, new))
    assert (before(found), after(found)) == (old, new)


def test_a_long_line_without_breaks_is_replaced_as_a_whole() -> None:
    old, new = "word " * 5000, "other " * 5000
    assert edits(old, new) == [Edit(Op.OUT, old), Edit(Op.IN, new)]


def test_words_and_chinese_characters_are_the_pieces() -> None:
    assert edits("Comments are due June 20, 2025.", "Comments are due July 3, 2025.") == [
        Edit(Op.SAME, "Comments are due "),
        Edit(Op.OUT, "June 20"),
        Edit(Op.IN, "July 3"),
        Edit(Op.SAME, ", 2025."),
    ]
    assert edits("对陶瓷餐具征收反倾销税，税率13.1%", "对陶瓷餐具继续征收反倾销税，税率17.6%") == [
        Edit(Op.SAME, "对陶瓷餐具"),
        Edit(Op.IN, "继续"),
        Edit(Op.SAME, "征收反倾销税，税率"),
        Edit(Op.OUT, "13.1"),
        Edit(Op.IN, "17.6"),
        Edit(Op.SAME, "%"),
    ]


def test_a_long_text_shows_only_what_surrounds_its_changes() -> None:
    old = "one two three " * 400
    found = condensed(edits(old, old[:2800] + "CHANGED " + old[2800:]))
    assert [piece.hidden for piece in found] == [True, False, False, False, True]
    shown = "".join(piece.text for piece in found if not piece.hidden)
    assert len(shown) < 2 * differences.MARGIN + 2 * differences.SNAP + 10
    assert not shown[0].isspace()


class _Read(HTMLParser):
    """The two texts, read again out of the page: what is struck through, what is underlined."""

    def __init__(self) -> None:
        super().__init__()
        self.old = self.new = ""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within.append("hidden" if ("class", "hidden") in attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        self._within.pop()

    def handle_data(self, data: str) -> None:
        if "hidden" in self._within:
            return
        self.old += "" if "ins" in self._within else data
        self.new += "" if "del" in self._within else data


@given(PAIRS)
def test_the_page_gives_back_both_texts(pair: tuple[str, str]) -> None:
    """But for characters that deceive, and white space that a change is made of."""
    old, new = (" ".join(tame(text).split()) + "." for text in pair)
    with override("en"):
        shown = str(difference(edits(old, new), "en"))
    read = _Read()
    read.feed(shown)
    assert (read.old, read.new) == (old, new)


def test_what_the_eye_does_not_see_is_written_out_where_it_changed() -> None:
    with override("en"):
        shown = str(difference(edits("pdf", "p\u202edf"), "en"))
        spaced = str(difference(edits("a\n\nb", "a\nb"), "en"))
    assert "⟨U+202E⟩" in shown
    assert "\u202e" not in shown
    assert "¶" in spaced


def test_every_field_of_a_notice_is_compared() -> None:
    named = {"source", "number", "capture"}  # what names it and where it was fetched
    assert {each.name for each in FIELDS} == set(NoticeItem.model_fields) - named


@pytest.fixture
def notice(house: House) -> Notice:
    """In its third version: the first lost a code and gained a date, the second was misspelt."""
    parts = item(dates=[_date("2025-06-20"), _date("2025-07-04")])
    notice = house.notice(version=3, item=parts, body="It enters under 4409.10.4010.\n\nEnd.")
    now = current(notice)
    codes = [*now["codes"], code("4418.99.9095", "441899", "4418")]
    first = {**now, "dates": [_date("2025-06-20")], "codes": codes, "title": "Wood mouldings"}
    second = {**now, "title": TITLE.replace("Products", "Prodcuts")}
    for number, said in ((1, first), (2, second)):
        NoticeVersion.objects.create(notice=notice, version=number, item=said, seen_until=SEEN)
    return notice


def _date(day: str) -> dict[str, str]:
    return {"kind": "comments_due", "date": day, "printed": day}


def _text(client: Client, path: str, language: dict[str, str] = ENGLISH) -> str:
    response = client.get(path, headers=language)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_version_shows_field_by_field_what_was_taken_out_and_put_in(
    client: Client, notice: Notice
) -> None:
    text = _text(client, f"/notices/{notice.pk}/versions/1/")
    taken = re.findall(r"<del>.*?</span>(.*?)</del>", text)
    put = re.findall(r"<ins>.*?</span>(.*?)</ins>", text)
    assert "4418.99.9095 (HTSUS) → HS 4418.99" in taken
    assert "Comments due 2025-07-04" in put
    assert "2 others stay as they were" in text
    assert "people act on it" in text
    assert "Nothing that people act on changed" not in text
    chinese = _text(client, f"/notices/{notice.pk}/versions/1/", CHINESE)
    assert "评议截止 2025-07-04" in chinese
    assert "第 1 版到第 2 版的改动" in chinese


def test_a_cosmetic_change_says_so(client: Client, notice: Notice) -> None:
    text = _text(client, f"/notices/{notice.pk}/versions/2/")
    assert "Nothing that people act on changed" in text
    assert "version 3 is how the notice stands now" in text
    assert re.search(r"<del>.*?Prodcuts</del><ins>.*?Products</ins>", text)
    page = _text(client, f"/notices/{notice.pk}/")
    assert f'href="/notices/{notice.pk}/versions/2/"' in page
    assert page.index("Nothing that people act on changed") < page.index("versions/1/")


def test_of_a_long_text_only_the_changed_passages_are_shown_unless_all_is_asked_for(
    client: Client, house: House
) -> None:
    body = "The merchandise covered is wood mouldings. " * 200
    notice = house.notice(version=2, body=body + "Done.")
    said = current(notice) | {"body": body + "Finished."}
    NoticeVersion.objects.create(notice=notice, version=1, item=said, seen_until=SEEN)
    address = f"/notices/{notice.pk}/versions/1/"
    text = _text(client, address)
    assert "characters unchanged …" in text
    assert text.count("The merchandise covered") < 8
    assert 'href="?whole=1"' in text
    assert _text(client, f"{address}?whole=1").count("The merchandise covered") == 200


def test_the_same_item_read_anew_has_no_difference(client: Client, house: House) -> None:
    notice = house.notice(version=2)
    said = current(notice) | {"also": [], "sample": False}  # defaults that were kept once
    NoticeVersion.objects.create(notice=notice, version=1, item=said, seen_until=SEEN)
    assert changed(said, current(notice)) == []
    assert "No field differs" in _text(client, f"/notices/{notice.pk}/versions/1/")


def test_an_old_version_that_lacks_fields_or_has_old_words_is_shown(
    client: Client, house: House
) -> None:
    notice = house.notice(version=2)
    said = {"title": TITLE, "event": "a_word_of_old", "kinds": ["quota"]}
    NoticeVersion.objects.create(notice=notice, version=1, item=said, seen_until=SEEN)
    assert "a_word_of_old" in _text(client, f"/notices/{notice.pk}/versions/1/")
    assert _text(client, f"/notices/{notice.pk}/")


@pytest.mark.parametrize("number", [0, 3, 4, 10**9, 10**30])
def test_versions_that_are_not_there_are_not_found(
    client: Client, notice: Notice, number: int
) -> None:
    assert client.get(f"/notices/{notice.pk}/versions/{number}/").status_code == 404


def test_a_notice_of_many_versions_compares_the_latest(client: Client, house: House) -> None:
    notice = house.notice(version=41)
    now = current(notice)
    NoticeVersion.objects.bulk_create(
        NoticeVersion(notice=notice, version=n, item=now | {"title": f"Title {n}"}, seen_until=SEEN)
        for n in range(1, 41)
    )
    text = _text(client, f"/notices/{notice.pk}/")
    assert "Title 40" in text
    assert "Title 20" not in text
    assert "20 older versions" in text


def test_hostile_text_in_every_field_stays_text(client: Client, house: House) -> None:
    notice = house.notice(
        version=2, number="2025-<i>1</i>", title=HOSTILE, abstract=HOSTILE, body=HOSTILE,
        product=HOSTILE, authority=HOSTILE,
    )  # fmt: skip
    said = {
        **{each.name: HOSTILE + "!" for each in FIELDS if each.words is None},
        "case_numbers": [HOSTILE],
        "symbols": [HOSTILE],
        "references": ["javascript:alert(2)"],
        "url": "javascript:alert(3)",
        "kinds": [HOSTILE],
        "event": HOSTILE,
        "origins": [HOSTILE],
        "language": HOSTILE,
        "companies": [{"name": HOSTILE, "role": HOSTILE}],
        "codes": [{"printed": HOSTILE, "system": HOSTILE, "hs6": [HOSTILE]}],
        "dates": [{"kind": HOSTILE, "date": HOSTILE, "printed": HOSTILE}],
        "threads": [{"title": HOSTILE, "keys": [HOSTILE]}],
    }
    NoticeVersion.objects.create(notice=notice, version=1, item=said, seen_until=SEEN)
    for path in (f"/notices/{notice.pk}/versions/1/", f"/notices/{notice.pk}/"):
        text = _text(client, path)
        assert "<script>alert" not in text
        assert "\u202e" not in text
        assert 'href="javascript' not in text
        assert "<i>1</i>" not in text


def test_what_people_act_on_is_never_called_cosmetic() -> None:
    decisive = {"kinds", "event", "origins", "dates", "codes", "companies", "product", "outcome"}
    old: dict[str, Any] = {"title": TITLE, "abstract": ABSTRACT}
    values = {
        "dates": [_date(str(date(2025, 6, 20)))],
        "codes": [code("4409.10", "440910", "4409")],
        "companies": [{"name": "Fujian Yinfeng"}],
        "kinds": ["anti_dumping"],
        "origins": ["CN"],
    }
    for name in decisive:
        new = old | {name: values.get(name, "final")}
        assert not is_cosmetic(changed(old, new)), name
    assert is_cosmetic(changed(old, old | {"title": "Another"}))
    assert [each.what.name for each in compared(old, old | {"title": "Another"})] == ["title"]


def test_questions_do_not_grow_with_the_versions(
    client: Client, house: House, django_assert_max_num_queries: Any
) -> None:
    notice = house.notice(version=61)
    now = current(notice)
    NoticeVersion.objects.bulk_create(
        NoticeVersion(notice=notice, version=n, item=now, seen_until=SEEN) for n in range(1, 61)
    )
    with django_assert_max_num_queries(6):  # three of them find out who asks
        _text(client, f"/notices/{notice.pk}/versions/30/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["put-in", "taken-out"])
def test_changes_are_readable_in_both_schemes(scheme: str, ground: str) -> None:
    colours = _schemes()[scheme]
    one, other = sorted((_luminance(colours["ink"]), _luminance(colours[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
