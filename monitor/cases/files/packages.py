"""Office packages (ECMA-376: a ZIP of XML parts), looked at before anybody opens them."""

import re
import struct
import zipfile
import zlib
from pathlib import Path

LARGEST_UNPACKED = 512 * 2**20
"""A small file may unpack to any size."""
LARGEST_DIRECTORY = 4 * 2**20
"""Of the list of parts at the end of the file, which is read whole: some 40,000 parts."""
PROLOG = 4 * 2**10
LARGEST_TYPES = 2**20

WORD = "wordprocessingml.document.main+xml"
SHEET = "spreadsheetml.sheet.main+xml"
SLIDES = "presentationml.presentation.main+xml"

_END = struct.Struct("<4s4H2LH")
_END_MARK, _LONGEST_COMMENT = b"PK\x05\x06", 2**16
_TYPES = "[Content_Types].xml"
_RUNS = re.compile(
    r"vbaProject|vbaData|/macrosheets/|/activeX/|/embeddings/.*\.(?:bin|exe|ole|xlsb|\w*m)$",
    re.IGNORECASE,
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)
"""What zipfile raises at a file that is torn, sealed or packed in a way that Office does not."""


class Refused(Exception):
    """A file that is not taken. `code`: why, a word that the pages have a sentence for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def main_part(path: Path) -> str:
    """`WORD`, `SHEET` or `SLIDES`.

    Raises `Refused`: `package` (no Office package, or a torn one), `unpacks` (to more than is
    allowed), `macros` (something in it runs), `declares` (its XML would make a text out of
    nothing).
    """
    _refuse_long_directory(path)
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_traps(package)
            return _main(package)
    except _UNREADABLE as error:
        raise Refused("package") from error


def _refuse_long_directory(path: Path) -> None:
    """Before `zipfile` reads it into memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise Refused("package")
    length = _END.unpack_from(tail, at)[5]
    if length > LARGEST_DIRECTORY:
        raise Refused("unpacks")


def _refuse_traps(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused("unpacks")
    for part in parts:
        name = part.filename
        if _RUNS.search(f"/{name}"):
            raise Refused("macros")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise Refused("package")
        if name.endswith((".xml", ".rels")):
            with package.open(part) as opened:
                _refuse_declarations(opened.read(PROLOG))


def _refuse_declarations(start: bytes) -> None:
    # No part of a package declares anything (ECMA-376 part 2, 10.1.2), nor does Office write
    # UTF-16; a declaration that stands later is refused by whoever reads the text (defusedxml).
    plain = start.replace(b"<!--", b"").replace(b"<![CDATA[", b"")
    if b"<!" in plain or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("declares")


def _main(package: zipfile.ZipFile) -> str:
    with package.open(_TYPES) as part:
        types = part.read(LARGEST_TYPES).decode()
    if "macroEnabled" in types:
        raise Refused("macros")
    for main in (WORD, SHEET, SLIDES):
        if main in types:
            return main
    raise Refused("package")
