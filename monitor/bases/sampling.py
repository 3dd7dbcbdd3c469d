"""Draws the sample data (示例数据) of one base: invented firms and invented export flows.

Pure: the same base, `as_of` and seed give the same rows. What is drawn from is `sample.toml`.
The level, the season (the Chinese New Year empties a fortnight), trend, prices and the many small
irregular trades beside a few steady ones are made to look like trade; no figure is anybody's.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.nomenclature import hs
from monitor.bases.uscc import check_character, organisation_check

MONTHS = 36
CELLS = 280
"""Pairs of product and market that a base exports in. Every product goes to the United States, and
what is on record goes where it is on record, however little."""
STEADY = 60
"""The largest of them ship every month, the others now and then."""
NOW_AND_THEN = 0.17
MAIN = 5.0
"""How many times larger than the others a main product is, and a trade that is on record."""
SMALLEST_CENTS = 50_000
PIECES = frozenset({"u", "pairs"})
YEAR_ROUND = (1.02, 0.95, 0.92, 0.97, 1.0, 1.02, 1.06, 1.07, 1.05, 1.0, 1.03, 1.08)
NUMERALS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
NO_DIVISION = "999999"
"""The administrative division of sample codes: none has this number (GB/T 2260)."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Subject:
    """The base to draw for, as plain data."""

    code: str
    name_zh: str
    name_en: str
    cities: tuple[str, ...]
    lines: tuple[str, ...]
    """HS2022 chapters, headings, subheadings."""


class Firm(NamedTuple):
    name_zh: str
    name_en: str
    uscc: str
    city: str
    hs_codes: tuple[str, ...]
    markets: tuple[str, ...]


class Flow(NamedTuple):
    """One row; `firm` is a place in `Sample.firms`, None for the base's total."""

    firm: int | None
    hs6: str
    market: str
    month: date
    value_usd: Decimal
    quantity: Decimal
    unit: str


class Trade(NamedTuple):
    """A base's exports, cells × months: `quantities` in thousandths of the unit."""

    cells: list[tuple[str, str]]
    months: list[date]
    quantities: Whole
    cents: Whole
    held: list[list[tuple[int, float]]]


@dataclass(frozen=True)
class Sample:
    firms: list[Firm]
    flows: list[Flow]


@cache
def _data() -> dict[str, Any]:
    text = files(__package__).joinpath("sample.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def draw(subject: Subject, as_of: date, seed: int) -> Sample:
    """The 36 months before `as_of`'s month. A base draws from a stream of its own, so that another
    base more or less in the file leaves its rows as they are."""
    rng = np.random.default_rng([seed, _number(subject.code)])
    cells, weights = _cells(rng, subject)
    months = months_before(as_of)
    values = _values(rng, weights, months) * _yearly_usd(rng, subject.code) / 12
    prices = _prices(rng, cells)
    quantities, cents = _traded(rng, cells, values, prices)
    held = _holdings(rng, len(cells))
    flows = list(_flows(rng, Trade(cells, months, quantities, cents, held)))
    return Sample(list(_firms(subject, cells, held)), flows)


def _number(code: str) -> int:
    """The same for a base wherever it stands in the file, and in every process."""
    return crc32(code.encode())


def months_before(as_of: date) -> list[date]:
    last = as_of.year * 12 + as_of.month - 2
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - MONTHS + 1, last + 1)]


def _yearly_usd(rng: np.random.Generator, code: str) -> float:
    lot = float(rng.uniform(1.0, 15.0))
    listed: float | None = _data()["bases"].get(code, {}).get("usd_bn")
    return (listed or lot) * 1e9


def _products(rng: np.random.Generator, lines: Sequence[str], main: Sequence[str]) -> list[str]:
    """The main ones; of a subheading itself, of a heading two subheadings, of a chapter three."""
    chosen: dict[str, None] = dict.fromkeys(code for code in main if code.startswith(tuple(lines)))
    for line in sorted(lines, key=len, reverse=True):
        under = [code for code in hs.hs6_of(line) if code not in chosen]
        count = min({6: 1, 4: 2, 2: 3}[len(line)], len(under))
        chosen |= dict.fromkeys(str(code) for code in rng.choice(under, count, replace=False))
    return sorted(chosen)


def _cells(rng: np.random.Generator, subject: Subject) -> tuple[list[tuple[str, str]], Floats]:
    """(HS6, market), largest first, and each one's share of the base's exports."""
    listed = _data()["bases"].get(subject.code, {})
    main, seen = listed.get("main", []), listed.get("seen", {})
    products = _products(rng, subject.lines, main)
    markets = _data()["markets"]
    tilt = listed.get("tilt", {})
    pull = np.array([share * tilt.get(market, 1.0) for market, share in markets.items()])
    pairs = [(product, market) for product in products for market in markets]
    on_record = np.array([each.startswith(tuple(seen.get(at, ()))) for each, at in pairs])
    size = rng.lognormal(0.0, 0.7, len(products)) * [MAIN if p in main else 1.0 for p in products]
    weights = np.outer(size, pull).ravel() * rng.lognormal(0.0, 0.5, len(pairs))
    weights *= np.where(on_record, MAIN, 1.0)
    kept = set(np.argsort(-weights, kind="stable")[:CELLS].tolist())
    kept |= {at for at, (_, market) in enumerate(pairs) if market == "US" or on_record[at]}
    order = sorted(kept, key=lambda at: -weights[at])
    return [pairs[at] for at in order], weights[order] / weights[order].sum()


def _values(rng: np.random.Generator, weights: Floats, months: Sequence[date]) -> Floats:
    """Cells × months: 1.0 is an average month of the whole base; 0 where nothing was shipped."""
    shape = (len(weights), len(months))
    season = np.array([season_of(month) for month in months])
    years = (np.arange(len(months)) - (len(months) - 6.5)) / 12
    growth = rng.normal(0.03, 0.03) + rng.normal(0.0, 0.05, (len(weights), 1))
    ships = np.where(np.arange(len(weights)) < STEADY, 1.0, NOW_AND_THEN)[:, None]
    shipped = rng.random(shape) < ships
    level = weights[:, None] / ships * season * np.exp(growth * years)
    return np.where(shipped, level * rng.lognormal(-0.02, 0.2, shape), 0.0)


def season_of(month: date) -> float:
    """The month's usual share, less the days that the factories are closed for the New Year."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    closed_from = new_year(month.year) - timedelta(days=5)
    closed_to = closed_from + timedelta(days=21)
    closed = (min(following, closed_to) - max(month, closed_from)).days
    share_closed = max(closed, 0) / (following - month).days
    return YEAR_ROUND[month.month - 1] * (1 - 0.7 * share_closed)


@cache
def new_year(year: int) -> date:
    """The Chinese New Year, to a day or so: the mean new moon of 21 January to 20 February."""
    moons = (date(2000, 1, 6) + timedelta(days=0.76 + 29.530589 * k) for k in range(-1300, 1300))
    return next(moon for moon in moons if date(year, 1, 21) <= moon <= date(year, 2, 20))


def _prices(rng: np.random.Generator, cells: Sequence[tuple[str, str]]) -> Floats:
    """USD per unit, cells × months: level by market, drift, and a little noise."""
    start = np.array([price_of(product)[1] for product, _ in cells])
    start = start * rng.lognormal(0.0, 0.15, len(cells))
    drift = rng.normal(-0.01, 0.05, (len(cells), 1)) * np.arange(MONTHS) / 12
    noise: Floats = rng.lognormal(0.0, 0.03, (len(cells), MONTHS))
    return start[:, None] * np.exp(drift) * noise


@cache
def price_of(hs6: str) -> tuple[str, float]:
    """(unit, typical USD); `sample.toml` names at least the first digit of every code."""
    for length in range(6, 0, -1):
        for unit, prices in _data()["units"].items():
            if price := prices.get(hs6[:length]):
                return unit, float(price)
    raise LookupError(f"sample.toml gives no unit for HS {hs6}")


def _traded(
    rng: np.random.Generator, cells: Sequence[tuple[str, str]], values: Floats, prices: Floats
) -> tuple[Whole, Whole]:
    """Quantities in thousandths and values in cents. What is counted in pieces is whole: a month
    worth a tenth of a ship sells one ship in ten months."""
    counted = np.array([[price_of(product)[0] in PIECES] for product, _ in cells])
    step = np.where(counted, 1000, 1)
    amount = values / prices * 1000 / step
    quantities = np.floor(amount + rng.random(values.shape) * (values > 0)).astype(np.int64) * step
    cents = np.rint(quantities / 1000 * prices * 100).astype(np.int64)
    keep = cents >= SMALLEST_CENTS
    return np.where(keep, quantities, 0), np.where(keep, cents, 0)


def _holdings(rng: np.random.Generator, cells: int) -> list[list[tuple[int, float]]]:
    """For each cell (firm, share): the three largest rounds go to the firms in turn, the rest by
    lot. At most two firms hold a cell, at most 0.4 each, so that their sum stays below the base."""
    firms = int(rng.integers(8, 13))
    held: list[list[tuple[int, float]]] = []
    for cell in range(cells):
        chance = 0.7 if cell < STEADY else 0.12
        first = [cell % firms] if cell < 3 * firms else []
        second = [int(rng.integers(firms))] if rng.random() < chance else []
        holders = dict.fromkeys(first + second)
        held.append([(firm, float(rng.uniform(0.08, 0.4))) for firm in holders])
    return held


def _flows(rng: np.random.Generator, trade: Trade) -> Iterator[Flow]:
    for cell, at in zip(*(axis.tolist() for axis in np.nonzero(trade.cents)), strict=True):
        where = (*trade.cells[cell], trade.months[at])
        unit = price_of(where[0])[0]
        quantity, cents = int(trade.quantities[cell, at]), int(trade.cents[cell, at])
        yield _flow(None, where, cents, quantity, unit)
        for firm, share in trade.held[cell]:
            part = int(quantity * share * rng.uniform(0.8, 1.2))
            part -= part % 1000 if unit in PIECES else 0
            if worth := cents * part // quantity:
                yield _flow(firm, where, worth, part, unit)


def _flow(
    firm: int | None, cell: tuple[str, str, date], cents: int, thousandths: int, unit: str
) -> Flow:
    return Flow(firm, *cell, Decimal(cents).scaleb(-2), Decimal(thousandths).scaleb(-3), unit)


def _firms(
    subject: Subject,
    cells: Sequence[tuple[str, str]],
    held: Sequence[Sequence[tuple[int, float]]],
) -> Iterator[Firm]:
    holds = sorted((firm, cell) for cell, holders in enumerate(held) for firm, _ in holders)
    listed = _data()["bases"].get(subject.code, {})
    noun_zh, noun_en = (
        listed.get("firm_zh", subject.name_zh),
        listed.get("firm_en", subject.name_en),
    )
    for firm, places in groupby(holds, key=lambda pair: pair[0]):
        own = [cells[cell] for _, cell in places]
        yield Firm(
            f"示例{noun_zh}{NUMERALS[firm]}厂",
            f"Sample {noun_en} No. {firm + 1}",
            sample_uscc(_number(subject.code) % 10**6 * 100 + firm + 1),
            subject.cities[firm % len(subject.cities)] if subject.cities else "",
            tuple(dict.fromkeys(product for product, _ in own)),
            tuple(dict.fromkeys(market for _, market in own)),
        )


def sample_uscc(number: int) -> str:
    """A code that is well formed (enterprise, market regulator) and can be nobody's."""
    first8 = f"{number:08d}"
    first17 = f"91{NO_DIVISION}{first8}{organisation_check(first8)}"
    return first17 + check_character(first17)
