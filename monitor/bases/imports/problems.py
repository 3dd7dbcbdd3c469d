"""What may be wrong with a file, a row, a cell: codes with parameters, sentences in `report`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class WrongFileError(Exception):
    """The file as a whole cannot be imported: no table, no header, no encoding, no unit."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str | int] = params


class BadCellError(Exception):
    """What a cell says cannot be read or is not allowed."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True)
class Problem:
    """A row that is not imported: where it stands and why."""

    line: int
    column: str
    """The header as printed; empty where the row as a whole is meant."""
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """Something about the file that the user should know before saying yes."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
