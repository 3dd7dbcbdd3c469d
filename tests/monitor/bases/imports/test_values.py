from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bases.imports import values
from monitor.bases.imports.columns import Money
from monitor.bases.imports.problems import BadCellError

TODAY = date(2025, 6, 2)
LARGEST = Decimal(10) ** 12


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("1,234.5", "1234.5"),
        ("１２，３４５", "12345"),
        (" 12 ", "12"),
        ("1.5E+3", "1500"),
        ("0", "0"),
    ],
)
def test_numbers(cell: str, wanted: str) -> None:
    assert values.number(cell, LARGEST) == Decimal(wanted)


@pytest.mark.parametrize("cell", ["", "-", "—", "/", "无", "  "])
def test_nothing_is_nothing(cell: str) -> None:
    assert values.number(cell, LARGEST) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("七", "no_number"),
        ("12万", "no_number"),
        ("1,23", "no_number"),
        ("1.2.3", "no_number"),
        ("NaN", "no_number"),
        ("Infinity", "no_number"),
        ("٣", "no_number"),
        ("-5", "negative"),
        ("1e12", "too_large"),
    ],
)
def test_what_is_no_number(cell: str, code: str) -> None:
    with pytest.raises(BadCellError) as raised:
        values.number(cell, LARGEST)
    assert raised.value.code == code


@given(st.decimals(0, 10**11, allow_nan=False, places=2))
def test_a_number_printed_with_separators_is_read_back(number: Decimal) -> None:
    assert values.number(f"{number:,}", LARGEST) == number


@pytest.mark.parametrize(
    "cell",
    ["202503", "2025-03", "2025-3", "2025年3月", "2025/03", "2025.3", "2025-03-31", "２０２５０３"],
)
def test_months(cell: str) -> None:
    assert values.month(cell, TODAY) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("202513", "no_month"),
        ("2025", "no_month"),
        ("20253", "no_month"),
        ("2025-02-30", "no_month"),
        ("三月", "no_month"),
        ("", "no_month"),
        ("202507", "future_month"),
    ],
)
def test_what_is_no_month(cell: str, code: str) -> None:
    with pytest.raises(BadCellError) as raised:
        values.month(cell, TODAY)
    assert raised.value.code == code


def test_codes_are_digits() -> None:
    assert values.code("6403.99.90") == "64039990"
    assert values.code("６４０３９９") == "640399"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("30617", "lost_zero"),
        ("3061790", "lost_zero"),
        ("鞋", "no_code"),
        ("640399001122", "code_length"),
    ],
)
def test_what_is_no_code(cell: str, code: str) -> None:
    with pytest.raises(BadCellError) as raised:
        values.code(cell)
    assert raised.value.code == code


def test_codes_stand_in_hs2022() -> None:
    assert values.in_hs("6403999090") == "640399"
    assert values.in_hs("64") == "64"
    with pytest.raises(BadCellError, match="no_such_code"):
        values.in_hs("640398")


def test_a_code_of_an_earlier_edition_is_brought_over_where_that_is_certain() -> None:
    with pytest.raises(BadCellError) as raised:
        values.in_hs("851712", 2021)
    assert raised.value.code == "code_split"
    assert "851713" in str(raised.value.params["targets"])


def test_places() -> None:
    assert values.market("中国台湾") == "TW"
    assert values.market("韩国") == "KR"
    for cell, code in (("火星", "no_such_place"), ("欧盟", "not_a_state"), ("中国", "home_market")):
        with pytest.raises(BadCellError) as raised:
            values.market(cell)
        assert raised.value.code == code


def test_a_firms_markets() -> None:
    assert values.markets("美国、欧盟，东南亚; 日本 韩国等") == (
        ["US", "EU", "JP", "KR"],
        ["东南亚"],
    )
    assert values.markets("") == ([], [])
    with pytest.raises(BadCellError, match="no_such_place"):
        values.markets("美国、火星")


def test_yuan_need_a_rate() -> None:
    yuan = Money("CNY", Decimal(10_000))

    assert values.usd("7.2", yuan, Decimal("7.2")) == Decimal(10_000)
    with pytest.raises(BadCellError, match="no_rate"):
        values.usd("7.2", yuan, None)


def test_quantities() -> None:
    assert values.quantity("1,000", "双") == (Decimal(1000), "pairs")
    assert values.quantity("2", "千个") == (Decimal(2000), "u")
    assert values.quantity("3", "吨") == (Decimal(3000), "kg")
    assert values.quantity("-", "双") is None
    with pytest.raises(BadCellError, match="no_such_unit"):
        values.quantity("1", "箱")


def test_text_is_bounded_and_clean() -> None:
    assert values.text("  甲　乙\n丙 ", 10) == "甲 乙 丙"
    with pytest.raises(BadCellError, match="too_long"):
        values.text("甲" * 11, 10)
    with pytest.raises(BadCellError, match="control_character"):
        values.text("甲\x07", 10)


def test_totals_and_footnotes_are_no_rows() -> None:
    assert values.is_total(("", "合　计", "12"))
    assert not values.is_total(("总计划鞋业有限公司", "12"))
    assert values.is_footnote(("", "注：试验", ""))
    assert not values.is_footnote(("注重鞋业", "泉州", "鞋", "1"))


def test_email() -> None:
    assert values.email("ａ@example.com") == "a@example.com"
    with pytest.raises(BadCellError, match="no_email"):
        values.email("不是邮箱")
