"""The rows below a header: blank lines, totals, footnotes and repeated headers are no rows."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from monitor.bases.imports import values
from monitor.bases.imports.columns import Column, Sheet
from monitor.bases.imports.problems import BadCellError, Note, Problem
from monitor.bases.imports.tables import Line

T = TypeVar("T")


class Row:
    """One row, read cell by cell; every cell that cannot be read is kept as a problem."""

    def __init__(self, sheet: Sheet, line: Line) -> None:
        self.sheet = sheet
        self.line = line
        self.problems: list[Problem] = []

    @property
    def number(self) -> int:
        return self.line.number

    def cell(self, field: str) -> str:
        """The text; empty where the file has no such column or the line ends before it."""
        column = self.sheet.columns.get(field)
        if column is None or column.at >= len(self.line.cells):
            return ""
        return self.line.cells[column.at]

    def column(self, field: str) -> Column:
        return self.sheet.columns[field]

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """`reader` of the cell; where it raises, the problem is kept, and None returned."""
        column = self.sheet.columns.get(field)
        if column is not None and column.at in self.line.formulas:
            self.reject(field, "formula")
            return None
        try:
            return reader(self.cell(field))
        except BadCellError as error:
            self.reject(field, error.code, **error.params)
            return None

    def reject(self, field: str, code: str, **params: str | int) -> None:
        self.problems.append(Problem(self.number, self.sheet.label(field), code, params))


def rows(sheet: Sheet, notes: list[Note]) -> Iterator[Row]:
    """The rows; what is passed over is added to `notes`, blank lines excepted."""
    header = tuple(cell.strip() for cell in sheet.header.cells)
    for line in sheet.lines:
        if not any(cell.strip() for cell in line.cells) and not line.formulas:
            continue
        if code := _no_row(line, header):
            notes.append(Note(code, {"line": line.number}))
        else:
            yield Row(sheet, line)


def _no_row(line: Line, header: tuple[str, ...]) -> str | None:
    if tuple(cell.strip() for cell in line.cells) == header:
        return "header_again"
    if values.is_total(line.cells):
        return "total_row"
    return "footnote" if values.is_footnote(line.cells) else None


def unread(sheet: Sheet) -> list[Note]:
    return [Note("column_unread", {"column": label}) for label in sheet.unread]
