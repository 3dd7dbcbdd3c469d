import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.nomenclature import hs
from monitor.bases import uscc
from monitor.bases.imports import columns, enterprises, tables
from monitor.bases.imports.known import KnownBase, KnownBases, KnownFirm
from monitor.bases.imports.plan import Action, FieldChange, Plan
from monitor.bases.imports.problems import Problem

BASES = KnownBases(
    [KnownBase(code, {"name_zh": zh}) for code, zh in (("footwear", "鞋类"), ("bags", "箱包及伞"))]
)
CODE = "91999999000000019D"
OTHER = "91330100799655058B"


def firm(pk: int = 1, *, sample: bool = False, **stated: Any) -> KnownFirm:
    blank = dict.fromkeys(("name_en", "city", "products", "contact", "phone", "email"), "")
    rest = {"uscc": None, "hs_codes": [], "markets": [], "annual_export_usd": None}
    return KnownFirm(pk, blank | rest | stated, frozenset({"footwear"}), sample)


def plan(
    text: str, known: list[KnownFirm] | None = None, bases: KnownBases = BASES
) -> Plan[enterprises.FirmRecord]:
    lines = tuple(
        tables.Line(at, tuple(row)) for at, row in enumerate(csv.reader(io.StringIO(text)), 1)
    )
    sheet = columns.find([tables.Table("", lines)], enterprises.NAMES, enterprises.MANDATORY)
    return enterprises.plan(sheet, known or [], bases, None)


def rejected(made: Plan[Any]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in made.rejected]


def test_the_form_of_the_chambers(examples: Path) -> None:
    made = plan((examples / "enterprises.csv").read_text(encoding="utf-8"))

    first, second = made.changes
    assert first.record == enterprises.FirmRecord(
        None,
        {
            "name_zh": "试验鞋业（甲）有限公司",
            "uscc": CODE,
            "hs_codes": ["640411", "640299"],
            "markets": ["US", "EU"],
            "annual_export_usd": Decimal("12345000.00"),
            "phone": "13800000000",
            "email": "a@example.com",
            "name_en": "Trial Footwear A Co.",
            "city": "泉州",
            "products": "运动鞋、休闲鞋",
            "contact": "林某",
        },
        ("footwear",),
    )
    assert second.record.values["annual_export_usd"] == Decimal("120000.00")
    assert rejected(made) == [
        (7, "统一社会信用代码", "uscc_check"),
        (8, "HS编码", "lost_zero"),
        (8, "主要出口市场", "no_such_place"),
        (8, "年出口额", "no_number"),
        (8, "电子邮箱", "no_email"),
        (8, "所属基地", "no_such_base"),
        (9, "企业名称", "repeated"),
    ]
    assert [(note.code, note.params["line"]) for note in made.notes] == [
        ("region_left_out", 5),
        ("total_row", 11),
        ("footnote", 12),
    ]
    assert made.counts() == {"new": 2, "rejected": 3}


def test_a_change_is_shown_field_by_field() -> None:
    known = firm(name_zh="甲公司", uscc=CODE, city="泉州", products="鞋")

    made = plan(f"企业名称,统一社会信用代码,设区市,主要产品\n甲公司,{CODE},莆田,\n", [known])

    (change,) = made.changes
    assert change.action is Action.CHANGED
    assert change.fields == (FieldChange("city", "泉州", "莆田"),)
    assert change.record.pk == 1


def test_a_blank_cell_takes_nothing_away() -> None:
    known = firm(name_zh="甲公司", city="泉州")

    (change,) = plan("企业名称,设区市\n甲公司,\n", [known]).changes

    assert change.action is Action.UNCHANGED


def test_a_firm_is_known_by_its_code_when_its_name_changed() -> None:
    known = firm(name_zh="甲公司", uscc=CODE)

    (change,) = plan(f"企业名称,统一社会信用代码\n甲集团,{CODE}\n", [known]).changes

    assert change.fields == (FieldChange("name_zh", "甲公司", "甲集团"),)


def test_a_firm_is_known_by_its_name_whatever_the_width_of_its_brackets() -> None:
    (change,) = plan("企业名称\n甲(福建)公司\n", [firm(name_zh="甲（福建）公司")]).changes

    assert change.record.pk == 1


def test_a_firm_joins_a_second_base_and_stays_in_the_first() -> None:
    made = plan("企业名称,所属基地\n甲公司,鞋类、箱包及伞基地\n", [firm(name_zh="甲公司")])

    assert made.changes[0].record.join == ("bags",)
    assert made.changes[0].fields == (FieldChange("bases", "footwear", "bags"),)


@pytest.mark.parametrize(
    ("row", "known", "column", "code"),
    [
        ("甲公司,,", [], "所属基地", "no_base"),
        (",,鞋类", [], "企业名称", "no_name"),
        (
            f"甲公司,{OTHER},鞋类",
            [firm(name_zh="甲公司", uscc=CODE)],
            "统一社会信用代码",
            "other_code",
        ),
        (
            f"乙公司,{CODE},鞋类",
            [firm(name_zh="甲公司", uscc=CODE), firm(2, name_zh="乙公司")],
            "企业名称",
            "name_of_other",
        ),
        (
            "示例鞋业一厂,,鞋类",
            [firm(name_zh="示例鞋业一厂", sample=True)],
            "企业名称",
            "sample_firm",
        ),
        ("=A1,,鞋类", [], "企业名称", "formula"),
    ],
)
def test_conflicts_are_rejected(row: str, known: list[KnownFirm], column: str, code: str) -> None:
    if code == "formula":
        line = tables.Line(2, ("=A1", "", "鞋类"), frozenset({0}))
        header = tables.Line(1, ("企业名称", "统一社会信用代码", "所属基地"))
        sheet = columns.find(
            [tables.Table("", (header, line))], enterprises.NAMES, enterprises.MANDATORY
        )
        made = enterprises.plan(sheet, known, BASES, None)
    else:
        made = plan(f"企业名称,统一社会信用代码,所属基地\n{row}\n", known)

    assert (2, column, code) in rejected(made)
    assert not made.changes


def test_a_rejected_row_does_not_take_the_name_from_a_good_one() -> None:
    made = plan("企业名称,所属基地\n甲公司,没有的\n甲公司,鞋类\n")

    assert rejected(made) == [(2, "所属基地", "no_such_base")]
    assert [change.line for change in made.changes] == [3]


def test_the_base_given_stands_where_a_row_names_none() -> None:
    given_bags = KnownBases(list(BASES.by_code.values()), "bags")

    made = plan("企业名称,所属基地\n甲公司,\n乙公司,鞋类\n", bases=given_bags)

    assert [change.record.join for change in made.changes] == [("bags",), ("footwear",)]


def test_a_header_in_the_middle_is_passed_over() -> None:
    made = plan("企业名称,所属基地\n甲公司,鞋类\n企业名称,所属基地\n乙公司,鞋类\n")

    assert [change.what for change in made.changes] == ["甲公司", "乙公司"]
    assert [note.code for note in made.notes] == ["header_again"]


# --- any rows, written as the forms write them, are read back -------------------------------------

WORDS = st.text("甲乙丙丁鞋业有限公司试验泉州abcXYZ（）&", min_size=1, max_size=12).map(
    lambda text: "试" + text
)
ROWS = st.fixed_dictionaries(
    {
        "name_zh": WORDS,
        "uscc": st.text(uscc.ALPHABET, min_size=17, max_size=17).map(
            lambda first: first + uscc.check_character(first)
        ),
        "hs_codes": st.lists(
            st.sampled_from(hs.subheadings()), unique=True, min_size=1, max_size=4
        ),
        "markets": st.lists(st.sampled_from(["US", "JP", "KR", "DE"]), unique=True, min_size=1),
        "annual_export_usd": st.decimals(0, 10**9, places=2).map(
            lambda n: n.quantize(Decimal("0.01"))
        ),
        "products": WORDS,
    }
)
NAMES = {"US": "美国", "JP": "日本", "KR": "韩国", "DE": "德国"}


def written(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["会员企业名录表"])
    writer.writerow(
        [
            "企业名称",
            "统一社会信用代码",
            "HS编码",
            "主要出口市场",
            "年出口额（万美元）",
            "主要产品",
            "所属基地",
        ]
    )
    for row in rows:
        writer.writerow(
            [
                row["name_zh"],
                row["uscc"],
                "、".join(row["hs_codes"]),
                "，".join(NAMES[code] for code in row["markets"]),
                f"{row['annual_export_usd'] / 10_000:,f}",
                row["products"],
                "鞋类",
            ]
        )
    return text.getvalue().encode("gb18030")


@settings(max_examples=60)
@given(
    st.lists(
        ROWS, max_size=6, unique_by=(lambda r: r["uscc"], lambda r: r["name_zh"].replace("（", "("))
    )
)
def test_rows_written_as_a_form_are_read_back(rows: list[dict[str, Any]]) -> None:
    made = plan(tables.decode(written(rows)))

    assert made.rejected == []
    assert [change.record.values for change in made.changes] == rows
    assert {change.action for change in made.changes} <= {Action.NEW}


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=8), max_size=7), max_size=6))
def test_no_row_whatever_stands_in_it_breaks_the_plan(rows: list[list[str]]) -> None:
    header = (
        "企业名称",
        "统一社会信用代码",
        "HS编码",
        "主要出口市场",
        "年出口额（元）",
        "邮箱",
        "所属基地",
    )
    lines = [tables.Line(1, header)]
    lines += [tables.Line(at, tuple(row)) for at, row in enumerate(rows, 2)]
    sheet = columns.find([tables.Table("", tuple(lines))], enterprises.NAMES, enterprises.MANDATORY)

    made = enterprises.plan(sheet, [], BASES, Decimal(7))

    assert all(isinstance(problem, Problem) for problem in made.rejected)
    assert not {c.line for c in made.changes} & {p.line for p in made.rejected}
