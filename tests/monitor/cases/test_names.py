"""Is the firm that a notice names one of ours?"""

import pytest

from monitor.cases.names import Register, normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Fujian Sample Pine Imp & Exp Trading Co., Ltd.",
            "Sample Pine Import and Export Trade Ltd",
        ),
        ("Fujian Province Youxi City Sample Machining Co., Ltd.", "Youxi Sample Machining Company"),
        ("福建省示例木业有限公司", "示例木业股份有限公司"),
    ],
)
def test_form_place_and_spelling_do_not_tell_firms_apart(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_one_that_could_be_two_is_none() -> None:
    register = Register([(["Sample Pine Co."], 1), (["Sample Pine Ltd."], 2), (["Cedar Wood"], 3)])
    assert register.find("Sample Pine Company Limited") is None
    assert register.find("Cedar Wood Co., Ltd.") == 3
    assert register.find("Cedar Woods Co., Ltd.") == 3
    assert register.find("Spruce Wood Co., Ltd.") is None
    assert register.find("Company Limited") is None
