"""What a file is, by its bytes: its name says what somebody would like it to be.

Taken are those that a case needs and that do nothing when they are opened: PDF, the Office
packages without macros, plain text and tables, HTML (kept as bytes, never shown as a page),
pictures of scans. Anything else is refused with a reason, before it has a place or a row.
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from monitor.cases.files import packages
from monitor.cases.files.packages import Refused

HEAD = 64 * 2**10
"""Bytes by which a text is known."""
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
LONGEST_NAME = 200
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """`suffixes`: those that a name may end with; the first is added to any other. `has_text`:
    whether there can be something to read in it."""

    name: str
    content_type: str
    suffixes: tuple[str, ...]
    has_text: bool = True


PDF = Kind("pdf", "application/pdf", (".pdf",))
DOCX = Kind("docx", f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("pptx", f"{_OFFICE}.presentationml.presentation", (".pptx",))
HTML = Kind("html", "text/html", (".html", ".htm"))
TEXT = Kind("text", "text/plain", (".txt", ".csv", ".tsv", ".eml"))
PNG = Kind("png", "image/png", (".png",), has_text=False)
JPEG = Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), has_text=False)
TIFF = Kind("tiff", "image/tiff", (".tif", ".tiff"), has_text=False)
KINDS = (PDF, DOCX, XLSX, PPTX, HTML, TEXT, PNG, JPEG, TIFF)
BY_TYPE: Mapping[str, Kind] = {kind.content_type: kind for kind in KINDS}

_PACKAGES = {packages.WORD: DOCX, packages.SHEET: XLSX, packages.SLIDES: PPTX}
_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Signs that stand in programs, not in texts."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ("utf-8", "gb18030")


def kind_of(path: Path) -> Kind:
    """Raises `Refused`, and `OSError` where the file cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Refused("empty")
    if head.startswith(OLE):
        raise Refused("old_office")
    if head.startswith(ZIP):
        return _PACKAGES[packages.main_part(path)]
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return _text(head)


def encoding_of(head: bytes) -> str | None:
    """Of a text that begins so; the end may stand within a character. None: it is none."""
    for mark, marked in _MARKS:
        if head.startswith(mark):
            return marked if _decoded(head, marked) is not None else None
    return next((name for name in _ENCODINGS if _decoded(head, name) is not None), None)


def cleaned(name: str, kind: Kind) -> str:
    """A name under which the file may lie in anybody's folder: one line, no path, no letters that
    turn the line around, and ending as what the file is."""
    flat = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c if c.isprintable() else " " for c in flat if unicodedata.category(c) != "Cf")
    plain = " ".join(re.sub(r'[<>:"|?*]', " ", shown).split()).strip(". ")
    suffix = PurePosixPath(plain).suffix.lower()
    ending = suffix if suffix in kind.suffixes else kind.suffixes[0]
    stem = plain[: -len(suffix)] if suffix in kind.suffixes else plain
    return (stem.rstrip(". ")[: LONGEST_NAME - len(ending)] or "file") + ending


def _text(head: bytes) -> Kind:
    encoding = encoding_of(head)
    if encoding is None:
        raise Refused("type")
    text = _decoded(head, encoding) or ""
    if _NO_TEXT.search(text):
        raise Refused("type")
    return HTML if _PAGE.match(text) else TEXT


def _decoded(head: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return None
