from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.nomenclature import hs
from monitor.bases.imports import bases, columns
from monitor.bases.imports.known import KnownBase, KnownBases
from monitor.bases.imports.plan import Action, FieldChange, Plan
from monitor.bases.imports.tables import Line, Table, read

NAMES = {
    "name_zh": "鞋类",
    "name_en": "Footwear",
    "cities": ["泉州"],
    "chamber_zh": "鞋类商会",
    "chamber_en": "Footwear Chamber",
}
KNOWN = KnownBases(
    [KnownBase("footwear", NAMES, {"6403": ("皮面鞋", "Leather footwear"), "64": ("鞋", "Shoes")})]
)
HEADER = ("基地名称", "基地代码", "基地英文名称", "HS编码", "主要产品")


def plan(tables: list[Table]) -> Plan[bases.BaseRecord]:
    return bases.plan(columns.find(tables, bases.NAMES, bases.MANDATORY), KNOWN)


def of_rows(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> list[Table]:
    return [Table("", tuple(Line(at, row) for at, row in enumerate((header, *rows), 1)))]


def codes(made: Plan[Any]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in made.rejected]


def test_the_form_of_the_bases(examples: Path) -> None:
    made = plan(read(examples / "bases.csv"))

    footwear, tea = made.changes
    assert footwear.action is Action.CHANGED
    assert footwear.fields == (
        FieldChange("cities", "泉州", "泉州、莆田"),
        FieldChange("HS 6403", "皮面鞋、Leather footwear", "皮鞋、Leather footwear"),
        FieldChange("HS 6404", "", f"运动鞋、{hs.name('6404', 'en')}"),
    )
    assert (tea.action, tea.line, tea.record.new) == (Action.NEW, 4, True)
    assert tea.record.lines["0902"] == ("茶叶", "Tea")
    assert tea.record.lines["210120"][0] == "茶制品"
    assert codes(made) == [(6, "基地代码", "new_base_needs"), (7, "主要产品", "names_do_not_pair")]
    assert [(note.code, note.params["rows"]) for note in made.notes] == [("lines_kept", 1)]


def test_a_line_without_a_name_keeps_its_own() -> None:
    (change,) = plan(of_rows(("鞋类", "", "", "6403", ""))).changes

    assert change.action is Action.UNCHANGED


def test_a_new_line_without_a_name_is_named_as_in_the_nomenclature() -> None:
    (change,) = plan(of_rows(("鞋类", "", "", "6402", ""))).changes

    assert change.record.lines == {"6402": (hs.name("6402", "zh"), hs.name("6402", "en")[:200])}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("", "x", "X", "", "")], (2, "基地名称", "no_name")),
        ([("茶", "x", "", "", "")], (2, "基地英文名称", "new_base_needs")),
        ([("茶", "X Y", "X", "", "")], (2, "基地代码", "no_slug")),
        ([("鞋类", "shoes", "X", "", "")], (2, "基地名称", "name_of_other")),
        ([("鞋类", "", "", "6499", "鞋")], (2, "HS编码", "no_such_code")),
        ([("鞋类", "", "A", "", ""), ("鞋类", "", "B", "", "")], (3, "基地英文名称", "disagrees")),
        ([("鞋类", "", "", "6403", ""), ("鞋类", "", "", "6403", "")], (3, "HS编码", "repeated")),
    ],
)
def test_bad_rows_are_rejected(rows: list[tuple[str, ...]], found: tuple[int, str, str]) -> None:
    assert found in codes(plan(of_rows(*rows)))


@given(st.lists(st.lists(st.text(max_size=8) | st.sampled_from(["鞋类", "64"]), max_size=5)))
def test_no_row_whatever_stands_in_it_breaks_the_plan(rows: list[list[str]]) -> None:
    made = plan(of_rows(*map(tuple, rows)))

    assert all(hs.exists(line) for change in made.changes for line in change.record.lines)
