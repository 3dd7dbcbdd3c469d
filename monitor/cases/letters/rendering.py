"""Filling a template, always to the same bytes; and reading what came of it as text."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_COLOR_INDEX
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

Values = Mapping[str, str | Sequence[str]]
"""Every field of the letter: a text, of a long one its paragraphs."""
MISSING = re.compile(r"(【待填：[^】]*】|\[to be filled in: [^\]]*\])")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.For,
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file knows."""


class Unfillable(Exception):
    """The engine does not take the template."""


class _Plain(ImmutableSandboxedEnvironment):
    """Knows names, conditions on them and walks along them; no attribute, no call, no filter.
    Whatever the engine is given goes through here, so a template that `templates` did not look at
    is refused as well."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        for table in (self.globals, self.filters, self.tests):
            table.clear()

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        for node in self.parse(source).iter_child_nodes():
            _refuse(node)
        return super().from_string(source, *args, **kwargs)


def _refuse(node: nodes.Node) -> None:
    if type(node) not in _ALLOWED:
        raise Unfillable(f"{type(node).__name__} in line {node.lineno}")
    for child in node.iter_child_nodes():
        _refuse(child)


def filled(template: bytes, values: Values, above: str = "") -> bytes:
    """A DOCX. The same template and values give the same bytes. `above`: what stands above every
    page.

    Raises `Unfillable`.
    """
    document = DocxTemplate(BytesIO(template))
    try:
        document.render(dict(values), _Plain(), autoescape=True)
    except (TemplateError, SyntaxError, ValueError) as error:  # lxml's are SyntaxErrors
        raise Unfillable(str(error)) from error
    docx: Docx = document.docx  # `get_docx` reads the template anew
    _mark(docx)
    if above:
        docx.sections[0].header.paragraphs[0].insert_paragraph_before(above)
    _sign(docx)
    out = BytesIO()
    document.save(out)
    return _packed(out.getvalue())


def _mark(docx: Docx) -> None:
    """What is missing is seen from afar."""
    for paragraph in _paragraphs(docx):
        if MISSING.search(paragraph.text):
            for run in list(paragraph.runs):
                _divide(run)


def _divide(run: Run) -> None:
    pieces = [piece for piece in MISSING.split(run.text) if piece]
    if not MISSING.search(run.text):
        return
    after = run._r  # noqa: SLF001 - python-docx has no public way to copy a run
    for piece in pieces[1:]:
        copied = deepcopy(run._r)  # noqa: SLF001
        after.addnext(copied)
        after = copied
        _write(Run(copied, run._parent), piece)  # noqa: SLF001
    _write(run, pieces[0])


def _write(run: Run, text: str) -> None:
    run.text = text
    if MISSING.fullmatch(text):
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _sign(docx: Docx) -> None:
    """Nothing of whoever made the template, and no moment."""
    about = docx.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime(*_LONG_AGO, tzinfo=UTC)
    about.revision = 1


def _packed(package: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as given, zipfile.ZipFile(out, "w") as packed:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(part, given.read(name))
    return out.getvalue()


# --- As text -------------------------------------------------------------------------------------


def lines(content: bytes) -> list[str]:
    """Of a DOCX, paragraph by paragraph; of a table, row by row; what stands above and below every
    page first and last."""
    docx = Document(BytesIO(content))
    sections = list(docx.sections)
    found = [p.text for section in sections for p in section.header.paragraphs if p.text]
    for each in docx.iter_inner_content():
        found += _rows(each) if isinstance(each, Table) else [each.text]
    return found + [p.text for section in sections for p in section.footer.paragraphs if p.text]


def _rows(table: Table) -> list[str]:
    return [" | ".join(cell.text for cell in row.cells) for row in table.rows]


def _paragraphs(docx: Docx) -> Iterator[Paragraph]:
    yield from docx.paragraphs
    for table in docx.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
