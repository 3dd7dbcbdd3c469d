"""Searching every notice ever collected."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from monitor.jobs.rooms import OutsideUnavailable
from monitor.notices.headline import composed
from monitor.notices.models import Notice, ProductClaim
from monitor.search.engine import FACETS, Filters, Hit, Page, Query, engine
from monitor.web.filters import page_number
from monitor.web.text import Piece, engine_pieces

PER_PAGE = 20
LAST_PAGE = 250
"""Deeper than this nobody reads; asking an index for it costs more than the whole first page."""
LONGEST = 300
SHOWN = 8
"""Values of a facet that are offered, beside the chosen ones."""


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many notices have it, and whether it is chosen."""

    value: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Found:
    notice: Notice
    headline: str
    highlights: list[list[Piece]]


def search(request: HttpRequest) -> HttpResponse:
    query = _query(request)
    down = False
    try:
        page = engine().search(query)
    except (OutsideUnavailable, OSError):  # OSError: the folder of an embedded index
        page, down = Page((), 0, {}), True
    number = query.offset // PER_PAGE + 1
    last = min(LAST_PAGE, -(-page.total // PER_PAGE))
    found = _found(page.hits)
    context = {
        "query": query,
        "asked": bool(query.text or query.filters),
        "down": down,
        "total": page.total,
        "found": found,
        "facets": [(name, _values(name, page, query.filters)) for name in FACETS],
        "chips": _chips(request.GET, query.filters),
        "first": query.offset + 1,
        "number": number,
        "last": last,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < last else None,
        "sample": any(hit.notice.sample for hit in found),
    }
    return render(request, "web/search.html", context, status=503 if down else 200)


def _query(request: HttpRequest) -> Query:
    chosen = {name: request.GET.getlist(name)[:20] for name in FACETS if request.GET.get(name)}
    text = request.GET.get("q", "").strip()[:LONGEST]
    by_date = request.GET.get("order") == "date" or not text
    return Query(
        text=text,
        filters=chosen,
        order="date" if by_date else "relevance",
        offset=(min(page_number(request), LAST_PAGE) - 1) * PER_PAGE,
        limit=PER_PAGE,
    )


def _found(hits: Sequence[Hit]) -> list[Found]:
    """The hits with their notices; one deleted since it was indexed is passed over."""
    claims = Prefetch("claims", ProductClaim.objects.defer("evidence", "model"))
    notices = Notice.objects.defer("body", "item").prefetch_related(claims)
    wanted = notices.in_bulk([hit.notice_id for hit in hits])
    return [
        Found(
            wanted[hit.notice_id],
            composed(wanted[hit.notice_id], wanted[hit.notice_id].claims.all()),
            [engine_pieces(text) for text in hit.highlights],
        )
        for hit in hits
        if hit.notice_id in wanted
    ]


def _values(name: str, page: Page, filters: Filters) -> list[Value]:
    """The commonest values, and those that are chosen even where nothing is left of them."""
    counted = dict(page.facets.get(name, ()))
    offered = [v for v in counted if name != "hs" or len(v) < 6]
    if name == "year":
        offered.sort(reverse=True)
    chosen = list(filters.get(name, ()))
    shown = dict.fromkeys([*chosen, *offered[:SHOWN]])
    return [Value(value, counted.get(value), value in chosen) for value in shown]


def _chips(given: QueryDict, filters: Filters) -> list[tuple[str, str, str]]:
    """(facet, value, the address without it) of every chosen value."""
    return [
        (name, value, _without(given, name, value))
        for name, values in filters.items()
        for value in values
    ]


def _without(given: QueryDict, name: str, value: str) -> str:
    rest = given.copy()
    rest.setlist(name, [other for other in given.getlist(name) if other != value])
    rest.pop("page", None)
    return "?" + rest.urlencode()
