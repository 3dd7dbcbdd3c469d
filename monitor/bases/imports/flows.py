"""Export flows: the customs' exports and a chamber's own statistics, summed to cells.

Codes of 8 or 10 digits are folded to their HS6; rows of the file that meet in one cell (base, firm,
HS6, market, month) are added. Real flows of a base drive out its sample flows.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from monitor.bases.imports import values
from monitor.bases.imports.columns import FLOWS, Sheet
from monitor.bases.imports.known import CellKey, CellValue, KnownBases, KnownFirm
from monitor.bases.imports.plan import Change, Plan, action, compare
from monitor.bases.imports.problems import BadCellError, Note
from monitor.bases.imports.rows import Row, rows, unread

NAMES = FLOWS
MANDATORY = ("month", "market", "hs", "value")
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class FlowRecord:
    key: CellKey
    value: CellValue


@dataclass
class Sum:
    """What the rows of one cell add up to; quantities only while they share a unit."""

    line: int
    value: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)
    units: set[str] = field(default_factory=set)

    def add(self, value: Decimal, quantity: tuple[Decimal, str] | None) -> None:
        self.value += value
        self.units.add(quantity[1] if quantity else "")
        self.quantity += quantity[0] if quantity else 0

    def cell(self) -> CellValue:
        value = self.value.quantize(values.CENT)
        if len(self.units) != 1 or "" in self.units:
            return CellValue(value, None, "")
        return CellValue(value, self.quantity.quantize(THOUSANDTH), next(iter(self.units)))


@dataclass(frozen=True)
class Asked:
    """What the user said beside the file, and the day."""

    today: date
    cny_per_usd: Decimal | None = None


def read(
    sheet: Sheet, firms: list[KnownFirm], bases: KnownBases, asked: Asked
) -> tuple[dict[CellKey, Sum], Plan[FlowRecord]]:
    """The file's cells, and a plan that holds as yet what is rejected and noted."""
    made: Plan[FlowRecord] = Plan(notes=unread(sheet))
    by_name = {values.plain(str(firm.values["name_zh"])): firm for firm in firms}
    by_code = {str(firm.values["uscc"]): firm for firm in firms if firm.values["uscc"]}
    cells: dict[CellKey, Sum] = {}
    for row in rows(sheet, made.notes):
        base = row.read("bases", bases.code)
        firm = _firm(row, base, by_name, by_code)
        _add(row, base, firm, cells, asked)
        made.rejected.extend(row.problems)
    return cells, made


def plan(
    cells: Mapping[CellKey, Sum],
    read_so_far: Plan[FlowRecord],
    known: Mapping[CellKey, CellValue],
    samples: Mapping[str, int],
) -> Plan[FlowRecord]:
    """Cell by cell against the real flows; `samples`: sample flows by base, which give way."""
    return Plan(
        [_change(key, each, known.get(key)) for key, each in cells.items()],
        read_so_far.rejected,
        read_so_far.notes + _notes(cells, known, samples),
    )


def _add(
    row: Row, base: str | None, firm: int | None, cells: dict[CellKey, Sum], asked: Asked
) -> None:
    month = row.read("month", lambda cell: values.month(cell, asked.today))
    hs6 = row.read("hs", lambda cell: _hs6(cell, month))
    market = row.read("market", values.market)
    value = row.read("value", lambda cell: _value(row, cell, asked))
    quantity = row.read("quantity", lambda cell: values.quantity(cell, row.cell("unit")))
    if row.problems or None in (base, month, hs6, market, value):
        return
    key = CellKey(base or "", firm, hs6 or "", market or "", month or asked.today)
    cells.setdefault(key, Sum(row.number)).add(value or Decimal(0), quantity)


def _hs6(cell: str, month: date | None) -> str:
    code = values.code(cell)
    if len(code) < 6:
        raise BadCellError("too_short_for_flows", value=code)
    return values.in_hs(code, month.year if month else None)


def _value(row: Row, cell: str, asked: Asked) -> Decimal:
    money = row.column("value").money
    if money is None:
        raise AssertionError("columns.find names the unit of every column of money")
    worth = values.usd(cell, money, asked.cny_per_usd)
    if worth is None:
        raise BadCellError("no_value")
    return worth


def _firm(
    row: Row, base: str | None, by_name: Mapping[str, KnownFirm], by_code: Mapping[str, KnownFirm]
) -> int | None:
    """The firm's id; None for the base's total. A firm has to be known, and of the base."""
    name = values.plain(row.cell("name_zh"))
    code = row.read("uscc", values.social_credit_code)
    if not name and not code:
        return None
    firm = by_code.get(code) if code else by_name.get(name)
    if firm is None:
        row.reject("uscc" if code else "name_zh", "no_such_firm", value=(code or name)[:60])
        return None
    if base is not None and base not in firm.bases:
        row.reject("name_zh", "firm_of_other_base", base=base)
    return firm.pk


def _change(key: CellKey, each: Sum, before: CellValue | None) -> Change[FlowRecord]:
    after = each.cell()
    fields = compare(before._asdict() if before else None, after._asdict())
    firm = f" #{key.firm}" if key.firm else ""
    what = f"{key.base}{firm} {key.hs6} {key.market} {key.month:%Y-%m}"
    return Change(each.line, what, fields, FlowRecord(key, after), action(before, fields))


def _notes(
    cells: Mapping[CellKey, Sum], known: Mapping[CellKey, CellValue], samples: Mapping[str, int]
) -> list[Note]:
    notes = [Note("sample_gives_way", {"base": b, "rows": n}) for b, n in samples.items()]
    by_base: dict[str, dict[bool, set[date]]] = defaultdict(lambda: {True: set(), False: set()})
    for key in [*cells, *known]:
        by_base[key.base][key.firm is None].add(key.month)
    for base, months in sorted(by_base.items()):
        if without := months[False] - months[True]:
            notes.append(Note("firms_without_total", {"base": base, "months": len(without)}))
    months_in_file = {(key.base, key.firm, key.month) for key in cells}
    kept = [k for k in known if k not in cells and (k.base, k.firm, k.month) in months_in_file]
    if kept:
        notes.append(Note("cells_kept", {"rows": len(kept)}))
    mixed = sum(len(each.units) > 1 for each in cells.values())
    return [*notes, Note("units_mixed", {"rows": mixed})] if mixed else notes
