"""A day of long ago, as exactly as it is known."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class When:
    """`first`: the first day that is meant. `text`: as ISO 8601 writes it, no more exactly than it
    is known: `2008-12-31`, `2008-12`, `2008`."""

    first: date
    text: str

    @classmethod
    def read(cls, given: object) -> Self:
        """A TOML date, or text of a day, a month, a year. Raises ValueError."""
        if isinstance(given, cls):
            return given
        if isinstance(given, date) and not isinstance(given, datetime):
            return cls(given, given.isoformat())
        text = str(given)
        if found := _MONTH.fullmatch(text):
            return cls(date(int(found[1]), int(found[2]), 1), text)
        if _YEAR.fullmatch(text):
            return cls(date(int(text), 1, 1), text)
        try:
            return cls(date.fromisoformat(text), text)
        except ValueError:
            raise ValueError("give a day (2008-12-31), or a month or a year in quotes") from None

    @property
    def is_day(self) -> bool:
        return len(self.text) == 10

    @property
    def month(self) -> int | None:
        """Counted from the year 0; None where no more than the year is known."""
        return self.first.year * 12 + self.first.month if len(self.text) > 4 else None

    def months_to(self, later: "When") -> int | None:
        """Whole months where both days are known, else the difference of the months; None where
        one is known by its year only."""
        if self.month is None or later.month is None:
            return None
        early = self.is_day and later.is_day and later.first.day < self.first.day
        return later.month - self.month - early

    def __str__(self) -> str:
        return self.text
