"""A base's warnings."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.bases.contributors import sight
from monitor.bases.models import Base
from monitor.impact.models import Impact, Level
from monitor.web.clock import today
from monitor.web.exports import Exports, exports
from monitor.web.feeds import feed
from monitor.web.filters import chosen, one, page_number
from monitor.web.live import STAKE, live, stake_shown
from monitor.web.views.home import first_ahead

PER_PAGE = 25
TOP_MARKETS = 10
TOP_LINES = 12
ORDERS: dict[str, list[str | OrderBy]] = {
    "loudness": ["-loudness", "-exposure_usd", "-entry__notice__published", "pk"],
    "next": [F("next_date").asc(nulls_last=True), "-loudness", "-exposure_usd", "pk"],
    "published": ["-entry__notice__published", "-loudness", "-exposure_usd", "pk"],
}


@needs(Action.READ_BASES)
def base(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    shown = get_object_or_404(Base.objects.prefetch_related("lines", "chambers"), code=code)
    mine, day = Impact.objects.for_actor(actor).filter(base=shown), today()
    alive = live(mine, day)
    listing = _listing(request, alive, mine)
    exported = exports(shown, shown.lines.all(), actor)
    context = {
        "base": shown,
        "feed": feed(shown),
        "sample": exported.sample or any(impact.sample for impact in listing["page"]),
        **_summary(alive, day, whole=sight(actor).whole(shown.pk)),
        **listing,
        **_exported(exported),
    }
    return render(request, "web/base.html", context)


def _listing(
    request: HttpRequest, alive: QuerySet[Impact], mine: QuerySet[Impact]
) -> dict[str, Any]:
    """The warnings as the address asks for them, and what it may ask for."""
    scope = one(request, "scope", ("live", "all"), "live")
    listed = alive if scope == "live" else mine
    options = _options(listed)
    filters = {
        "level": chosen(request, "level", Level),
        "kind": chosen(request, "kind", options["kind"]),
        "market": chosen(request, "market", options["market"]),
    }
    order = one(request, "order", ORDERS, "loudness")
    pages = Paginator(_filtered(listed, filters).order_by(*ORDERS[order]), PER_PAGE)
    page = pages.get_page(page_number(request.GET))
    return {
        "page": page,
        "pages": pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "filters": filters,
        "options": options,
        "level_words": list(Level),
        "scope": scope,
        "order": order,
    }


def _exported(exported: Exports) -> dict[str, Any]:
    return {
        "exports": exported,
        "top_lines": exported.lines[:TOP_LINES],
        "more_lines": exported.lines[TOP_LINES:],
        "top_markets": exported.markets[:TOP_MARKETS],
    }


def _options(listed: QuerySet[Impact]) -> dict[str, list[str]]:
    """The kinds and markets that this base's warnings have, for the filters to offer."""
    pairs = set(
        listed.order_by().values_list("entry__measure__kind", "entry__measure__jurisdiction")
    )
    return {
        "kind": sorted({kind for kind, _ in pairs}),
        "market": sorted({market for _, market in pairs}),
    }


def _filtered(listed: QuerySet[Impact], filters: dict[str, list[str]]) -> QuerySet[Impact]:
    fields = {
        "level": "level__in",
        "kind": "entry__measure__kind__in",
        "market": "entry__measure__jurisdiction__in",
    }
    wanted = {fields[name]: values for name, values in filters.items() if values}
    return listed.filter(**wanted).select_related("entry__notice", "entry__measure")


def _summary(alive: QuerySet[Impact], day: date, *, whole: bool) -> dict[str, Any]:
    rows = list(alive.values("level", "next_date", *STAKE))
    counts = Counter(row["level"] for row in rows)
    return {
        "counts": [(level, counts[level]) for level in Level if counts[level]],
        "stake": stake_shown((row for row in rows if row["level"] != Level.WATCH), whole=whole),
        "next_date": first_ahead((row["next_date"] for row in rows), day),
    }
