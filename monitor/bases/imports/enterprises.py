"""会员企业名录表: member enterprises. A blank cell says nothing, and takes nothing away."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitor.bases.imports import values
from monitor.bases.imports.columns import ENTERPRISES, Sheet
from monitor.bases.imports.known import KnownBases, KnownFirm
from monitor.bases.imports.plan import Change, FieldChange, Plan, action, compare, show
from monitor.bases.imports.problems import BadCellError, Note
from monitor.bases.imports.rows import Row, rows, unread
from monitor.bases.models import Enterprise

NAMES = ENTERPRISES
MANDATORY = ("name_zh",)
TEXTS = {
    "name_en": 300,
    "city": 40,
    "products": 2000,
    "contact": 120,
    "legal_representative": 120,
    "address": 300,
    "certifications": 2000,
}


@dataclass(frozen=True)
class FirmRecord:
    """What is written: `pk` of the firm that is changed, values by field, bases joined."""

    pk: int | None
    values: dict[str, Any]
    join: tuple[str, ...]


class Firms:
    """The firms of the records, and which line of the file spoke of which firm."""

    def __init__(self, known: list[KnownFirm]) -> None:
        self.by_code = {str(firm.values["uscc"]): firm for firm in known if firm.values["uscc"]}
        self.by_name = {values.plain(str(firm.values["name_zh"])): firm for firm in known}
        self._lines: dict[str, int] = {}

    def match(self, row: Row, name: str, code: str | None) -> KnownFirm | None:
        """The firm that the row means: by its code, else by its name. Conflicts reject the row."""
        by_name = self.by_name.get(values.plain(name))
        firm = (self.by_code.get(code) if code else None) or by_name
        if firm and by_name and by_name is not firm:
            row.reject("name_zh", "name_of_other", other=show(by_name.values["uscc"]))
        elif firm and code and firm.values["uscc"] not in (None, code):
            row.reject("uscc", "other_code", other=show(firm.values["uscc"]))
        elif firm and firm.sample:
            row.reject("name_zh", "sample_firm")
        return firm

    def once(self, row: Row, name: str, code: str | None) -> None:
        """Rejects a row whose firm an earlier row of the file has described."""
        for key, field in ((values.plain(name), "name_zh"), (code, "uscc")):
            if key in self._lines:
                row.reject(field, "repeated", first=self._lines[key])
                return

    def described(self, record: FirmRecord, line: int) -> None:
        keys = (values.plain(record.values["name_zh"]), record.values.get("uscc"))
        self._lines |= {key: line for key in keys if key}


def plan(
    sheet: Sheet, known: list[KnownFirm], bases: KnownBases, cny_per_usd: Decimal | None
) -> Plan[FirmRecord]:
    made: Plan[FirmRecord] = Plan(notes=unread(sheet))
    firms = Firms(known)
    for row in rows(sheet, made.notes):
        change = _change(row, firms, bases, made.notes, cny_per_usd)
        if row.problems:
            made.rejected.extend(row.problems)
        else:
            firms.described(change.record, row.number)
            made.changes.append(change)
    return made


def _change(
    row: Row, firms: Firms, bases: KnownBases, notes: list[Note], cny_per_usd: Decimal | None
) -> Change[FirmRecord]:
    stated = _stated(row, notes, cny_per_usd)
    name, code = str(stated.get("name_zh", "")), stated.get("uscc")
    codes = row.read("bases", bases.codes)
    firms.once(row, name, code)
    firm = firms.match(row, name, code)
    if firm is None and codes == []:
        row.reject("bases", "no_base")
    before = None if firm is None else dict(firm.values)
    join = tuple(each for each in codes or [] if firm is None or each not in firm.bases)
    fields = compare(before, stated)
    if join:
        fields += (FieldChange("bases", show(sorted(firm.bases) if firm else []), show(join)),)
    record = FirmRecord(firm.pk if firm else None, stated, join)
    return Change(row.number, name, fields, record, action(before, fields))


def _stated(row: Row, notes: list[Note], cny_per_usd: Decimal | None) -> dict[str, Any]:
    """What the row says, by field of `Enterprise`; blank cells are left out."""
    stated: dict[str, Any] = {
        "name_zh": row.read("name_zh", _name),
        "uscc": row.read("uscc", values.social_credit_code),
        "hs_codes": row.read("hs", _codes),
        "markets": row.read("markets", _markets(row, notes)),
        "annual_export_usd": _export(row, cny_per_usd),
        "phone": row.read("phone", lambda cell: values.text(values.plain(cell), 60)),
        "email": row.read("email", values.email),
        "employees": row.read("employees", values.people),
    }
    for field, longest in TEXTS.items():
        stated[field] = row.read(field, _text(longest))
    return {field: value for field, value in stated.items() if value not in (None, "", [])}


def _name(cell: str) -> str:
    longest = Enterprise._meta.get_field("name_zh").max_length or 0  # noqa: SLF001 - Django's API
    if not (name := values.text(cell, longest)):
        raise BadCellError("no_name")
    return name


def _text(longest: int) -> Callable[[str], str]:
    return lambda cell: values.text(cell, longest)


def _codes(cell: str) -> list[str]:
    words = [word for part in values.parts(cell) for word in part.split()]
    codes = (values.in_hs(values.code(word)) for word in words if word not in values.EMPTY)
    return list(dict.fromkeys(codes))


def _markets(row: Row, notes: list[Note]) -> Callable[[str], list[str]]:
    """Reads markets; regions that are none are left out, with a note."""

    def read(cell: str) -> list[str]:
        codes, left_out = values.markets(cell)
        notes.extend(
            Note("region_left_out", {"line": row.number, "region": word}) for word in left_out
        )
        return codes

    return read


def _export(row: Row, cny_per_usd: Decimal | None) -> Decimal | None:
    if "export" not in row.sheet.columns:
        return None
    money = row.column("export").money
    if money is None:
        raise AssertionError("columns.find names the unit of every column of money")
    worth = row.read("export", lambda cell: values.usd(cell, money, cny_per_usd))
    return None if worth is None else worth.quantize(values.CENT)
