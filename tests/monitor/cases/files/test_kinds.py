import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.files import kinds, packages
from monitor.cases.files.packages import Refused
from tests.monitor.cases.files import samples

TAKEN = [
    (samples.pdf("Wood mouldings"), kinds.PDF),
    (samples.docx("木线条"), kinds.DOCX),
    (samples.xlsx(["木线条", 1]), kinds.XLSX),
    (samples.pptx("木线条"), kinds.PPTX),
    (samples.HTML, kinds.HTML),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE html>\n<html>", kinds.HTML),
    ("木线条，反倾销\n".encode(), kinds.TEXT),
    ("木线条，反倾销\n".encode("gb18030"), kinds.TEXT),
    ("木线条".encode("utf-16"), kinds.TEXT),
    (b"<svg onload='alert(1)'/>", kinds.TEXT),
    (samples.PNG, kinds.PNG),
    (b"\xff\xd8\xff\xe0JFIF", kinds.JPEG),
    (b"II*\x00abc", kinds.TIFF),
]
REFUSED = [
    (b"", "empty"),
    (b"MZ\x90\x00\x03" + bytes(64), "type"),
    (b"\x7fELF\x02\x01", "type"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old_office"),
    (b"PK\x03\x04 torn", "package"),
    (samples.package("text/plain"), "package"),
    (samples.docx("x", word_vbaProject__bin=b"x"), "macros"),
    (samples.docx("x", word_activeX_activeX1__xml=b"<x/>"), "macros"),
    (samples.docx("x", word_embeddings_oleObject1__bin=b"x"), "macros"),
    (samples.docx("x", word_embeddings_book__xlsm=b"x"), "macros"),
    (samples.package(samples.WORD.replace("main", "macroEnabled.main")), "macros"),
    (samples.docx("x", word_styles__xml='<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "declares"),
]


def written(folder: Path, content: bytes) -> Path:
    (folder / "x").write_bytes(content)
    return folder / "x"


@pytest.mark.parametrize(("content", "kind"), TAKEN)
def test_a_file_is_what_its_bytes_are(tmp_path: Path, content: bytes, kind: kinds.Kind) -> None:
    assert kinds.kind_of(written(tmp_path, content)) is kind


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_is_not_taken_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        kinds.kind_of(written(tmp_path, content))
    assert refused.value.code == code


def test_a_chart_that_was_embedded_is_no_macro(tmp_path: Path) -> None:
    content = samples.docx("x", word_embeddings_sheet__xlsx=samples.xlsx([1]))
    assert kinds.kind_of(written(tmp_path, content)) is kinds.DOCX


def test_a_text_that_is_cut_within_a_character_is_a_text(tmp_path: Path) -> None:
    content = "木".encode() * kinds.HEAD
    assert kinds.kind_of(written(tmp_path, content)) is kinds.TEXT


def test_a_package_that_unpacks_to_any_size_is_refused_unread(tmp_path: Path) -> None:
    content = samples.docx("x", word_media_x__bin=bytes(packages.LARGEST_UNPACKED + 1))
    assert len(content) < 2 << 20
    with pytest.raises(Refused, match="unpacks"):
        kinds.kind_of(written(tmp_path, content))


def test_a_list_of_parts_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(40_000):
            archive.writestr(f"word/{'x' * 80}{number}", b"")
    with pytest.raises(Refused, match="unpacks"):
        kinds.kind_of(written(tmp_path, out.getvalue()))


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("答卷 A.pdf", kinds.PDF, "答卷 A.pdf"),
        ("../../etc/cron.d/x", kinds.TEXT, "x.txt"),
        ("C:\\Users\\lin\\答卷.DOCX", kinds.DOCX, "答卷.docx"),
        ("run.bat", kinds.TEXT, "run.bat.txt"),
        ("page.svg", kinds.TEXT, "page.svg.txt"),
        ("ledger\u202efdp.exe", kinds.PDF, "ledgerfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.csv", kinds.TEXT, "a Set-Cookie x.csv"),
        (".htaccess", kinds.TEXT, "htaccess.txt"),
        (".pdf", kinds.PDF, "pdf.pdf"),
        ("x" * 500 + ".pdf", kinds.PDF, "x" * 196 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_what_the_file_is(
    name: str, kind: kinds.Kind, shown: str
) -> None:
    assert kinds.cleaned(name, kind) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_leads_nowhere(name: str) -> None:
    shown = kinds.cleaned(name, kinds.PDF)
    assert shown.endswith(".pdf")
    assert shown.isprintable()
    assert 4 < len(shown) <= kinds.LONGEST_NAME
    assert not set(shown) & set('/\\<>:"|?*')
    assert not shown.startswith(".")
    assert kinds.cleaned(shown, kinds.PDF) == shown
