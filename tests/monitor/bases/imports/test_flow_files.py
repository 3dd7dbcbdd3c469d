from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bases.imports import columns, flows
from monitor.bases.imports.known import CellKey, CellValue, KnownBase, KnownBases, KnownFirm
from monitor.bases.imports.plan import Action, FieldChange, Plan
from monitor.bases.imports.tables import Line, Table, read

TODAY = date(2025, 6, 2)
MARCH = date(2025, 3, 1)
HEADER = ("数据年月", "贸易伙伴名称", "商品编码", "第一数量", "第一计量单位", "美元", "企业名称")
BASES = KnownBases([KnownBase("footwear", {"name_zh": "鞋类"})], "footwear")
FIRMS = [
    KnownFirm(7, {"name_zh": "甲公司", "uscc": None}, frozenset({"footwear"})),
    KnownFirm(8, {"name_zh": "乙公司", "uscc": None}, frozenset({"bags"})),
]


def plan(
    tables: list[Table], known: dict[CellKey, CellValue] | None = None
) -> Plan[flows.FlowRecord]:
    sheet = columns.find(tables, flows.NAMES, flows.MANDATORY)
    cells, made = flows.read(sheet, FIRMS, BASES, flows.Asked(TODAY))
    return flows.plan(cells, made, known or {}, {"footwear": 3})


def of_rows(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> list[Table]:
    return [Table("", tuple(Line(at, row) for at, row in enumerate((header, *rows), 1)))]


def records(made: Plan[flows.FlowRecord]) -> dict[CellKey, CellValue]:
    return {change.record.key: change.record.value for change in made.changes}


def codes(made: Plan[Any]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in made.rejected]


def test_the_export_of_the_customs(examples: Path) -> None:
    made = plan(read(examples / "customs.csv"))

    february = date(2025, 2, 1)
    assert records(made) == {
        CellKey("footwear", None, "640399", "US", MARCH): CellValue(
            Decimal("35000.50"), Decimal(1500), "pairs"
        ),
        CellKey("footwear", None, "640391", "DE", MARCH): CellValue(
            Decimal(900), Decimal(20), "pairs"
        ),
        CellKey("footwear", None, "610910", "JP", february): CellValue(
            Decimal(660), Decimal(300), "u"
        ),
    }
    assert codes(made) == [
        (5, "美元", "no_value"),
        (7, "数据年月", "no_month"),
        (8, "商品编码", "lost_zero"),
        (8, "贸易伙伴名称", "no_such_place"),
        (8, "第一数量", "no_such_unit"),
    ]
    assert [(note.code, dict(note.params)) for note in made.notes] == [
        ("total_row", {"line": 9}),
        ("sample_gives_way", {"base": "footwear", "rows": 3}),
    ]


def test_a_changed_cell_is_shown_field_by_field_and_the_rest_of_its_month_stays() -> None:
    key = CellKey("footwear", None, "640399", "US", MARCH)
    known = {
        key: CellValue(Decimal(5), Decimal(1), "pairs"),
        key._replace(market="DE"): CellValue(Decimal(5), None, ""),
    }

    made = plan(of_rows(("202503", "美国", "640399", "2", "双", "5", "")), known)

    assert made.changes[0].action is Action.CHANGED
    assert made.changes[0].fields == (FieldChange("quantity", "1", "2.000"),)
    assert [note.code for note in made.notes] == ["sample_gives_way", "cells_kept"]


def test_what_is_known_already_is_unchanged() -> None:
    key = CellKey("footwear", None, "640399", "US", MARCH)

    made = plan(
        of_rows(("202503", "美国", "640399", "2", "双", "5", "")),
        {key: CellValue(Decimal("5.00"), Decimal("2.000"), "pairs")},
    )

    assert made.writes() == []


def test_rows_of_two_units_leave_the_quantity_empty() -> None:
    made = plan(
        of_rows(
            ("202503", "美国", "64039900", "2", "双", "5", ""),
            ("202503", "美国", "64039910", "2", "千克", "5", ""),
            ("202502", "美国", "64039910", "", "", "5", ""),
        )
    )

    assert {value.quantity for value in records(made).values()} == {None}
    assert [(note.code, note.params["rows"]) for note in made.notes][-1] == ("units_mixed", 1)


def test_a_firms_row_belongs_to_a_member_of_the_base() -> None:
    made = plan(
        of_rows(
            ("202503", "美国", "640399", "2", "双", "5", "甲公司"),
            ("202503", "美国", "640399", "2", "双", "5", "乙公司"),
            ("202503", "美国", "640399", "2", "双", "5", "丙公司"),
        )
    )

    assert [key.firm for key in records(made)] == [7]
    assert codes(made) == [(3, "企业名称", "firm_of_other_base"), (4, "企业名称", "no_such_firm")]
    assert "firms_without_total" in [note.code for note in made.notes]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("202507", "美国", "640399", "", "", "5"), "数据年月", "future_month"),
        (("202503", "欧盟", "640399", "", "", "5"), "贸易伙伴名称", "not_a_state"),
        (("202503", "美国", "6403", "", "", "5"), "商品编码", "too_short_for_flows"),
        (("202503", "美国", "640398", "", "", "5"), "商品编码", "no_such_code"),
        (("202103", "美国", "851712", "", "", "5"), "商品编码", "code_split"),
        (("202503", "美国", "640399", "", "", "-5"), "美元", "negative"),
        (("202503", "美国", "640399", "1", "箱", "5"), "第一数量", "no_such_unit"),
        (("202503", "美国", "640399", "1", "", "5"), "第一数量", "unit_missing"),
    ],
)
def test_bad_rows_are_rejected(row: tuple[str, ...], column: str, code: str) -> None:
    made = plan(of_rows(row))

    assert codes(made) == [(2, column, code)]
    assert not made.changes


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["202503", "202502"]),
            st.sampled_from(["美国", "日本"]),
            st.sampled_from(["64039900", "6403991090", "640411"]),
            st.integers(0, 10**6),
            st.decimals(0, 10**8, places=2),
        ),
        max_size=20,
    )
)
def test_nothing_is_lost_or_counted_twice(rows: list[tuple[str, str, str, int, Decimal]]) -> None:
    made = plan(of_rows(*((m, p, c, str(q), "双", f"{v:,}", "") for m, p, c, q, v in rows)))

    assert sum(v.value_usd for v in records(made).values()) == sum(v for *_, v in rows)
    assert sum(v.quantity or 0 for v in records(made).values()) == sum(q for *_, q, _ in rows)
    assert len(made.changes) == len({(m, p, c[:6]) for m, p, c, _, _ in rows})


@given(st.lists(st.lists(st.text(max_size=8), max_size=7), max_size=6))
def test_no_row_whatever_stands_in_it_breaks_the_plan(rows: list[list[str]]) -> None:
    made = plan(of_rows(*map(tuple, rows)))

    assert all(change.record.value.value_usd >= 0 for change in made.changes)
