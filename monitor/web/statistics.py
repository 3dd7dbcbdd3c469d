"""The export statistics of a measure's goods: what our bases sold of them to its market.

The last twelve months that any base's figures reach, by month; `monitor.web.exports` shows the same
for the warning of one base.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from bundles import places
from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import (
    CONFIDENTIAL,
    Figure,
    Hidden,
    Shown,
    hidden_in,
    is_open,
)
from monitor.bases.contributors import Cell, Sight, figures, sight
from monitor.bases.flows import CENT, THOUSANDTH, Sums
from monitor.bases.models import Base, ExportFlow
from monitor.web.exports import NOTHING, Usd, months

MOST = 200
"""Codes that are asked for: a list of steel derivatives names no more."""


@dataclass(frozen=True)
class Row:
    """One base, or all of them (`base` None). `values`: of each month, None where nothing was
    recorded; `sums`: of all months; `total`: all its exports of those months. What is confidential
    is hidden from `values`, `value`, `share` and `price`."""

    base: Base | None
    values: Sequence[Shown | None]
    sums: Sums
    total: Usd
    last: date
    """The last month that its figures reach."""
    value_hidden: bool = False
    share_hidden: bool = False

    @property
    def value(self) -> Shown:
        """Of all months."""
        return CONFIDENTIAL if self.value_hidden else self.sums.value

    @property
    def share(self) -> Shown:
        """Of these goods to this market in all that it exports, 0 to 1."""
        if self.value_hidden or self.share_hidden:
            return CONFIDENTIAL
        return self.sums.value / self.total if self.total else NOTHING

    @property
    def price(self) -> Shown | None:
        """USD per `unit`; None where the quantities have no unit in common."""
        price = self.sums.price()[0]
        return CONFIDENTIAL if self.value_hidden and price is not None else price

    @property
    def unit(self) -> str:
        return next(iter(self.sums.units), "")


@dataclass(frozen=True)
class Statistics:
    """`codes`: none lies below another. `rows`: the bases that export any of it, most money
    first."""

    codes: Sequence[str]
    jurisdiction: str
    months: list[date]
    rows: list[Row]
    all: Row
    """The bases together."""
    sample: bool


def statistics(codes: Sequence[str], jurisdiction: str, actor: Actor) -> Statistics | None:
    """Of goods named by two, four or six digits. None where there are no codes, or no base has any
    figures that the actor sees. Four queries, however many flows; six for whoever does not see
    every total."""
    flows = ExportFlow.objects.for_actor(actor).filter(enterprise=None).order_by()
    bases = _with_figures(flows)
    if not codes or not bases:
        return None
    codes = _covering(codes)
    span = months(max(last for _, last in bases.values()))
    cells = _cells(flows.filter(_of(codes)), jurisdiction, span)
    totals = _totals(flows.filter(base__in=list(cells)).filter(month__range=(span[0], span[-1])))
    rows = [_row(*bases[pk], cells[pk], totals[pk], span) for pk in cells]
    rows.sort(key=lambda row: -row.sums.value)
    asked = _Asked(_of(codes) & Q(market__in=places.members(jurisdiction)), span)
    rows, all_ = _as_seen(rows, _all(rows, span), asked, sight(actor))
    return Statistics(
        codes=codes,
        jurisdiction=jurisdiction,
        months=span,
        rows=rows,
        all=all_,
        sample=any(cell["sample"] for found in cells.values() for cell in found),
    )


@dataclass(frozen=True)
class _Asked:
    """Which flows, and in which months."""

    goods: Q
    span: Sequence[date]

    @property
    def within(self) -> Q:
        return Q(month__range=(self.span[0], self.span[-1]))


def _all(rows: Sequence[Row], span: Sequence[date]) -> Row:
    return Row(
        base=None,
        values=[_added(row.values[at] for row in rows) for at in range(len(span))],
        sums=reduce(Sums.plus, (row.sums for row in rows), Sums()),
        total=sum((row.total for row in rows), NOTHING),
        last=span[-1],
    )


def _as_seen(rows: list[Row], all_: Row, asked: _Asked, seen: Sight) -> tuple[list[Row], Row]:
    """The rows and their sum without what is confidential. Of a base of which the reader sees every
    total, nothing is; it is left out of the reckoning, because they can subtract it."""
    others = [row for row in rows if not seen.whole(_pk(row))]
    if not others:
        return rows, all_
    table = _contributors(others, asked)
    closed = hidden_in(table, asked.span)
    whole = _open_totals(others, asked)
    hidden = {_pk(row): _veiled(row, closed, whole, asked.span) for row in others}
    shown = [hidden.get(_pk(row), row) for row in rows]
    values = [
        CONFIDENTIAL if month in closed.columns else value
        for month, value in zip(asked.span, all_.values, strict=True)
    ]
    share_hidden = any(row.share_hidden for row in shown)
    shown.sort(key=_place)
    return shown, replace(all_, values=values, value_hidden=closed.whole, share_hidden=share_hidden)


def _place(row: Row) -> tuple[Usd, int]:
    """Most money first; last what is hidden, whose place among the others would say how much."""
    value = row.value
    return (-value, 0) if isinstance(value, Decimal) else (NOTHING, _pk(row))


def _pk(row: Row) -> int:
    if row.base is None:
        raise ValueError("the sum of all bases is no base's")
    return row.base.pk


def _contributors(rows: Sequence[Row], asked: _Asked) -> dict[int, dict[date, Figure]]:
    totals: dict[Cell, Usd] = {
        (_pk(row), month): value
        for row in rows
        for month, value in zip(asked.span, row.values, strict=True)
        if isinstance(value, Decimal)
    }
    flows = ExportFlow.objects.filter(asked.goods, asked.within, base__in=[_pk(r) for r in rows])
    table: dict[int, dict[date, Figure]] = {_pk(row): {} for row in rows}
    for (base, month), of in figures(totals, flows, ["base", "month"]).items():
        table[base][month] = of
    return table


def _open_totals(rows: Sequence[Row], asked: _Asked) -> set[int]:
    """The bases whose whole exports of these months may be shown."""
    totals: dict[Cell, Usd] = {(_pk(row),): row.total for row in rows}
    flows = ExportFlow.objects.filter(asked.within, base__in=[_pk(row) for row in rows])
    return {base for (base,), of in figures(totals, flows, ["base"]).items() if is_open(of)}


def _veiled(row: Row, closed: Hidden[int, date], whole: set[int], span: Sequence[date]) -> Row:
    key = _pk(row)
    return replace(
        row,
        values=[CONFIDENTIAL] * len(span) if key in closed.rows else row.values,
        value_hidden=key in closed.totals,
        share_hidden=key not in whole,
    )


def _covering(codes: Sequence[str]) -> list[str]:
    """Without those that a broader one holds already."""
    held = set(codes)
    return [c for c in codes if held.isdisjoint(c[:n] for n in (2, 4) if n < len(c))]


def _with_figures(flows: QuerySet[ExportFlow]) -> dict[int, tuple[Base, date]]:
    """The bases that have flows, and the last month of these."""
    last = dict(flows.values_list("base").annotate(Max("month")))
    return {base.pk: (base, last[base.pk]) for base in Base.objects.filter(pk__in=last)}


def _cells(
    rows: QuerySet[ExportFlow], jurisdiction: str, span: Sequence[date]
) -> dict[int, list[dict[str, Any]]]:
    """Sums by month and unit, of each base that exports any of it in these months."""
    summed = (
        rows.filter(market__in=places.members(jurisdiction))
        .values("base", "month", "unit")
        .annotate(
            value=Sum("value_usd"),
            amount=Sum("quantity"),
            flows=Count("pk"),
            counted=Count("pk", filter=Q(quantity__isnull=False) & ~Q(unit="")),
            sample=Count("pk", filter=Q(sample=True)),
        )
    )
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for cell in summed:
        # Left out here and not by the question: asked for months, SQLite reads the flows of all
        # goods in them instead of looking up these goods.
        if span[0] <= cell["month"] <= span[-1]:
            found[cell["base"]].append({**cell})
    return dict(found)


def _of(codes: Sequence[str]) -> Q:
    """Subheadings as they are, all that is below a chapter or heading; within bounds, which lead a
    database along its index."""
    asked = codes[:MOST]
    bounds = (min(c.ljust(6, "0") for c in asked), max(c.ljust(6, "9") for c in asked))
    six = [code for code in asked if len(code) == 6]
    broad = (Q(hs6__range=(c.ljust(6, "0"), c.ljust(6, "9"))) for c in asked if len(c) < 6)
    return Q(hs6__range=bounds) & reduce(or_, broad, Q(hs6__in=six))


def _totals(rows: QuerySet[ExportFlow]) -> dict[int, Usd]:
    return dict(rows.values_list("base").annotate(total=Sum("value_usd")))


def _row(
    base: Base, last: date, cells: Sequence[dict[str, Any]], total: Usd, span: Sequence[date]
) -> Row:
    by_month: defaultdict[date, Usd] = defaultdict(Decimal)
    for cell in cells:
        by_month[cell["month"]] += cell["value"].quantize(CENT)
    sums = reduce(Sums.plus, map(_sums, cells), Sums())
    return Row(base, [by_month.get(month) for month in span], sums, total, last)


def _sums(cell: dict[str, Any]) -> Sums:
    """A row without a quantity leaves the whole without a price."""
    units = {cell["unit"]} if cell["counted"] == cell["flows"] else {cell["unit"], ""}
    amount = (cell["amount"] or NOTHING).quantize(THOUSANDTH)
    return Sums(cell["value"].quantize(CENT), amount, frozenset(units))


def _added(values: Iterable[Shown | None]) -> Usd | None:
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, NOTHING) if known else None
