"""The text of a file, in a process of its own: `python -m monitor.cases.files.contents KIND FILE`.

Somebody else wrote the file, so whatever reads it may run on without end or take all memory. The
process limits itself before it looks, knows neither settings nor records, and writes what it found
to its output as JSON: {"parts": [text, …], "notes": [word, …]}. A part is a page of a PDF, a
paragraph, a row of a sheet.
"""

import json
import logging
import re
import resource
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

MEMORY = 2**30
SECONDS = 60
"""Of the processor."""
LARGEST_OUTPUT = 64 * 2**20
MOST_CHARACTERS = 2_000_000
"""Some thousand pages. What follows is not searched, and that is said."""
LONGEST_PART = 20_000
MOST_OF_A_TEXT = 16 * 2**20
"""Bytes of a plain text or of an HTML page that are looked at."""


class Note(StrEnum):
    """Why there is no text or not all of it, and what a reader should know."""

    CUT = "cut"
    """It is longer than what is searched."""
    NO_TEXT = "no_text"
    """There is none in it: a scan, a picture."""
    LOCKED = "locked"
    """A password opens it."""
    DAMAGED = "damaged"
    """It cannot be read, as a whole or from some place on."""
    TOO_LONG = "too_long"
    """Reading it took too long."""
    TOO_LARGE = "too_large"
    """Reading it took too much memory."""
    SCRIPTS = "scripts"
    """It runs something when it is opened, or carries other files."""


class Unreadable(Exception):
    """`note` says why."""

    def __init__(self, note: Note) -> None:
        super().__init__(note)
        self.note = note


_CJK = (
    r"\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
)
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
"""Where a line of a PDF ends within a Chinese sentence."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DefusedXmlException,
    EOFError,
    LookupError,
    NotImplementedError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What parsers raise at a file that is not as it should be; they do not say it more exactly."""


def main() -> None:
    kind, path = sys.argv[1:]
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    logging.disable()
    warnings.simplefilter("ignore")
    json.dump(read(kind, Path(path)), sys.stdout)


def read(kind: str, path: Path) -> dict[str, list[str]]:
    """As it is written to the output. `kind`: the name of one of `monitor.cases.files.kinds`."""
    notes: list[Note] = []
    parts: list[str] = []
    left = MOST_CHARACTERS
    try:
        for part in _READERS[kind](path, notes):
            parts += _pieces(part[:left])
            left -= len(part)
            if left < 0:
                notes.append(Note.CUT)
                break
    except Unreadable as error:
        notes.append(error.note)
    except MemoryError:
        notes.append(Note.TOO_LARGE)
    except _BROKEN:
        notes.append(Note.DAMAGED)
    if not parts and not notes:
        notes.append(Note.NO_TEXT)
    return {"parts": parts, "notes": list(dict.fromkeys(notes))}


def _pieces(part: str) -> Iterator[str]:
    """Without what no database keeps."""
    plain = _SURROGATES.sub("\ufffd", part.replace("\x00", " ").replace("\f", "\n")).strip()
    yield from (plain[at : at + LONGEST_PART] for at in range(0, len(plain), LONGEST_PART))


def _pdf(path: Path, notes: list[Note]) -> Iterator[str]:
    import pypdf  # noqa: PLC0415 - only where it is needed: it takes a third of a second
    from pypdf.errors import FileNotDecryptedError, PyPdfError  # noqa: PLC0415

    with path.open("rb") as file:
        try:
            reader = pypdf.PdfReader(file)
            if _acts(reader):
                notes.append(Note.SCRIPTS)
            for number in range(len(reader.pages)):
                yield from _page(reader, number, notes)
        except FileNotDecryptedError as error:
            raise Unreadable(Note.LOCKED) from error
        except PyPdfError as error:
            raise Unreadable(Note.DAMAGED) from error


def _page(reader: Any, number: int, notes: list[Note]) -> Iterator[str]:
    """One that cannot be read leaves the others."""
    try:
        yield _WRAPPED.sub("", reader.pages[number].extract_text())
    except _BROKEN:
        notes.append(Note.DAMAGED)


def _acts(reader: Any) -> bool:
    """Whether the catalogue names something that runs or another file (ISO 32000-1, 7.7.2)."""
    root = reader.root_object
    opening, names = _resolved(root.get("/OpenAction")), _resolved(root.get("/Names"))
    runs = isinstance(opening, dict) and opening.get("/S") in ("/JavaScript", "/Launch")
    carries = isinstance(names, dict) and ("/JavaScript" in names or "/EmbeddedFiles" in names)
    return runs or carries or "/AA" in root


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _words(path: Path, _notes: list[Note]) -> Iterator[str]:
    """Of a DOCX: the text, then what stands around it."""
    around = r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml"
    return _paragraphs(path, ["word/document.xml"], around)


def _slides(path: Path, _notes: list[Note]) -> Iterator[str]:
    return _paragraphs(path, [], r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml")


def _paragraphs(path: Path, first: list[str], others: str) -> Iterator[str]:
    """Of the parts of a package, in the order of their numbers."""
    with zipfile.ZipFile(path) as package:
        found = [name for name in package.namelist() if re.fullmatch(others, name)]
        for name in chain(first, sorted(found, key=lambda name: (len(name), name))):
            with package.open(name) as part:
                yield from _runs(iterparse(part, forbid_dtd=True))


def _runs(events: Iterable[tuple[str, Element]]) -> Iterator[str]:
    """Word and PowerPoint call a paragraph `p` and a text `t`, each in its own namespace."""
    said: list[str] = []
    for _event, element in events:
        match element.tag.rpartition("}")[2]:
            case "t":
                said.append(element.text or "")
            case "tab" | "br" | "cr":
                said.append(" ")
            case "p":
                yield "".join(said)
                said.clear()
                element.clear()


def _cells(path: Path, _notes: list[Note]) -> Iterator[str]:
    import openpyxl  # noqa: PLC0415 - as above

    with path.open("rb") as file:  # by its name it would be refused: it has no ending
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except OSError as error:  # its word for a package without a workbook
            raise Unreadable(Note.DAMAGED) from error
        for sheet in book.worksheets:
            yield sheet.title
            sheet.reset_dimensions()  # what a file claims of itself is often wrong
            for row in sheet.iter_rows(values_only=True):
                yield " | ".join(str(value) for value in row if value is not None)


def _plain(path: Path, _notes: list[Note]) -> Iterator[str]:
    yield from re.split(r"\n\s*\n", _decoded(_beginning(path)))


def _decoded(content: bytes) -> str:
    from monitor.cases.files.kinds import encoding_of  # noqa: PLC0415 - which knows packages too

    encoding = encoding_of(content)
    if encoding is None:
        raise Unreadable(Note.DAMAGED)
    return content.decode(encoding, "replace")


def _html(path: Path, _notes: list[Note]) -> Iterator[str]:
    from w3lib.encoding import html_to_unicode  # noqa: PLC0415 - as above

    reader = _Html()
    reader.feed(html_to_unicode(None, _beginning(path))[1])
    reader.close()
    yield from reader.parts()


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_OF_A_TEXT)


class _Html(HTMLParser):
    """What a reader of the page would see, by its blocks."""

    UNSEEN = frozenset({"script", "style", "template", "noscript"})
    WITHIN = frozenset(
        "a abbr b bdi bdo cite code em font i mark s small span strong sub sup u".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        self._unseen += tag in self.UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN and self._unseen > 0
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._said.append(data)

    def parts(self) -> Iterator[str]:
        said = (" ".join(part.split()) for part in "".join(self._said).split("\f"))
        return (part for part in said if part)

    def _part(self, tag: str) -> None:
        if tag not in self.WITHIN:
            self._said.append("\f")


_READERS: dict[str, Callable[[Path, list[Note]], Iterator[str]]] = {
    "pdf": _pdf,
    "docx": _words,
    "xlsx": _cells,
    "pptx": _slides,
    "html": _html,
    "text": _plain,
}

if __name__ == "__main__":
    main()
