"""Templates of strangers: what is refused, with the place; and a chamber's own."""

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from docx import Document as Docx

from monitor.cases.letters import making, own
from monitor.cases.letters.catalog import Catalog
from monitor.cases.letters.rendering import Unfillable, filled, lines
from monitor.cases.letters.templates import faults
from monitor.cases.models import Case, LetterTemplate
from monitor.cases.permission import MayNotError
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.letters.test_letters import FIRM, NOW, order

NAMES = (
    "authority authority_address filing extension_basis case_numbers case_name product party role "
    "submission date_name date date_basis extension_to reasons counsel signer signer_title today"
)
GIVEN = dict.fromkeys(NAMES.split(), "x")
RELATIONS, TEXT = "word/_rels/document.xml.rels", "word/document.xml"
END = b"</Relationships>"
TYPES = (b"wordprocessingml.document.main", b"x.macroEnabled.main")


def docx(*paragraphs: str) -> bytes:
    said = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in paragraphs)
    body = b"<w:body>"
    return changed(empty(), {TEXT: lambda before: before.replace(body, body + said.encode())})


@cache
def empty() -> bytes:
    out = BytesIO()
    Docx().save(out)
    return out.getvalue()


def changed(content: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """With parts changed, or added."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        names = given.namelist()
        for name in [*names, *(set(parts) - set(names))]:
            before = given.read(name) if name in names else b""
            to.writestr(name, parts.get(name, lambda same: same)(before))
    return out.getvalue()


def told(known: Catalog, content: bytes) -> list[str]:
    return [str(each) for each in faults(content, known.sorts["extension"], known.blanks)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("{{ ''.__class__.__mro__ }}", "statement"),
        ("{{ today.__class__ }}", "statement"),
        ("{{ today|upper }}", "statement"),
        ("{{ cycler() }}", "statement"),
        ("{{ 'a' * 999999999 }}", "statement"),
        ("{% for a in range(99999999) %}{% endfor %}", "statement"),
        ("{%p for line in range(9) %}", "statement"),
        ("{% set x = 1 %}", "statement"),
        ("{# nothing #}", "statement"),
        ("{%tr for line in reasons %}", "statement"),
        ("{{r today }}", "statement"),
        ("an end }} alone", "statement"),
        ("one { brace", "statement"),
        ("{{ secret_key }}", "unknown: secret_key"),
        ("{{ reasons }}", "long: reasons"),
        ("{{ line }}", "statement"),
        ("{%p if today %}", "unclosed"),
        ("{%p endfor %}", "unclosed"),
        ("{%p for line in today %}", "short: today"),
    ],
)
def test_more_than_fields_is_refused_with_its_place(known: Catalog, said: str, code: str) -> None:
    found = told(known, docx("A letter of {{ today }}", said))
    assert found[0].startswith(f"word/document.xml, paragraph 2: {code}")


def test_a_bomb_of_loops_is_refused(known: Catalog) -> None:
    loop = ["{%p for line in reasons %}"] * 9 + ["{{ line }}"] + ["{%p endfor %}"] * 9
    assert "nested" in told(known, docx(*loop))[0]


LINK = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://example.org/a.dotm" TargetMode="External"/>'
)
FETCH = b'<w:p><w:r><w:instrText>INCLUDETEXT "https://example.org/a.docx"</w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        (
            "word/_rels/document.xml.rels",
            (b"</Relationships>", LINK + b"</Relationships>"),
            "links",
        ),
        (TEXT, (b"<w:body>", b"<w:body>" + FETCH), "fetches"),
        (TEXT, (b"<w:body>", b"<w:body><w:altChunk/>"), "embeds"),
        (TEXT, (b"<w:p>", b'<w:p w:x="{{ today }}">'), "elsewhere"),
        (TEXT, (b"<w:body>", b"<w:body>{{ today }}"), "elsewhere"),
        (TEXT, (b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'), "declares"),
        ("docProps/core.xml", (b"<dc:creator>", b"<dc:creator>{{ cycler }}"), "elsewhere"),
        ("word/vbaProject.bin", (b"", b"program"), "macros"),
        (
            "[Content_Types].xml",
            (b"wordprocessingml.document.main", b"x.macroEnabled.main"),
            "macros",
        ),
    ],
)
def test_a_file_that_does_more_than_say_something_is_refused(
    known: Catalog, part: str, change: tuple[bytes, bytes], code: str
) -> None:
    content = changed(
        docx("{{ today }}"), {part: lambda same: same.replace(*change, 1) or change[1]}
    )
    assert any(code in each for each in told(known, content)), told(known, content)


def test_what_is_no_document_is_refused(known: Catalog) -> None:
    assert told(known, b"MZ") == ["package"]
    assert told(known, b"PK\x03\x04" + b"x" * 2**20) == ["too_large"]
    assert told(known, docx("x" * (2 * 2**20)))[0].startswith("unpacks")


@pytest.mark.parametrize(
    "said", ["{{ today.__class__ }}", "{{ range(9) }}", "{% for a in 'b' * 9 %}{% endfor %}"]
)
def test_the_engine_refuses_by_itself_what_nobody_looked_at(said: str) -> None:
    with pytest.raises(Unfillable):
        filled(docx(said), GIVEN)


def test_a_field_that_word_has_cut_in_pieces_is_found(known: Catalog) -> None:
    made = Docx()
    paragraph = made.add_paragraph()
    for piece in ("On {", "{ to", "day }", "}."):
        paragraph.add_run(piece)
    out = BytesIO()
    made.save(out)
    assert told(known, out.getvalue()) == []
    assert lines(filled(out.getvalue(), GIVEN)) == ["On x."]


def test_a_chambers_own_template_makes_its_letters_until_it_is_put_aside(
    forest: Forest, plain: Case, known: Catalog
) -> None:
    sort, officer = known.sorts["extension"], forest.officer
    asked = order(officer, known, plain, "extension", "zh")

    def made() -> str:
        source = making.source(officer, known, sort, "zh")
        return "\n".join(lines(making.content(known, asked, source)))

    for words in ("第一版", "第二版"):
        upload = own.Upload("../我们的.docx", docx(f"{words}{{{{ party }}}}"))
        kept = own.keep(officer, known, sort, "zh", upload, NOW)
        assert made() == f"{words}{FIRM}"
    assert (kept.number, kept.name) == (2, "我们的.docx")
    assert LetterTemplate.objects.filter(ended_at=NOW).get().number == 1
    letter = making.make(officer, known, asked, NOW)
    assert letter.version.letter.template == kept
    own.put_aside(officer, kept, NOW)
    assert made().startswith("延期申请")
    assert not LetterTemplate.objects.for_actor(forest.owner(FIRM)).exists()


def test_a_faulty_one_is_not_kept_and_a_firm_keeps_none(forest: Forest, known: Catalog) -> None:
    sort = known.sorts["extension"]
    with pytest.raises(own.FaultyError, match="paragraph 1: unknown: codes"):
        own.keep(forest.officer, known, sort, "zh", own.Upload("a", docx("{{ codes }}")), NOW)
    with pytest.raises(MayNotError):
        own.keep(forest.owner(FIRM), known, sort, "zh", own.Upload("a", docx("{{ today }}")), NOW)
    assert not LetterTemplate.objects.exists()
