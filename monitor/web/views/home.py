"""The fifteen bases at a glance."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bundles.words import Kind
from monitor.accounts.walls.gates import actor_of
from monitor.accounts.walls.policy import Action
from monitor.bases.confidential import Shown
from monitor.bases.contributors import Sight, sight
from monitor.bases.models import Base
from monitor.impact.models import Impact, Level
from monitor.notices.headline import composed
from monitor.notices.models import Notice
from monitor.web.clock import now, today
from monitor.web.live import STAKE, live, stake_shown
from monitor.web.sources import shown_sources

LOUD = (Level.RED, Level.ORANGE, Level.YELLOW)
NEWEST = 8
BASES = 15
"""A notice can touch as many at once."""


@dataclass(frozen=True)
class Glance:
    """A base as the home page shows it."""

    base: Base
    levels: Counter[str] = field(default_factory=Counter)
    stake: Shown = Decimal(0)
    next_date: date | None = None

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(level, self.levels[level]) for level in Level if self.levels[level]]


@dataclass(frozen=True)
class Dated:
    """A date that lies ahead, and the impacts of the one notice that brought it, loudest first."""

    impacts: list[Impact]

    @property
    def first(self) -> Impact:
        return self.impacts[0]


def home(request: HttpRequest) -> HttpResponse:
    """What is at stake, for whoever may know; for others the newest that was published."""
    actor = actor_of(request)
    if not actor.may(Action.READ_BASES):
        return render(request, "web/welcome.html", _published())
    day = today()
    alive = live(Impact.objects.for_actor(actor), day)
    rows = list(alive.values("base_id", "level", "next_date", "sample", *STAKE))
    bases = list(Base.objects.all())
    newest = _newest(alive)
    context = {
        "glances": _glances(bases, rows, day, sight(actor)),
        "tiles": _tiles(rows),
        "newest": newest,
        "next": _next(alive, day),
        "sources": shown_sources(now()),
        "sample": any(row["sample"] for row in rows),
        "feed": None,
    }
    return render(request, "web/home.html", context)


def _published() -> dict[str, Any]:
    """The newest notices about trade, and the state of the sources: all that is public."""
    about_trade = Notice.objects.exclude(kinds=[Kind.OTHER]).defer("body", "item")
    newest = list(about_trade.order_by("-published", "-pk").prefetch_related("claims")[:NEWEST])
    return {
        "newest": [(notice, composed(notice, notice.claims.all())) for notice in newest],
        "sources": shown_sources(now()),
        "sample": any(notice.sample for notice in newest),
    }


def _glances(
    bases: list[Base], rows: Sequence[Mapping[str, Any]], day: date, seen: Sight
) -> list[Glance]:
    of_base: dict[int, list[Mapping[str, Any]]] = {base.pk: [] for base in bases}
    for row in rows:
        of_base[row["base_id"]].append(row)
    return [
        Glance(
            base,
            Counter(row["level"] for row in of_base[base.pk]),
            stake_shown(
                (row for row in of_base[base.pk] if row["level"] != Level.WATCH),
                whole=seen.whole(base.pk),
            ),
            first_ahead((row["next_date"] for row in of_base[base.pk]), day),
        )
        for base in bases
    ]


def first_ahead(dates: Iterable[date | None], day: date) -> date | None:
    return min((d for d in dates if d is not None and d >= day), default=None)


def _tiles(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    counts = Counter(row["level"] for row in rows)
    return [(level, counts[level]) for level in Level]


def _newest(alive: QuerySet[Impact]) -> list[Impact]:
    loud = alive.filter(level__in=LOUD).select_related("base", "entry__notice", "entry__measure")
    return list(loud.order_by("-entry__notice__published", "-loudness", "-exposure_usd")[:NEWEST])


def _next(alive: QuerySet[Impact], day: date) -> list[Dated]:
    """The next dates of the measures, each with the bases that it touches."""
    dated = alive.filter(next_date__gte=day).exclude(level=Level.WATCH)
    dated = dated.select_related("base", "entry__notice", "entry__measure")
    together: dict[tuple[int, date | None], list[Impact]] = {}
    for impact in dated.order_by("next_date", "-loudness", "-exposure_usd")[: NEWEST * BASES]:
        together.setdefault((impact.entry_id, impact.next_date), []).append(impact)
    return [Dated(impacts) for impacts in together.values()][:NEWEST]
