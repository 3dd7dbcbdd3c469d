"""What files say, read by a process of its own."""

import zlib
from pathlib import Path

import pytest
from django.utils import timezone

from monitor.cases.files import contents, extracting, storing
from monitor.cases.files.contents import Note
from monitor.cases.files.kinds import DOCX, HTML, PDF, PPTX, TEXT, XLSX, Kind
from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import State
from tests.monitor.cases.files import samples
from tests.monitor.cases.files.desk import NOW, Desk, version

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def read(tmp_path: Path, kind: Kind, content: bytes) -> dict[str, list[str]]:
    (tmp_path / "x").write_bytes(content)
    return contents.read(kind.name, tmp_path / "x")


@pytest.mark.parametrize(
    ("kind", "content", "parts"),
    [
        (PDF, samples.pdf("木线条反倾\n销案", "a\nb"), ["木线条反倾销案", "a\nb"]),
        (DOCX, samples.docx("木线条", "Antidumping duty"), ["木线条", "Antidumping duty"]),
        (PPTX, samples.pptx("第一页", "second"), ["第一页", "second"]),
        (XLSX, samples.xlsx(["木线条", 1.5], ["a", None]), ["Sheet", "木线条 | 1.5", "a"]),
        (TEXT, "第一段\n\n  \n第二段".encode("gb18030"), ["第一段", "第二段"]),
        (TEXT, "木线条".encode("utf-16"), ["木线条"]),
        (HTML, samples.HTML, ["Comments are due."]),
        (HTML, '<meta charset="gb2312"><p>木<b>线</b>条'.encode("gb2312"), ["木线条"]),
    ],
)
def test_the_text_of_every_kind(
    tmp_path: Path, kind: Kind, content: bytes, parts: list[str]
) -> None:
    assert read(tmp_path, kind, content) == {"parts": parts, "notes": []}


def test_notes_of_a_word_file_stand_after_its_text(tmp_path: Path) -> None:
    note = '<w:x xmlns:w="y"><w:p><w:t>脚注</w:t></w:p></w:x>'
    found = read(tmp_path, DOCX, samples.docx("正文", word_footnotes__xml=note))
    assert found["parts"] == ["正文", "脚注"]


@pytest.mark.parametrize(
    ("kind", "content", "note"),
    [
        (PDF, samples.pdf(""), Note.NO_TEXT),
        (PDF, b"%PDF-1.7 torn", Note.DAMAGED),
        (DOCX, b"PK\x03\x04 torn", Note.DAMAGED),
        (DOCX, samples.package(samples.WORD), Note.DAMAGED),
        (DOCX, samples.docx(word_document__xml=f"{ENTITIES}<x>&d;</x>"), Note.DAMAGED),
        (XLSX, samples.package(samples.WORD), Note.DAMAGED),
        (TEXT, b" \n", Note.NO_TEXT),
    ],
)
def test_why_there_is_no_text_is_said(
    tmp_path: Path, kind: Kind, content: bytes, note: Note
) -> None:
    assert read(tmp_path, kind, content) == {"parts": [], "notes": [note]}


@pytest.mark.parametrize(
    "catalogue",
    [
        "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
        "/Names << /EmbeddedFiles << /Names [] >> >>",
        "/AA << >>",
    ],
)
def test_a_pdf_that_acts_is_said_to(tmp_path: Path, catalogue: str) -> None:
    found = read(tmp_path, PDF, samples.pdf("text", catalogue=catalogue))
    assert found == {"parts": ["text"], "notes": [Note.SCRIPTS]}


def test_a_pdf_with_a_password_is_said_to_be_locked(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    (tmp_path / "open.pdf").write_bytes(samples.pdf("secret"))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("a password", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    found = contents.read("pdf", tmp_path / "locked.pdf")
    assert found == {"parts": [], "notes": [Note.LOCKED]}


def test_a_long_text_is_cut_and_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_CHARACTERS", 10)
    monkeypatch.setattr(contents, "LONGEST_PART", 4)
    found = read(tmp_path, TEXT, b"0123456\n\n789abc\n\nnever")
    assert found == {"parts": ["0123", "456", "789"], "notes": [Note.CUT]}


def test_what_no_database_keeps_is_left_out(tmp_path: Path) -> None:
    parts = read(tmp_path, HTML, b"<p>a&#0;b\x00c\x0cd&#xD800;")["parts"]
    assert not {"\x00", "\f", "\ud800"} & set("".join(parts))


def test_the_clock_reads_what_was_filed(desk: Desk) -> None:
    desk.document("chamber", samples.docx("木線條反傾銷"), file="答卷.docx")
    assert extracting.room().waiting() == 1
    assert extracting.room().walk(NOW) == {"rows": 1, "written": 1}
    found = version(desk.case.documents.get())
    assert (found.text_state, found.notes, found.text) == (State.DONE, [], "木線條反傾銷")
    assert " 木线 线条 条反 反倾 倾销 " in found.terms
    assert extracting.room().walk(NOW) == {}


def test_pictures_are_read_by_nobody(desk: Desk) -> None:
    desk.document("chamber", samples.PNG)
    assert extracting.room().walk(NOW) == {"rows": 1, "written": 1, "unread": 1}
    assert version(desk.case.documents.get()).notes == [Note.NO_TEXT]


def test_a_file_that_is_gone_fails_and_can_be_tried_again(desk: Desk) -> None:
    made = version(desk.document("chamber", b"text"))
    path = storing.path_of(made.sha256)
    kept = path.read_bytes()
    path.write_bytes(b"texT")
    assert extracting.room().walk(NOW) == {"rows": 1, "failed": 1}
    failure = RoomFailure.objects.get()
    assert (failure.room, failure.row, failure.label) == ("extract", made.pk, f"version {made.pk}")
    assert "a.txt" not in failure.error
    path.write_bytes(kept)
    assert extracting.room().retry() == 1
    assert extracting.room().walk(NOW) == {"rows": 1, "written": 1}


@pytest.fixture
def endless(desk: Desk) -> Desk:
    """A PDF of 40 kB whose one page draws without end."""
    stream = zlib.compress(b"BT /F1 1 Tf (x) Tj ET\n" * 2_000_000, 9)
    content = samples.pdf("").replace(b"BT /F1 12 Tf 14 TL 72 720 Td", b"%")
    packed = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    start = content.index(b"5 0 obj\n") + len(b"5 0 obj\n")
    end = content.index(b"\nendobj", start)
    desk.document("chamber", content[:start] + packed + content[end:], file="x.pdf")
    return desk


def test_reading_without_end_is_ended(endless: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "PATIENCE", 3)
    begun = timezone.now()
    assert extracting.room().walk(NOW) == {"rows": 1, "written": 1, "unread": 1}
    assert (timezone.now() - begun).seconds < 30
    (note,) = version(endless.case.documents.get()).notes
    assert note in (Note.TOO_LONG, Note.TOO_LARGE, Note.DAMAGED)
