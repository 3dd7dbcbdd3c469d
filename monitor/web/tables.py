"""Tables for other programs, safe for spreadsheets.

Other people's text that begins like a formula would be run by Excel when the file is opened (OWASP,
CSV injection).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from monitor.web.text import tame

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Begins with the mark by which Excel knows UTF-8."""
    yield "\ufeff" + _line(heading)
    for row in rows:
        yield _line([safe(cell) for cell in row])


def safe(text: str) -> str:
    """Told apart from a formula by the apostrophe that Excel itself uses for it."""
    plain = tame(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
