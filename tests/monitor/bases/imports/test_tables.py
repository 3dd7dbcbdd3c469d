import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bases.imports import tables
from monitor.bases.imports.problems import WrongFileError

TEXT = "企业名称,年出口额\r\n试验鞋业,12\r\n"
WANTED = [("企业名称", "年出口额"), ("试验鞋业", "12")]


def cells(path: Path, sheet: str | None = None) -> list[tuple[str, ...]]:
    (table,) = tables.read(path, sheet)
    return [line.cells for line in table.lines]


def refused(path: Path, sheet: str | None = None) -> WrongFileError:
    with pytest.raises(WrongFileError) as raised:
        tables.read(path, sheet)
    return raised.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_read_the_same(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TEXT.encode(encoding))

    assert cells(path) == WANTED


def test_tabs_separate_too(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(TEXT.replace(",", "\t"), encoding="utf-8")

    assert cells(path) == WANTED


def test_a_row_is_named_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('企业名称,产品\n甲,"鞋\n帽"\n乙,伞\n', encoding="utf-8")

    (table,) = tables.read(path)

    assert [line.number for line in table.lines] == [1, 2, 4]


def test_bytes_of_no_encoding_are_named_by_offset(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("企业名称".encode() + b"\xff\xff")

    error = refused(path)

    assert error.code == "encoding"
    assert error.params["utf8"] == 12


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    with suppress(WrongFileError):
        assert isinstance(tables.decode(content), str)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00A", "utf16"),
        (b"\xd0\xcf\x11\xe0rest", "old_excel"),
        (b"PK\x03\x04rest", "xlsx"),
        (b'"open', "csv"),
        (b",".join([b"x"] * 300), "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    assert refused(path).code == code


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "x")

    assert refused(path).code == "xlsx"


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 100_000)
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 50_000)

    assert refused(path).code == "file_too_large"


def test_large_files_and_long_tables_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a\n" * 20)
    monkeypatch.setattr(tables, "MOST_LINES", 10)
    assert refused(path).code == "too_many_lines"

    monkeypatch.setattr(tables, "LARGEST_FILE", 10)
    assert refused(path).code == "file_too_large"


def test_a_sheet_of_a_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(TEXT, encoding="utf-8")

    assert refused(path, "名录").code == "no_sheets"


def test_cells_of_a_workbook_are_read_as_shown(workbook: Callable[..., Path]) -> None:
    path = workbook(
        名录=[
            [
                "企业名称",
                12,
                1234.5,
                datetime.fromisoformat("2025-01-01"),
                date(2025, 3, 2),
                None,
                0.1,
                True,
            ]
        ]
    )

    row = ("企业名称", "12", "1234.5", "2025-01-01", "2025-03-02", "", "0.1", "True")
    assert cells(path) == [row]


def test_a_code_keeps_the_zero_that_its_format_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = 30617
    sheet["A1"].number_format = "000000"
    path = tmp_path / "table.xlsx"
    book.save(path)

    assert cells(path) == [("030617",)]


def test_formulas_and_errors_are_marked(workbook: Callable[..., Path]) -> None:
    (table,) = tables.read(workbook(a=[["x", "=1+1", "#REF!"]]))

    assert table.lines[0].formulas == {1, 2}


def test_formulas_of_a_csv_are_marked_and_literals_are_not(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('=1+1,"=""030617"""\n')

    (table,) = tables.read(path)

    assert table.lines[0].cells[1] == "030617"
    assert table.lines[0].formulas == {0}


def test_a_sheet_is_chosen_by_name_and_hidden_ones_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("甲", "乙"):
        book.create_sheet(name).append([name])
    book.worksheets[0].sheet_state = "hidden"
    path = tmp_path / "table.xlsx"
    book.save(path)

    assert [table.name for table in tables.read(path)] == ["甲", "乙"]
    assert cells(path, "乙") == [("乙",)]
    assert refused(path, "Sheet").params["sheets"] == "甲、乙"
