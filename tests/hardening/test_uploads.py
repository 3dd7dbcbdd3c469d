"""Tables that somebody hands in: nothing in them bursts, runs or leads elsewhere."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from monitor.bases.imports import tables
from monitor.bases.imports.problems import WrongFileError
from monitor.bases.imports.sentences import of_file

BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def book(path: Path, **changed: bytes) -> Path:
    """An XLSX, with parts put in or replaced; names with _ for / and __ for a dot."""
    plain = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["企业名称", "邮箱"])
    workbook.save(plain)
    parts = {name.replace("__", ".").replace("_", "/"): text for name, text in changed.items()}
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def test_a_plain_one_is_read(tmp_path: Path) -> None:
    (sheet,) = tables.read(book(tmp_path / "a.xlsx"))
    assert sheet.lines[0].cells == ("企业名称", "邮箱")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", xl_media_x__bin=bytes(tables.LARGEST_UNPACKED + 1))
    assert path.stat().st_size < 2 << 20
    with pytest.raises(WrongFileError) as refused:
        tables.read(path)
    assert refused.value.code == "file_too_large"


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE])
@pytest.mark.parametrize("part", ["xl_worksheets_sheet1__xml", "xl_workbook__xml"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, part: str, prolog: str) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    path = book(tmp_path / "a.xlsx", **{part: (prolog + sheet).encode()})
    with pytest.raises(WrongFileError) as refused:
        tables.read(path)
    assert refused.value.code == "xlsx"
    assert "root:" not in str(of_file(refused.value))


@pytest.mark.parametrize(
    "part",
    [
        "xl_vbaProject__bin",
        "xl_macrosheets_sheet1__xml",
        "xl_activeX_activeX1__bin",
        "xl_embeddings_oleObject1__bin",
    ],
)
def test_one_with_macros_is_refused(tmp_path: Path, part: str) -> None:
    path = book(tmp_path / "a.xlsx", **{part: b"x"})
    with pytest.raises(WrongFileError) as refused:
        tables.read(path)
    assert refused.value.code == "macros"
    assert str(of_file(refused.value))


@pytest.mark.parametrize("name", ["../../outside.xml", "/etc/cron.d/x", "xl\\..\\..\\x"])
def test_names_that_lead_out_write_nothing(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "in" / "a.xlsx") if (tmp_path / "in").mkdir() is None else None
    assert path
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(WrongFileError) as refused:
        tables.read(path)
    assert refused.value.code == "xlsx"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.xlsx"]
