"""The one analyser: vectors that hold both engines, and the laws that highlights rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.search import analysis

LANGUAGES = st.sampled_from(["", *analysis.STEMMED, "ja", "ko", "vi", "zh"])
TEXTS = st.text(
    st.one_of(
        st.sampled_from("陶瓷餐具鐵鍋 ーのガラス한국어 aAéÉßıİđñ-./'½①㎏ﬁ\u0301"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Steel nails", "en", "steel nail"),
        ("A-570-117", "en", "a 570 117"),
        ("陶瓷餐具", "zh", "陶瓷 瓷餐 餐具"),
        ("鐵鍋", "zh", "铁锅"),
        ("鉄鍋", "ja", "铁锅"),  # Japan simplified otherwise
        ("砖", "zh", "砖"),
        ("Cerâmicas", "pt", "ceram"),
        ("neumáticos", "es", "neumat"),
        ("Бесшовные трубы", "ru", "бесшовн труб"),
        ("Lốp xe", "vi", "lop xe"),
        ("İPLİK", "tr", "iplik"),
        ("세라믹 타일", "ko", "세라 라믹 타일"),
        ("ＦＵＬＬ　ｗｉｄｔｈ①", "", "full width1"),
        ("beer", "de", "beer"),  # Snowball's `be` is a word of English
    ],
)
def test_vectors(text: str, language: str, expected: str) -> None:
    assert analysis.stream(text, language=language).strip() == expected


@given(TEXTS, LANGUAGES)
def test_a_stream_is_the_terms_without_their_places(text: str, language: str) -> None:
    terms = [term.text for term in analysis.terms(text, language)]
    assert (
        analysis.stream(text, language=language).split(" ") == ["", *terms, ""] if terms else True
    )


@given(TEXTS, LANGUAGES)
def test_every_term_stands_where_it_says(text: str, language: str) -> None:
    places = [(term.start, term.end) for term in analysis.terms(text, language)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(TEXTS, LANGUAGES)
def test_no_term_holds_a_space(text: str, language: str) -> None:
    assert not any(" " in term.text or not term.text for term in analysis.terms(text, language))


@given(TEXTS, st.sampled_from(["", *analysis.STEMMED, "ja"]))
def test_a_text_is_found_by_itself_in_whatever_language_it_was_indexed(
    text: str, language: str
) -> None:
    form = tuple(term.text for term in analysis.terms(text, language))
    assert not form or form in analysis.forms(text)


def test_a_phrase_does_not_run_from_one_part_into_the_next() -> None:
    assert " nail from " not in analysis.stream("steel nails", "from China", language="en")


def test_words_that_became_another_term_are_kept_for_prefixes() -> None:
    assert analysis.surfaces("anodized steel plates", language="en") == {"anodized", "plates"}


def test_a_number_is_one_name_whatever_signs_it_has() -> None:
    assert analysis.name("A-570-117") == analysis.name("a570 117") == "a570117"
