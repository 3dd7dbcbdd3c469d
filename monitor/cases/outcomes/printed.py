"""The rates that a notice prints by company: rows of its tables, as they stand there.

Read are lines that end in a percentage behind dots, a tab, a bar or a gap, below a heading that
speaks of percent; a name that is broken over two lines is put together. A line that fits none of
this is no row: nothing is guessed. Whose rows they are is for `proposing` to match.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bundles import places

FAR = 60
"""Lines that a heading reaches down, unless a row below it carries it on."""
_FIGURE = r"\d{1,3}(?:,\d{3})?\.\d{1,3}"
_LEADER = r"(?:\s*(?:\.\s?){3,}\s*|\s*\t+\s*|\s*\|\s*|\s{2,})"
_ROW = re.compile(
    rf"^[|\s]*(?P<name>\S.*?){_LEADER}\*{{0,2}}(?P<rate>{_FIGURE})\s?%?"
    rf"(?:(?:{_LEADER}|\s)\*{{0,2}}(?P<second>{_FIGURE})\s?%?)?[\s.|*]*$"
)
_TIGHT = re.compile(rf"^(?P<name>[A-Z].*[A-Za-z.)])\s(?:\d{{1,2}}\s)?(?P<rate>{_FIGURE})\s?%?\s*$")
"""Without dots between: only below a heading, and only where the name is a firm's (`_FORM`)."""
_FORM = re.compile(r"\b(?:Ltd|Limited|Inc|Corp|Corporation|Company|GmbH|S\.A|LLC)\b\.?")
_CELLS = re.compile(r"(?:\s*(?:\.\s?){3,}\s*|\t+|\||\s{3,})")
_FOOTNOTE = re.compile(r"(?:(?<=[\w.)])\s+|(?<=[a-z]\.))\d{1,2}$")
_HEADING = re.compile(
    r"percent|\(%\)|dumping margin|subsidy rate|duty rate|税率|％|%", re.IGNORECASE
)
_DEPOSIT = re.compile(r"cash[ -]+deposit", re.IGNORECASE)
_OTHERS = re.compile(
    r"^(?:the )?all[ -]others?\b|^all other (?:companies|producers)", re.IGNORECASE
)
_COUNTRY = re.compile(r"\b(?:PRC|China|Vietnam|country)[- ]wide\b", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """`name`: of the exporter, or as the table calls everybody else; `producer`: where the table
    tells rates by pairs. `rate`: percent; `deposit`: what is deposited, where a column says so.
    `origin`: of the part of the table that it stands in. `line`: as printed."""

    name: str
    producer: str
    rate: Decimal
    deposit: Decimal | None
    origin: str | None
    line: str

    @property
    def is_all_others(self) -> bool:
        return _OTHERS.search(self.name) is not None

    @property
    def is_country_wide(self) -> bool:
        return _COUNTRY.search(self.name) is not None


def rates_in(text: str) -> list[Printed]:
    """In their order."""
    return list(_Reading(text.splitlines()).rows())


class _Reading:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [line.rstrip() for line in lines]
        self._left = 0
        """Lines that the last heading still reaches."""
        self._deposits = False
        self._origin: str | None = None

    def rows(self) -> Iterator[Printed]:
        broken = ""
        for line in self._lines:
            row = self._row(line, broken)
            if row is not None:
                self._left = FAR
                broken = ""
                yield row
                continue
            self._look(line)
            broken = line.strip() if self._left and len(line) < 200 else ""

    def _look(self, line: str) -> None:
        """Whether a table begins here, and of which country."""
        if _HEADING.search(line):
            if self._left < FAR - 10:
                self._deposits = False
            self._left = FAR
        self._deposits = self._deposits or _DEPOSIT.search(line) is not None
        bare = _FOOTNOTE.sub("", line.strip())
        if bare and len(bare) < 40 and (found := places.parse(bare)):
            self._origin = found
        self._left = max(self._left - 1, 0)

    def _row(self, line: str, broken: str) -> Printed | None:
        found = _ROW.match(line) or self._tight(line)
        if found is None or not self._left:
            return None
        cells = [_FOOTNOTE.sub("", cell.strip(" .|")) for cell in _CELLS.split(found["name"])]
        cells = [cell for cell in cells if cell]
        if not cells or not re.search(r"[^\W\d]{2}", cells[0]):
            return None
        groups = found.groupdict()
        second = groups.get("second")
        return Printed(
            name=_joined(broken, cells[0]),
            producer=cells[1] if len(cells) > 1 else "",
            rate=_number(groups["rate"] or ""),
            deposit=_number(second) if second and self._deposits else None,
            origin=self._origin,
            line=f"{broken} {line.strip()}".strip() if _goes_on(cells[0], broken) else line.strip(),
        )

    def _tight(self, line: str) -> re.Match[str] | None:
        found = _TIGHT.match(line)
        return found if found and _FORM.search(found["name"]) else None


def _joined(broken: str, name: str) -> str:
    if not _goes_on(name, broken):
        return name
    return broken[:-1] + name if broken.endswith("-") else f"{broken} {name}"


def _goes_on(name: str, broken: str) -> bool:
    """Whether the name began on the line before: cut within a word or behind a joining sign, or
    what stands here is only the end of a firm's name."""
    if not broken or _HEADING.search(broken):
        return False
    cut = broken.endswith(("-", "/", "&", ",", ";")) and not _HEADING.search(broken)
    return cut or re.fullmatch(r"(?:Co|Corporation|Company|Ltd|Limited|Inc)\b.*", name) is not None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
