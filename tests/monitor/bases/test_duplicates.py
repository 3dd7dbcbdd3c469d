"""Which firms are proposed to be one."""

import pytest

from monitor.bases.duplicates import core, proposed
from monitor.bases.models import Enterprise


def firm(pk: int, name: str, **said: str) -> Enterprise:
    return Enterprise(pk=pk, name_zh=name, **said)


@pytest.mark.parametrize(
    "other",
    ["福建省晋江市远帆鞋业有限公司", "晋江市远帆鞋业有限责任公司", "晋江市远帆（鞋业）有限公司"],
)
def test_names_that_differ_in_form_only_are_alike(other: str) -> None:
    assert core(other) == core("晋江市远帆鞋业有限公司")


def test_pairs_come_with_what_speaks_for_them_the_most_first() -> None:
    rows = [
        firm(1, "晋江市远帆鞋业有限公司", uscc="91350582000000019D", email="a@example.org"),
        firm(2, "福建省晋江市远帆鞋业公司", email="A@example.org"),
        firm(3, "泉州石材厂", uscc="92350500000000019X"),
        firm(4, "漳州水产有限公司"),
    ]
    found = [(pair.first.pk, pair.second.pk, pair.why) for pair in proposed(rows)]
    assert found == [(1, 2, ("name", "mail")), (1, 3, ("code",))]


def test_nobody_is_proposed_where_there_is_nobody() -> None:
    assert proposed([]) == []
