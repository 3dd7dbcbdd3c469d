"""Product lines that are only a part of their code: the notice has to name them."""

from decimal import Decimal

import pytest

from monitor.impact.matching import Claim, Depth, Match
from monitor.impact.wording import meant
from monitor.notices.models import Notice

WORDS = {"850440": ["LED", "lamp", "照明"]}


def found(line: str | None = "850440", evidence: str = "printed") -> Match:
    claim = Claim("850440", 0.9, evidence)
    return Match("850440", claim, Depth.HS6, Decimal(1), exported=True, line=line)


def notice(title: str, language: str = "en") -> Notice:
    return Notice(title=title, language=language, product=None, abstract=None)


@pytest.mark.parametrize(
    ("title", "language", "is_meant"),
    [
        ("Drivers for LEDs", "en", True),
        ("led drivers", "en", True),
        ("Dimmable lamps", "en", True),
        ("Controlled power converters", "en", False),
        ("Lampreys", "en", False),
        ("对华照明电源发起调查", "zh", True),
        ("对华逆变器发起调查", "zh", False),
        ("Преобразователи", "ru", True),
    ],
)
def test_the_notice_has_to_name_one_of_the_words(title: str, language: str, is_meant: bool) -> None:
    assert bool(meant([found()], WORDS, notice(title, language))) is is_meant


def test_a_line_without_words_means_all_of_its_code() -> None:
    assert meant([found(line="8504"), found(line=None)], WORDS, notice("Power converters"))


def test_what_a_person_confirmed_stands_whatever_the_words() -> None:
    assert meant([found(evidence="confirmed")], WORDS, notice("Power converters"))
