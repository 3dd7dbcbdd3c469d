"""Which warnings are live, and what they put at stake together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bundles.words import Event
from monitor.bases.confidential import CONFIDENTIAL, Figure, Shown, figure, is_open
from monitor.impact.models import Impact
from monitor.notices.models import Entry

RECENT = timedelta(days=180)
"""A warning without a legal date ahead stays live for as long as this after its publication."""


PROCEDURAL = frozenset(
    {
        Event.POSTPONED,
        Event.SCHEDULED,
        Event.OPPORTUNITY,
        Event.UPCOMING,
        Event.COMMENTS,
        Event.COMMENT_EXTENDED,
        Event.GUIDANCE,
        Event.CORRECTED,
        Event.OTHER,
    }
)
"""They move dates or ask for something, and leave standing what was decided before."""


def deciding(impacts: QuerySet[Impact]) -> QuerySet[Impact]:
    """Those whose notice decided something new: they overtake what the base was told before.

    `Entry.change` names the event first; `contains` is not to be had on SQLite.
    """
    return impacts.filter(entry__change__0=Entry.Change.EVENT).exclude(
        entry__notice__event__in=PROCEDURAL
    )


def live(impacts: QuerySet[Impact], today: date) -> QuerySet[Impact]:
    """Those with a legal date ahead or published recently, and not overtaken.

    A later decision on the same measure overtakes an impact. One without matches was taken back
    by a later assessment.
    """
    current = Q(next_date__gte=today) | Q(entry__notice__published__gte=today - RECENT)
    # Within a question for somebody: which rows that are is said by `impacts`.
    later = deciding(Impact.objects.all()).filter(
        base=OuterRef("base"),
        entry__measure=OuterRef("entry__measure"),
        entry__notice__published__gt=OuterRef("entry__notice__published"),
        entry__notice__published__lte=today,
    )
    touched = impacts.exclude(matches=[])
    return touched.filter(current, entry__notice__published__lte=today).exclude(Exists(later))


STAKE = ("matches", "markets", "firms")
"""What `stake` and `stake_shown` are reckoned from."""


def stake_shown(impacts: Iterable[Mapping[str, Any]], *, whole: bool) -> Shown:
    """`stake` as a reader is told it. `whole`: one who sees every total of the base.

    Hidden where few firms make it up; and where few make up what those impacts of it put at stake
    that are hidden themselves: these are what is left when the others are subtracted. The impacts
    do not say how far they speak of the same exports of a firm, so that each firm is taken to make
    as much of the stake as it can.
    """
    rows = list(impacts)
    closed = [row for row in rows if not is_open(_contributors([row]))]
    if whole or (is_open(_contributors(rows)) and is_open(_contributors(closed))):
        return stake(rows)
    return CONFIDENTIAL


def _contributors(impacts: Sequence[Mapping[str, Any]]) -> Figure:
    """`Impact.firms` of those that speak of the same exports are the same, and count once."""
    alike = {_exports_of(row): row for row in impacts}
    firms: defaultdict[int, Decimal] = defaultdict(Decimal)
    for row in alike.values():
        for firm in row["firms"]:
            firms[firm["id"]] += Decimal(firm["value_usd"])
    return figure(stake(impacts), firms)


def _exports_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    matches = ((match["hs6"], str(match["weight"])) for match in row["matches"])
    return (frozenset(row["markets"]), frozenset(matches))


def stake(impacts: Iterable[Mapping[str, Any]]) -> Decimal:
    """The exports, in USD, that any of the impacts of one base touches, each counted once.

    Takes rows with `matches` and `markets`. An anti-dumping and a countervailing case on the same
    product put the same exports at stake: money is counted per HS6 and set of markets, where a
    union (EU) takes in what its members (DE) would add.
    """
    cells: dict[tuple[str, frozenset[str]], Decimal] = {}
    for impact in impacts:
        markets = frozenset(impact["markets"])
        for match in impact["matches"]:
            cell = (match["hs6"], markets)
            money = Decimal(match["value_usd"]) * Decimal(str(match["weight"]))
            cells[cell] = max(money, cells.get(cell, Decimal(0)))
    return sum((cells[cell] for cell in cells if not _covered(cell, cells)), Decimal(0))


def _covered(
    cell: tuple[str, frozenset[str]], cells: dict[tuple[str, frozenset[str]], Decimal]
) -> bool:
    hs6, markets = cell
    return any(other == hs6 and markets < wider for other, wider in cells)
