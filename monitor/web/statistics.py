"""The export statistics of a measure's goods: what our bases sold of them to its market.

The last twelve months that any base's figures reach, by month; `monitor.web.exports` shows the same
for the warning of one base.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from bundles import places
from monitor.bases.flows import CENT, THOUSANDTH, Sums
from monitor.bases.models import Base, ExportFlow
from monitor.web.exports import NOTHING, Usd, months

MOST = 200
"""Codes that are asked for: a list of steel derivatives names no more."""


@dataclass(frozen=True)
class Row:
    """One base, or all of them (`base` None). `values`: of each month, None where nothing was
    recorded. `total`: all its exports of those months."""

    base: Base | None
    values: list[Usd | None]
    sums: Sums
    total: Usd
    last: date
    """The last month that its figures reach."""

    @property
    def share(self) -> Decimal:
        """Of these goods to this market in all that it exports, 0 to 1."""
        return self.sums.value / self.total if self.total else NOTHING

    @property
    def price(self) -> Decimal | None:
        """USD per `unit`; None where the quantities have no unit in common."""
        return self.sums.price()[0]

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
    sample: bool

    @property
    def all(self) -> Row:
        """The bases together."""
        return Row(
            base=None,
            values=[_added(row.values[at] for row in self.rows) for at in range(len(self.months))],
            sums=reduce(Sums.plus, (row.sums for row in self.rows), Sums()),
            total=sum((row.total for row in self.rows), NOTHING),
            last=self.months[-1],
        )


def statistics(codes: Sequence[str], jurisdiction: str) -> Statistics | None:
    """Of goods named by two, four or six digits. None where there are no codes, or no base has any
    figures. Three queries, however many flows."""
    bases = _with_figures()
    if not codes or not bases:
        return None
    codes = _covering(codes)
    span = months(max(last for _, last in bases.values()))
    cells = _cells(_own(bases).filter(_of(codes)), jurisdiction, span)
    totals = _totals(_own(cells).filter(month__range=(span[0], span[-1])))
    rows = [_row(*bases[pk], cells[pk], totals[pk], span) for pk in cells]
    return Statistics(
        codes=codes,
        jurisdiction=jurisdiction,
        months=span,
        rows=sorted(rows, key=lambda row: -row.sums.value),
        sample=any(cell["sample"] for found in cells.values() for cell in found),
    )


def _covering(codes: Sequence[str]) -> list[str]:
    """Without those that a broader one holds already."""
    held = set(codes)
    return [c for c in codes if held.isdisjoint(c[:n] for n in (2, 4) if n < len(c))]


def _with_figures() -> dict[int, tuple[Base, date]]:
    """The bases that have flows, and the last month of these."""
    own = ExportFlow.objects.filter(base=OuterRef("pk"), enterprise=None).order_by("-month")
    bases = Base.objects.annotate(last=Subquery(own.values("month")[:1])).exclude(last=None)
    return {base.pk: (base, base.last) for base in bases}


def _own(bases: Iterable[int]) -> QuerySet[ExportFlow]:
    """The bases' own rows: a firm's are part of them."""
    return ExportFlow.objects.filter(base__in=list(bases), enterprise=None).order_by()


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


def _added(values: Iterable[Usd | None]) -> Usd | None:
    known = [value for value in values if value is not None]
    return sum(known, NOTHING) if known else None
