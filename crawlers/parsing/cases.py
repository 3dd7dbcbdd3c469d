"""Numbers of US trade cases, ranges spelled out.

`A-570-117`, `C-533-889`: the administration's anti-dumping and countervailing cases; the middle
digits are the country (`case_countries.csv`, from the administration's published case lists).
`731-TA-1560-1564`, `701-TA-760`, `337-TA-1270`, `TA-201-77`, `332-586`: the Commission's
investigations (19 CFR 201.8, 207.10). `DN 3428`: the docket of a complaint not yet instituted.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bundles.words import Kind

COUNTRIES = Path(__file__).with_name("case_countries.csv")
_DASH = r"[ ]?[-\u2010-\u2014\u2212][ ]?"
_NUMBER = re.compile(
    rf"""(?<![\w-])(?:
      (?P<ita>[AC]){_DASH}(?P<country>\d{{3}}){_DASH}(?P<case>\d{{3}})
    | (?P<itc>731|701|337|751|303|104|753){_DASH}TA{_DASH}(?P<first>\d{{1,4}})
        (?:{_DASH}(?P<until>\d{{2,4}})(?!\d))?
    | TA{_DASH}(?P<safeguard>20[1-4]){_DASH}(?P<nr>\d{{1,3}})
    | (?P<study>332){_DASH}(?P<study_nr>\d{{3}})
    | (?P<docket>DN|Docket[ ]No\.)[ ]?(?P<docket_nr>\d{{4}})
    )(?!\w)""",
    re.VERBOSE,
)
_LONGEST_RANGE = 40
"""The most investigations that one petition ever opened is below this; more is a misprint."""

_REFERENCE = re.compile(r"\b\d{2} F(?:ed\. ?)?R(?:eg)?\.? \d{4,6}\b")


def find(text: str) -> list[str]:
    """Every case number that the text prints, each once, in order, with plain hyphens."""
    if not any(char.isdigit() for char in text):
        return []
    return list(dict.fromkeys(number for m in _NUMBER.finditer(text) for number in _spelled(m)))


def references(text: str) -> list[str]:
    """Earlier documents that the text cites: `86 FR 9486`."""
    return list(dict.fromkeys(match[0] for match in _REFERENCE.finditer(text)))


def origin(number: str) -> str | None:
    """Whose goods a number of the administration is about; None for the Commission's numbers."""
    return _countries().get(number[2:5]) if number[:2] in {"A-", "C-"} else None


def kind(number: str) -> Kind | None:
    """The remedy that a number is about."""
    match number[:4]:
        case "731-":
            return Kind.ANTI_DUMPING
        case "701-":
            return Kind.COUNTERVAILING
        case "337-" | "DN 3" | "DN 4":
            return Kind.SECTION_337
        case "TA-2":
            return Kind.SAFEGUARD
    return {"A-": Kind.ANTI_DUMPING, "C-": Kind.COUNTERVAILING}.get(number[:2])


def _spelled(match: re.Match[str]) -> Iterator[str]:
    if match["ita"]:
        yield f"{match['ita']}-{match['country']}-{match['case']}"
    elif match["itc"]:
        for number in _range(match["first"], match["until"]):
            yield f"{match['itc']}-TA-{number}"
    elif match["safeguard"]:
        yield f"TA-{match['safeguard']}-{int(match['nr']):03}"
    elif match["study"]:
        yield f"332-{match['study_nr']}"
    else:
        yield f"DN {match['docket_nr']}"


def _range(first: str, until: str | None) -> range:
    """`1521-26` and `1521-1526` both end at 1526."""
    start = int(first)
    stop = int(first[: -len(until)] + until) if until and len(until) < len(first) else start
    if until and len(until) >= len(first):
        stop = int(until)
    return (
        range(start, stop + 1)
        if start <= stop < start + _LONGEST_RANGE
        else range(start, start + 1)
    )


@cache
def _countries() -> dict[str, str]:
    with COUNTRIES.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["place"] for row in csv.DictReader(rows)}
