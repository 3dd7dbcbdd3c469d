"""What a base exports, as the pages show it: the last twelve months that its flows reach."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum

from monitor.bases.models import Base, ExportFlow, ProductLine

Usd = Decimal
NOTHING = Decimal(0)


def months(last: date) -> list[date]:
    """The twelve months that end with `last`, as first days, oldest first."""
    return [_back(last, steps) for steps in range(11, -1, -1)]


def _back(month: date, steps: int) -> date:
    index = month.year * 12 + month.month - 1 - steps
    return date(index // 12, index % 12 + 1, 1)


def flows(base: Base) -> QuerySet[ExportFlow]:
    """The base's own rows: a firm's rows are part of them, never added to them."""
    return ExportFlow.objects.filter(base=base, enterprise=None)


@dataclass(frozen=True)
class Exports:
    """Twelve months of a base's exports, in USD."""

    last_month: date | None = None
    total: Usd = NOTHING
    markets: list[tuple[str, Usd]] = field(default_factory=list)
    """Most money first."""
    lines: list[tuple[ProductLine, Usd]] = field(default_factory=list)
    """Every product line of the base, most money first."""
    sample: bool = False

    def part(self, value: Usd) -> Decimal:
        """The value's share of the total, 0 to 1."""
        return value / self.total if self.total else NOTHING


def exports(base: Base, lines: Iterable[ProductLine]) -> Exports:
    """Three queries, however many flows."""
    last = flows(base).aggregate(last=Max("month"))["last"]
    if last is None:
        return Exports(lines=[(line, NOTHING) for line in lines])
    cells = (
        flows(base)
        .filter(month__range=(months(last)[0], last))
        .values_list("hs6", "market")
        .annotate(value=Sum("value_usd"))
        .order_by()
    )
    by_market: defaultdict[str, Usd] = defaultdict(Decimal)
    by_hs6: defaultdict[str, Usd] = defaultdict(Decimal)
    for hs6, market, value in cells:
        by_market[market] += value
        by_hs6[hs6] += value
    return Exports(
        last_month=last,
        total=sum(by_market.values(), NOTHING),
        markets=sorted(by_market.items(), key=lambda item: -item[1]),
        lines=sorted(
            ((line, _under(line.hs, by_hs6)) for line in lines),
            key=lambda item: (-item[1], item[0].hs),
        ),
        sample=flows(base).filter(sample=True).exists(),
    )


def _under(prefix: str, by_hs6: dict[str, Usd]) -> Usd:
    return sum((v for hs6, v in by_hs6.items() if hs6.startswith(prefix)), NOTHING)


@dataclass(frozen=True)
class FlowRow:
    """One HS6 to one market: the value of each month, None where nothing was recorded."""

    hs6: str
    market: str
    values: list[Usd | None]

    @property
    def total(self) -> Usd:
        return sum((value for value in self.values if value is not None), NOTHING)


@dataclass(frozen=True)
class FlowTable:
    """What an impact counted: its months and rows, most money first."""

    months: list[date]
    rows: list[FlowRow]
    hidden: int = 0
    """Rows left out, the smallest."""

    @property
    def total(self) -> Usd:
        return sum((row.total for row in self.rows), NOTHING)


def flow_table(
    base: Base, hs6: list[str], markets: list[str], last: date, limit: int = 20
) -> FlowTable:
    """One query. `last` is the last month that the impact's figures reach."""
    span = months(last)
    cells: defaultdict[tuple[str, str], dict[date, Usd]] = defaultdict(dict)
    wanted = flows(base).filter(hs6__in=hs6, market__in=markets, month__range=(span[0], last))
    for code, market, month, value in wanted.values_list("hs6", "market", "month", "value_usd"):
        cells[code, market][month] = value
    rows = [FlowRow(*key, [cell.get(month) for month in span]) for key, cell in cells.items()]
    rows.sort(key=lambda row: -row.total)
    return FlowTable(span, rows[:limit], hidden=max(0, len(rows) - limit))
