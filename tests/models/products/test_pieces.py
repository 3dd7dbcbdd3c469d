"""Features of every script; marks and case do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.products.features import features
from models.products.pieces import by_word, pieces, plain, words


def test_marks_come_off_latin_letters_only() -> None:
    assert plain("CERÁMICA Đường ığdır") == "ceramica duong igdir"
    assert plain("ガラス") == "ガラス"
    assert plain("강관") == "강관"


def test_chinese_and_japanese_are_cut_into_runs() -> None:
    assert {"钢", "钢格", "钢格板"} <= set(pieces("钢格板"))
    assert {"ゴム", "タイヤ"} <= set(pieces("タイヤ用ゴム"))
    assert "강관" in pieces("강관 이음쇠")


def test_words_are_whole_and_in_pieces() -> None:
    assert {"<стальные>", "стал", "стальные трубы"} <= set(pieces("Стальные трубы"))
    assert "w:ceramica" in features(("Tuercas de cerámica", "es"))
    assert "z:강관" in features(("강관", "ko"))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "стальные трубы", "стальных труб"),
        ("tr", "gazlı çakmaklar", "GAZLI ÇAKMAKLARIN"),
        ("de", "Kunststoffrohre", "Kunststoffrohren"),
        ("es", "tubos de acero", "tubo de acero"),
    ],
)
def test_the_form_of_a_word_does_not_matter(language: str, one: str, other: str) -> None:
    assert set(features((one, language))) == set(features((other, language)))


def test_cyrillic_words_are_russian_whatever_the_caller_says() -> None:
    assert features(("стальных труб", "en")) == features(("стальных труб", "ru"))


@given(st.text(max_size=100))
def test_every_piece_belongs_to_a_word(text: str) -> None:
    found = words(text)
    assert all(0 <= number < len(found) for number, _ in by_word(found))
    assert [piece for _, piece in by_word(found)] == pieces(text)
