"""What bases export, added up once and asked thousands of times a second.

Of every base the twelve months up to its last month count, and for the trend the twelve before.
A base's total are its rows without a firm; firms' rows are parts of it. Sums are taken by the
database; on SQLite, which adds decimals as floating point, they are rounded back to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import Count, Max, Q, Sum

from monitor.bases.models import ExportFlow

CENT = Decimal("0.01")
THOUSANDTH = Decimal("0.001")
PLACES = Decimal("0.0001")
ZERO = Decimal("0.00")
LARGEST_CHANGE = Decimal(9999)
"""Beyond it two prices are not prices of the same thing."""

UNITS_DIFFER = "units_differ"
NO_QUANTITY = "no_quantity"
NO_EXPORTS = "no_exports"
NO_YEAR_BEFORE = "no_year_before"


class Sums(NamedTuple):
    """Twelve months of some cells; `units` holds "" where a row came without a quantity."""

    value: Decimal = ZERO
    quantity: Decimal = Decimal(0)
    units: frozenset[str] = frozenset()

    def plus(self, other: "Sums") -> "Sums":
        return Sums(
            self.value + other.value, self.quantity + other.quantity, self.units | other.units
        )

    def price(self) -> tuple[Decimal | None, str | None]:
        """(USD per unit, None) or (None, why there is none)."""
        if not self.units:
            return None, NO_EXPORTS
        if "" in self.units or not self.quantity:
            return None, NO_QUANTITY
        if len(self.units) > 1:
            return None, UNITS_DIFFER
        return self.value / self.quantity, None


class Cell(NamedTuple):
    """One product in one market: the last twelve months and the twelve before."""

    now: Sums = Sums()
    before: Sums = Sums()


@dataclass(frozen=True)
class Exposure:
    """Twelve months' exports of some products to some markets, in USD.

    `firms`: (enterprise id, value), most money first. `unit_value` is USD per `unit` (four places),
    `unit_value_change` the change against the year before as a fraction; where one of them is
    None, `reason` says why: `no_exports`, `no_quantity`, `units_differ`, `no_year_before`.
    """

    value_usd: Decimal = ZERO
    by_hs6: dict[str, Decimal] = field(default_factory=dict)
    firms: list[tuple[int, Decimal]] = field(default_factory=list)
    quantity: Decimal | None = None
    unit: str = ""
    unit_value: Decimal | None = None
    unit_value_change: Decimal | None = None
    reason: str | None = NO_EXPORTS
    as_of_month: date | None = None
    sample: bool = False


@dataclass
class BaseFlows:
    """One base's cells: HS6 → market → sums, and the firms' parts of the last twelve months."""

    month: date
    sample: bool
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)
    firms: dict[str, dict[str, list[tuple[int, Decimal]]]] = field(default_factory=dict)

    def total(self) -> Decimal:
        values = (cell.now.value for row in self.cells.values() for cell in row.values())
        return sum(values, ZERO)


class Flows:
    """The flows of all bases at one moment."""

    def __init__(self, bases: dict[int, BaseFlows]) -> None:
        self._bases = bases
        self._totals = {pk: base.total() for pk, base in bases.items()}

    @classmethod
    def load(cls, as_of: date | None = None) -> Self:
        """Months before `as_of`'s month count: its own is not over. None: all that there are."""
        rows = ExportFlow.objects.all()
        if as_of is not None:
            rows = rows.filter(month__lt=as_of.replace(day=1))
        last = rows.order_by().values("base").annotate(last=Max("month"))
        return cls({each["base"]: _load_base(each["base"], each["last"]) for each in last})

    def exposure(self, base_id: int, hs6: Iterable[str], markets: Iterable[str]) -> Exposure:
        """Exports of the HS6 codes to the markets (states; a union is given by its members)."""
        base = self._bases.get(base_id)
        if base is None:
            return Exposure()
        wanted = frozenset(markets)
        found = {
            code: row
            for code in set(hs6) & base.cells.keys()
            if (row := _some(base.cells[code], wanted))
        }
        if not found:
            return Exposure(as_of_month=base.month, sample=base.sample)
        firms = _firms(base, found, wanted)
        return _exposure(base, found, firms)

    def base_total(self, base_id: int) -> Decimal:
        """Exports of everything to everywhere in the twelve months."""
        return self._totals.get(base_id, ZERO)

    def base_hs6(self, base_id: int) -> set[str]:
        """The HS6 codes that the base exported in the 24 months."""
        return set(self._bases[base_id].cells) if base_id in self._bases else set()

    def as_of_month(self, base_id: int) -> date | None:
        """The last month that counts; None where the base has no flows."""
        return self._bases[base_id].month if base_id in self._bases else None

    def sample(self, base_id: int) -> bool:
        """Whether some of the base's figures are sample data."""
        return base_id in self._bases and self._bases[base_id].sample


def _load_base(pk: int, last: date) -> BaseFlows:
    since, before = _back(last, 11), _back(last, 23)
    rows = ExportFlow.objects.filter(base=pk, month__range=(before, last)).order_by()
    base = BaseFlows(last, rows.filter(sample=True).exists())
    for recent, window in ((True, (since, last)), (False, (before, _back(last, 12)))):
        for row in _summed(rows.filter(month__range=window)):
            if row["enterprise"] is None:
                _add_cell(base, row, recent=recent)
            elif recent:
                by_market = base.firms.setdefault(row["hs6"], {})
                firm = (row["enterprise"], row["value"].quantize(CENT))
                by_market.setdefault(row["market"], []).append(firm)
    return base


def _summed(rows: Any) -> Any:
    """{enterprise, hs6, market, unit, value, quantity, rows, counted}"""
    return rows.values("enterprise", "hs6", "market", "unit").annotate(
        value=Sum("value_usd"),
        amount=Sum("quantity"),
        rows=Count("pk"),
        counted=Count("pk", filter=Q(quantity__isnull=False) & ~Q(unit="")),
    )


def _add_cell(base: BaseFlows, row: dict[str, Any], *, recent: bool) -> None:
    units = {row["unit"]} if row["counted"] == row["rows"] else {row["unit"], ""}
    amount = (row["amount"] or Decimal(0)).quantize(THOUSANDTH)
    sums = Sums(row["value"].quantize(CENT), amount, frozenset(units))
    by_market = base.cells.setdefault(row["hs6"], {})
    cell = by_market.get(row["market"], Cell())
    by_market[row["market"]] = (
        cell._replace(now=cell.now.plus(sums))
        if recent
        else cell._replace(before=cell.before.plus(sums))
    )


def _back(month: date, months: int) -> date:
    at = month.year * 12 + month.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _some(row: dict[str, Cell], markets: frozenset[str]) -> list[Cell]:
    """The cells of the markets, walking the shorter of the two."""
    if len(row) < len(markets):
        return [cell for market, cell in row.items() if market in markets]
    return [row[market] for market in markets if market in row]


def _firms(
    base: BaseFlows, found: Iterable[str], markets: frozenset[str]
) -> list[tuple[int, Decimal]]:
    worth: dict[int, Decimal] = {}
    for code in found:
        by_market = base.firms.get(code, {})
        for market in by_market.keys() & markets:
            for firm, value in by_market[market]:
                worth[firm] = worth.get(firm, ZERO) + value
    return sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))


def _exposure(
    base: BaseFlows, found: dict[str, list[Cell]], firms: list[tuple[int, Decimal]]
) -> Exposure:
    by_hs6 = {
        code: value
        for code, row in sorted(found.items())
        if (value := sum((cell.now.value for cell in row), ZERO))
    }
    now, before = _both([cell for row in found.values() for cell in row])
    price, no_price = now.price()
    change, no_change = _change(price, before, now.units)
    return Exposure(
        value_usd=now.value,
        by_hs6=by_hs6,
        firms=firms,
        quantity=None if price is None else now.quantity,
        unit="" if price is None else next(iter(now.units)),
        unit_value=None if price is None else price.quantize(PLACES),
        unit_value_change=change,
        reason=no_price or no_change,
        as_of_month=base.month,
        sample=base.sample,
    )


def _both(cells: list[Cell]) -> tuple[Sums, Sums]:
    now, before = Sums(), Sums()
    for cell in cells:
        now = now.plus(cell.now)
        before = before.plus(cell.before)
    return now, before


def _change(
    price: Decimal | None, before: Sums, units: frozenset[str]
) -> tuple[Decimal | None, str | None]:
    earlier, why = before.price()
    if price is None:
        return None, None
    if not earlier:
        return None, NO_YEAR_BEFORE if why in {NO_EXPORTS, None} else why
    if before.units != units:
        return None, UNITS_DIFFER
    change = price / earlier - 1
    return (change.quantize(PLACES), None) if change < LARGEST_CHANGE else (None, UNITS_DIFFER)
