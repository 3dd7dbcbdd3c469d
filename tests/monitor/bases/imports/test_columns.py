from decimal import Decimal

import pytest

from monitor.bases.imports import columns
from monitor.bases.imports.columns import ENTERPRISES, FLOWS, Money, Names, Sheet
from monitor.bases.imports.problems import WrongFileError
from monitor.bases.imports.tables import Line, Table


def table(*rows: tuple[str, ...], name: str = "") -> Table:
    return Table(name, tuple(Line(at, row) for at, row in enumerate(rows, 1)))


def find(*rows: tuple[str, ...], names: Names = ENTERPRISES) -> Sheet:
    return columns.find([table(*rows)], names, ("name_zh",) if names is ENTERPRISES else ("hs",))


def refused(*rows: tuple[str, ...], names: Names = ENTERPRISES) -> WrongFileError:
    with pytest.raises(WrongFileError) as raised:
        find(*rows, names=names)
    return raised.value


@pytest.mark.parametrize(
    "header",
    ["企业名称", " 企业 名称 ", "企业名称*", "企业\n名称", "企业名称：", "name_zh", "单位名称"],
)
def test_a_header_is_known_in_its_variants(header: str) -> None:
    assert find((header,)).columns["name_zh"].at == 0


def test_titles_above_the_header_are_passed_over() -> None:
    sheet = find(("附件2", ""), ("会员企业名录表", ""), ("序号", "企业名称"), ("1", "甲"))

    assert sheet.header.number == 3
    assert [line.number for line in sheet.lines] == [4]


@pytest.mark.parametrize(
    ("header", "currency", "times"),
    [
        ("年出口额（万美元）", "USD", 10_000),
        ("年出口额(单位:万美元)", "USD", 10_000),
        ("2024年出口额（万美元）", "USD", 10_000),
        ("年出口额\n（千美元）", "USD", 1000),
        ("上年度出口额（亿美元）", "USD", 10**8),
        ("年出口额（美元）", "USD", 1),
        ("年出口额（US$）", "USD", 1),
        ("年出口额（万元）", "CNY", 10_000),
        ("年出口额（人民币万元）", "CNY", 10_000),
        ("年出口额（亿元人民币）", "CNY", 10**8),
    ],
)
def test_a_column_of_money_says_what_it_counts_in(header: str, currency: str, times: int) -> None:
    assert find(("企业名称", header)).columns["export"].money == Money(currency, Decimal(times))


@pytest.mark.parametrize("header", ["美元", "金额（美元）", "美元金额", "出口额（美元）", "美元值"])
def test_the_customs_columns_are_values(header: str) -> None:
    assert find(("商品编码", header), names=FLOWS).columns["value"].money == Money(
        "USD", Decimal(1)
    )


@pytest.mark.parametrize(
    "header", ["年出口额（万欧元）", "年出口额（美元，万）", "年出口额（港元）"]
)
def test_a_unit_that_is_not_understood_whole_is_not_read(header: str) -> None:
    sheet = find(("企业名称", header))

    assert "export" not in sheet.columns
    assert sheet.unread == (header,)


def test_money_without_a_unit_is_refused() -> None:
    assert refused(("企业名称", "年出口额")).code == "no_unit"


def test_the_unit_may_stand_above_the_table() -> None:
    sheet = find(("", "单位：万美元"), ("企业名称", "年出口额"))

    assert sheet.columns["export"].money == Money("USD", Decimal(10_000))


def test_dollars_are_taken_where_yuan_stand_beside_them() -> None:
    sheet = find(("商品编码", "人民币", "美元"), names=FLOWS)

    assert sheet.columns["value"].label == "美元"


def test_two_columns_of_one_meaning_are_refused() -> None:
    assert refused(("企业名称", "单位名称")).code == "column_twice"


def test_no_header_says_what_is_expected() -> None:
    assert refused(("甲", "乙")).params["expected"] == "企业名称"


def test_of_several_sheets_the_one_with_the_header_is_read() -> None:
    found = columns.find(
        [table(("说明",), name="说明"), table(("企业名称",), name="名录")],
        ENTERPRISES,
        ("name_zh",),
    )
    assert found.name == "名录"

    with pytest.raises(WrongFileError) as raised:
        columns.find([table(("企业名称",), name=n) for n in "甲乙"], ENTERPRISES, ("name_zh",))
    assert raised.value.params["sheets"] == "甲、乙"


def test_known_columns_that_are_not_needed_are_not_mentioned() -> None:
    assert find(("序号", "企业名称", "备 注", "成立日期")).unread == ("成立日期",)
