"""A file into lines of text: CSV (UTF-8 with or without BOM, GB18030) and XLSX.

Nothing is guessed: bytes that are neither encoding are an error with their offset, a formula is
marked (its result is not in the file, or is stale), a number keeps the digits that are shown.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from monitor.bases.imports.problems import WrongFileError

LARGEST_FILE = 64 * 2**20
LARGEST_UNPACKED = 512 * 2**20
"""Of an XLSX, which is a ZIP: a small file may unpack to any size."""
MOST_LINES = 1_000_000
MOST_COLUMNS = 200

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
PROLOG = 64 * 2**10
_RUNS = re.compile(r"vbaProject|vbaData|/macrosheets/|/activeX/|/embeddings/", re.IGNORECASE)
_LITERAL = re.compile(r'="([^"]*)"')
"""How exports keep Excel from eating a leading zero: ="030617"."""


@dataclass(frozen=True)
class Line:
    """One line as text; `formulas` are the columns whose cell is a formula or an error value."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """A sheet, or the one table of a CSV (whose name is empty)."""

    name: str
    lines: tuple[Line, ...]


def read(path: Path, sheet: str | None = None) -> list[Table]:
    """The tables of the file. Raises `WrongFileError`, and `OSError` where it cannot be read."""
    if path.stat().st_size > LARGEST_FILE:
        raise WrongFileError("file_too_large", limit=LARGEST_FILE // 2**20)
    content = path.read_bytes()
    if content.startswith(OLE):
        raise WrongFileError("old_excel")
    if content.startswith(ZIP):
        return _xlsx(content, sheet)
    if sheet is not None:
        raise WrongFileError("no_sheets", sheet=sheet)
    return [Table("", tuple(_csv(decode(content))))]


def decode(content: bytes) -> str:
    """Strictly UTF-8 (a BOM is dropped), else GB18030. Raises `WrongFileError` with the offset."""
    if content.startswith(UTF16):
        raise WrongFileError("utf16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as not_utf8:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as not_gb:
            raise WrongFileError("encoding", utf8=not_utf8.start, gb18030=not_gb.start) from not_gb


def _csv(text: str) -> Iterator[Line]:
    head = text[:4096].splitlines()
    tabs = any("\t" in line and "," not in line for line in head)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=True)
    first = 1  # of the lines that a record takes: a quoted cell may hold line breaks
    try:
        for cells in reader:
            _limit(first, len(cells))
            yield _line(first, [(cell, cell.startswith("=")) for cell in cells])
            first = reader.line_num + 1
    except csv.Error as error:
        raise WrongFileError("csv", line=reader.line_num, why=str(error)) from error


def _xlsx(content: bytes, sheet: str | None) -> list[Table]:
    with warnings.catch_warnings(), _readable():
        # openpyxl warns of styles and extensions that it leaves out; only values are read here.
        warnings.simplefilter("ignore", UserWarning)
        _refuse_traps(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            return [Table(name, tuple(_sheet(book[name]))) for name in _sheets(book, sheet)]
        finally:
            book.close()


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise WrongFileError("xlsx", why=str(error)) from error


def _refuse_traps(content: bytes) -> None:
    """What unpacks to any size, runs, leads out of its folder or makes a text out of nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise WrongFileError("file_too_large", limit=LARGEST_UNPACKED // 2**20)
        for entry in entries:
            _refuse_name(entry.filename)
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    _refuse_declarations(entry.filename, part.read(PROLOG))


def _refuse_name(name: str) -> None:
    if _RUNS.search(name):
        raise WrongFileError("macros")
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise WrongFileError("xlsx", why=repr(name))


def _refuse_declarations(name: str, start: bytes) -> None:
    # No part of an XLSX declares entities (ECMA-376 part 2, 10.1.2), nor is any UTF-16 that Excel
    # writes; a declaration later than this is refused by the parser (defusedxml).
    if b"<!" in start.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or start.startswith(UTF16):
        raise WrongFileError("xlsx", why=f"{name}: <!DOCTYPE")


def _sheets(book: Any, sheet: str | None) -> list[str]:
    names = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    if sheet is None:
        return names
    if sheet not in names:
        raise WrongFileError("no_such_sheet", sheet=sheet, sheets="、".join(names))
    return [sheet]


def _sheet(sheet: Any) -> Iterator[Line]:
    # The size that a file claims of itself is often wrong; what is there counts.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        _limit(number, len(row))
        yield _line(number, [(_shown(cell), cell.data_type in "fe") for cell in row])


def _limit(lines: int, columns: int) -> None:
    if lines > MOST_LINES:
        raise WrongFileError("too_many_lines", limit=MOST_LINES)
    if columns > MOST_COLUMNS:
        raise WrongFileError("too_many_columns", line=lines, limit=MOST_COLUMNS)


def _line(number: int, cells: list[tuple[str, bool]]) -> Line:
    texts, formulas = [], set()
    for at, (text, is_formula) in enumerate(cells):
        literal = _LITERAL.fullmatch(text.strip())
        texts.append(literal[1] if literal else text)
        if is_formula and not literal:
            formulas.add(at)
    return Line(number, tuple(texts), frozenset(formulas))


def _shown(cell: Any) -> str:
    """A cell as text. A code formatted as 000000 is shown, and read, with its leading zero."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        plain = _plain(value)
        zeros = re.fullmatch("0+", cell.number_format or "")
        return plain.zfill(len(zeros[0])) if zeros else plain
    return str(value)


def _plain(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
