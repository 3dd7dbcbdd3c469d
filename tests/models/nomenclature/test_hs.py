"""The nomenclature itself: what there is, and that every heading has a Chinese name."""

import pytest

from models.nomenclature import hs


def test_hs2022_is_whole() -> None:
    assert (len(hs.chapters()), len(hs.headings()), len(hs.subheadings())) == (96, 1228, 5612)
    assert not hs.exists("77")
    assert not hs.exists("9999")


def test_every_chapter_and_heading_has_its_own_chinese_name() -> None:
    for code in hs.chapters() + hs.headings():
        name, bearer = hs.named(code, "zh")
        assert bearer == code
        assert 1 <= len(name) <= 30, code


def test_a_subheading_bears_its_heading_s_chinese_name() -> None:
    assert hs.named("690721", "zh") == ("陶瓷砖、马赛克（墙地砖）", "6907")
    assert hs.named("690721", "en")[1] == "690721"
    assert hs.name("6907", "zh").startswith("陶瓷砖")


def test_a_chapter_that_is_none_has_no_name() -> None:
    with pytest.raises(KeyError, match="7701: no such chapter in HS2022"):
        hs.name("7701", "zh")


def test_what_lies_under_a_code() -> None:
    assert hs.hs6_of("6907") == ("690721", "690722", "690723", "690730", "690740")
    assert hs.hs6_of("690721") == ("690721",)
    assert set(hs.hs6_of("6907")) < set(hs.hs6_of("69"))
    assert hs.hs6_of("6908") == ()
