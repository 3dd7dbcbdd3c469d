"""基本情况汇总表: bases with their chamber and product lines, a row for each product or base.

Rows of one base add up: its names stand in any of them, and must not disagree. Product lines that
the file does not name stay, since other things were built on them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from models.nomenclature import hs
from monitor.bases.imports import values
from monitor.bases.imports.columns import BASES, Sheet
from monitor.bases.imports.known import KnownBase, KnownBases
from monitor.bases.imports.plan import Change, FieldChange, Plan, action, compare, show
from monitor.bases.imports.problems import BadCellError, Note
from monitor.bases.imports.rows import Row, rows, unread

NAMES = BASES
MANDATORY = ("name_zh",)
TEXTS = {"name_zh": 80, "name_en": 120, "chamber_zh": 120, "chamber_en": 200}


@dataclass(frozen=True)
class BaseRecord:
    code: str
    new: bool
    names: dict[str, Any]
    lines: dict[str, tuple[str, str]]
    """HS → (Chinese, English), of lines that are new or renamed; both are filled."""


@dataclass
class Stated:
    """What the file says of one base, over all its rows."""

    line: int
    names: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)


def plan(sheet: Sheet, known: KnownBases) -> Plan[BaseRecord]:
    made: Plan[BaseRecord] = Plan(notes=unread(sheet))
    stated: dict[str, Stated] = {}
    for row in rows(sheet, made.notes):
        _read(row, known, stated)
        made.rejected.extend(row.problems)
    for code, each in stated.items():
        made.changes.append(_change(code, each, known.by_code.get(code), made.notes))
    return made


def _read(row: Row, known: KnownBases, stated: dict[str, Stated]) -> None:
    names: dict[str, Any] = {name: row.read(name, _text(name)) for name in TEXTS}
    names["cities"] = row.read("cities", values.parts)
    said = {name: value for name, value in names.items() if value}
    lines = _lines(row)
    code = _code(row, known, said, stated)
    if row.problems or code is None:
        return
    earlier = stated.get(code, Stated(row.number))
    for name in said.keys() & earlier.names.keys():
        if said[name] != earlier.names[name]:
            row.reject(name, "disagrees", first=earlier.line, earlier=show(earlier.names[name]))
    for line in lines.keys() & earlier.lines.keys():
        row.reject("hs", "repeated", first=earlier.line, value=line)
    if not row.problems:
        earlier.names |= said
        earlier.lines |= lines
        stated[code] = earlier


def _code(
    row: Row, known: KnownBases, said: dict[str, Any], stated: dict[str, Stated]
) -> str | None:
    """The base's code: printed, or that of the known or just described base of that name."""
    name = said.get("name_zh")
    if not name:
        row.reject("name_zh", "no_name")
        return None
    in_file = (code for code, each in stated.items() if each.names.get("name_zh") == name)
    printed = row.read("code", _slug)
    code = printed or known.named(str(name)) or next(in_file, None)
    if code is None:
        row.reject("code", "new_base_needs", what=BASES["code"][0])
    elif code not in known.by_code and code not in stated and not said.get("name_en"):
        row.reject("name_en", "new_base_needs", what=BASES["name_en"][0])
    elif (other := known.named(str(name))) and other != code:
        row.reject("name_zh", "name_of_other", other=other)
    elif said.get("chamber_en") and not said.get("chamber_zh") and not _chamber(known, code):
        row.reject("chamber_zh", "new_base_needs", what=BASES["chamber_zh"][0])
    return code


def _chamber(known: KnownBases, code: str) -> object:
    base = known.by_code.get(code)
    return base and base.names["chamber_zh"]


def _slug(cell: str) -> str | None:
    code = values.plain(cell)
    if not code:
        return None
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) or len(code) > 40:
        raise BadCellError("no_slug", value=code[:40])
    return code


def _text(name: str) -> Callable[[str], str]:
    return lambda cell: values.text(cell, TEXTS[name])


def _lines(row: Row) -> dict[str, tuple[str, str]]:
    """HS codes with the names that stand beside them: one for all of them, or one each."""
    codes = row.read("hs", _codes) or []
    chinese = row.read("products", values.parts) or []
    english = row.read("products_en", values.parts) or []
    for field_, names in (("products", chinese), ("products_en", english)):
        if codes and len(names) not in (0, 1, len(codes)):
            row.reject(field_, "names_do_not_pair", names=len(names), codes=len(codes))
    if row.problems or not codes:
        return {}
    pairs = zip(_paired(chinese, codes), _paired(english, codes), strict=True)
    return dict(zip(codes, pairs, strict=True))


def _codes(cell: str) -> list[str]:
    words = [word for part in values.parts(cell) for word in part.split()]
    return list(dict.fromkeys(values.in_hs(values.code(word)) for word in words))


def _paired(names: list[str], codes: list[str]) -> list[str]:
    return names if len(names) == len(codes) else (names or [""]) * len(codes)


def _named(code: str, names: tuple[str, str], known: tuple[str, str] | None) -> tuple[str, str]:
    """Where the file gives no name, the line keeps its own; a new one is named as in the HS."""
    chinese, english = known or (hs.name(code, "zh")[:200], hs.name(code, "en")[:200])
    return names[0] or chinese, names[1] or english


def _change(
    code: str, stated: Stated, known: KnownBase | None, notes: list[Note]
) -> Change[BaseRecord]:
    before = dict(known.names) if known else None
    own = known.lines if known else {}
    named = {line: _named(line, names, own.get(line)) for line, names in stated.lines.items()}
    lines = {line: names for line, names in named.items() if own.get(line) != names}
    if stated.lines and (kept := len(own.keys() - stated.lines.keys())):
        notes.append(Note("lines_kept", {"base": code, "rows": kept}))
    fields = compare(before, stated.names) + tuple(
        FieldChange(f"HS {line}", show(own.get(line)), show(names)) for line, names in lines.items()
    )
    record = BaseRecord(code, known is None, stated.names, lines)
    return Change(stated.line, code, fields, record, action(before, fields))
