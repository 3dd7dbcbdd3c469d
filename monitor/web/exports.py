"""What a base exports, as the pages show it: the last twelve months that its flows reach.

What few firms make up is hidden from whoever does not see every total of the base
(`monitor.bases.confidential`). By market and by product no cells are shown, so each of the two is
looked at by itself; whoever knows from elsewhere which goods go to one market only can put more
together than is meant.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Max, Q, QuerySet, Sum

from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import (
    CONFIDENTIAL,
    Branch,
    Figure,
    Shown,
    hidden,
    hidden_below,
    is_open,
    together,
)
from monitor.bases.contributors import CENT, Cell, figures, sight
from monitor.bases.models import Base, ExportFlow, ProductLine
from monitor.impact.models import Impact

Usd = Decimal
K = TypeVar("K", str, ProductLine)
NOTHING = Decimal(0)


def months(last: date) -> list[date]:
    """The twelve months that end with `last`, as first days, oldest first."""
    return [_back(last, steps) for steps in range(11, -1, -1)]


def _back(month: date, steps: int) -> date:
    index = month.year * 12 + month.month - 1 - steps
    return date(index // 12, index % 12 + 1, 1)


def flows(base: Base, actor: Actor) -> QuerySet[ExportFlow]:
    """The base's own rows: a firm's rows are part of them, never added to them."""
    return ExportFlow.objects.for_actor(actor).filter(base=base, enterprise=None)


@dataclass(frozen=True)
class Exports:
    """Twelve months of a base's exports, in USD: most money first, and what is confidential last
    and by its code, because a place among the others would say how much it is."""

    last_month: date | None = None
    total: Shown = NOTHING
    markets: Sequence[tuple[str, Shown]] = ()
    lines: Sequence[tuple[ProductLine, Shown]] = ()
    """Every product line of the base."""
    sample: bool = False


def exports(base: Base, lines: Iterable[ProductLine], actor: Actor) -> Exports:
    """Three queries, however many flows; four for whoever does not see every total."""
    own = flows(base, actor)
    last = own.aggregate(last=Max("month"))["last"]
    if last is None:
        return Exports(lines=[(line, NOTHING) for line in lines])
    span = Q(month__range=(months(last)[0], last))
    summed = own.filter(span).values_list("hs6", "market").order_by()
    cells = {
        (hs6, market): value.quantize(CENT)
        for hs6, market, value in summed.annotate(value=Sum("value_usd"))
    }
    counted = _Counted(cells, list(lines))
    if sight(actor).whole(base.pk):
        closed = _Closed()
    else:
        firms = ExportFlow.objects.filter(span, base=base)
        closed = _closed(counted, figures(cells, firms, ["hs6", "market"]))
    return Exports(
        last_month=last,
        total=CONFIDENTIAL if closed.total else sum(cells.values(), NOTHING),
        markets=_hidden_last(counted.markets_most_first(), closed.markets),
        lines=_hidden_last(
            counted.lines_most_first(),
            {line for line in counted.lines if line.hs in closed.lines},
        ),
        sample=own.filter(sample=True).exists(),
    )


@dataclass(frozen=True)
class _Counted:
    """`cells`: by HS6 and market."""

    cells: Mapping[Cell, Usd]
    lines: Sequence[ProductLine]

    def markets(self) -> dict[str, Usd]:
        return _by(1, self.cells)

    def markets_most_first(self) -> list[tuple[str, Usd]]:
        return sorted(self.markets().items(), key=lambda pair: (-pair[1], pair[0]))

    def lines_most_first(self) -> list[tuple[ProductLine, Usd]]:
        by_hs6 = _by(0, self.cells)
        values = [(line, _under(line.hs, by_hs6)) for line in self.lines]
        return sorted(values, key=lambda pair: (-pair[1], pair[0].hs))


@dataclass(frozen=True)
class _Closed:
    """What must not be shown; lines by their code."""

    total: bool = False
    markets: Collection[str] = ()
    lines: Collection[str] = ()


def _closed(counted: _Counted, cells: Mapping[Cell, Figure]) -> _Closed:
    whole = together(cells.values())
    by_market = {
        market: together(cells[cell] for cell in cells if cell[1] == market)
        for market in counted.markets()
    }
    codes = sorted({line.hs for line in counted.lines})
    tree = Branch(whole, _nested(codes, cells))
    return _Closed(not is_open(whole), hidden(whole, by_market), hidden_below(tree))


def _nested(codes: Sequence[str], cells: Mapping[Cell, Figure]) -> dict[str, Branch[str]]:
    """Codes that lie below another are branches of it."""
    top = [code for code in codes if not any(code != c and code.startswith(c) for c in codes)]
    return {
        code: Branch(
            together(figure for cell, figure in cells.items() if cell[0].startswith(code)),
            _nested([c for c in codes if c != code and c.startswith(code)], cells),
        )
        for code in top
    }


def _by(place: int, cells: Mapping[Cell, Usd]) -> dict[Any, Usd]:
    found: defaultdict[Any, Usd] = defaultdict(Decimal)
    for cell, value in cells.items():
        found[cell[place]] += value
    return dict(found)


def _hidden_last(values: Iterable[tuple[K, Usd]], closed: Collection[K]) -> list[tuple[K, Shown]]:
    pairs = list(values)
    shown: list[tuple[K, Shown]] = [pair for pair in pairs if pair[0] not in closed]
    hidden_ = sorted((key for key, _ in pairs if key in closed), key=_code)
    return shown + [(key, CONFIDENTIAL) for key in hidden_]


def _code(of: str | ProductLine) -> str:
    return of.hs if isinstance(of, ProductLine) else of


def _under(prefix: str, by_hs6: Mapping[str, Usd]) -> Usd:
    return sum((v for hs6, v in by_hs6.items() if hs6.startswith(prefix)), NOTHING)


@dataclass(frozen=True)
class FlowRow:
    """One HS6 to one market: the value of each month, None where nothing was recorded."""

    hs6: str
    market: str
    values: Sequence[Shown | None]
    total: Shown


@dataclass(frozen=True)
class FlowTable:
    """What an impact counted: its months and rows, most money first, those of which the sum is
    confidential last."""

    months: list[date]
    rows: list[FlowRow]
    by_hs6: Mapping[str, Shown]
    """Sums over all the markets and months."""
    hidden: int = 0
    """Rows left out, the smallest."""


def flow_table(impact: Impact, actor: Actor, limit: int = 20) -> FlowTable | None:
    """What the impact's figures were made of; None where it has none. One query; two for whoever
    does not see every total."""
    if impact.as_of_month is None:
        return None
    span = months(impact.as_of_month)
    wanted = Q(
        hs6__in=[match["hs6"] for match in impact.matches],
        market__in=impact.markets,
        month__range=(span[0], span[-1]),
    )
    own = flows(impact.base, actor).filter(wanted)
    cells = {
        tuple(cell): value for *cell, value in own.values_list(*_FIELDS, "value_usd").order_by()
    }
    closed: Collection[Cell] = ()
    if not sight(actor).whole(impact.base_id):
        firms = ExportFlow.objects.filter(wanted, base=impact.base_id)
        judged = figures(cells, firms, _FIELDS)
        closed = hidden_below(_branch(judged))
    rows = [_flow_row(row, cells, span, closed) for row in _rows_most_first(cells)]
    by_hs6 = {
        hs6: CONFIDENTIAL if (hs6,) in closed else value for hs6, value in _by(0, cells).items()
    }
    shown = sorted(rows[:limit], key=_place)
    return FlowTable(span, shown, by_hs6, hidden=max(0, len(rows) - limit))


def _place(row: FlowRow) -> tuple[Usd, str, str]:
    if isinstance(row.total, Decimal):
        return (-row.total, "", "")
    return (NOTHING, row.hs6, row.market)


_FIELDS = ("hs6", "market", "month")


def _branch(cells: Mapping[Cell, Figure], depth: int = 0) -> Branch[Cell]:
    """All of it, and what lies under the first fields of a cell, one more each time."""
    under: defaultdict[Cell, dict[Cell, Figure]] = defaultdict(dict)
    for cell, figure in cells.items():
        under[cell[: depth + 1]][cell] = figure
    below = {
        key: Branch(part[key]) if key in part else _branch(part, depth + 1)
        for key, part in under.items()
    }
    return Branch(together(cells.values()), below)


def _rows_most_first(cells: Mapping[Cell, Usd]) -> list[tuple[Cell, Usd]]:
    found: defaultdict[Cell, Usd] = defaultdict(Decimal)
    for (hs6, market, _month), value in cells.items():
        found[hs6, market] += value
    return sorted(found.items(), key=lambda item: -item[1])


def _flow_row(
    row: tuple[Cell, Usd], cells: Mapping[Cell, Usd], span: Sequence[date], closed: Collection[Cell]
) -> FlowRow:
    (hs6, market), total = row
    values = [
        CONFIDENTIAL if (hs6, market, month) in closed else cells.get((hs6, market, month))
        for month in span
    ]
    return FlowRow(hs6, market, values, CONFIDENTIAL if (hs6, market) in closed else total)
