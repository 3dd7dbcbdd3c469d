"""Features of every script; marks and case do not matter."""

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
    assert "w:стальные" in features("Стальные трубы")
    assert "w:ceramica" in features("Tuercas de cerámica")
    assert "z:강관" in features("강관")


@given(st.text(max_size=100))
def test_every_piece_belongs_to_a_word(text: str) -> None:
    found = words(text)
    assert all(0 <= number < len(found) for number, _ in by_word(found))
    assert [piece for _, piece in by_word(found)] == pieces(text)
