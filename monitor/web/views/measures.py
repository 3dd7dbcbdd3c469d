"""A measure's life: what was published about it, in order, and whom it touches."""

from decimal import Decimal
from itertools import chain

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.accounts.walls.gates import actor_of
from monitor.impact.headline import of_entry, of_measure
from monitor.impact.models import Impact
from monitor.notices.models import Entry, Measure, ProductClaim
from monitor.web.cases.cases import case_of
from monitor.web.goods import around
from monitor.web.past import past_of


def measure(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Measure.objects.prefetch_related("keys"), pk=pk)
    actor = actor_of(request)
    visible = Impact.objects.for_actor(actor).select_related("base")
    impacts = visible.annotate(money=F("exposure_usd")).order_by("-loudness", "-money")
    claims = ProductClaim.objects.defer("evidence", "model")
    entries = list(
        shown.entries.select_related("notice")
        .defer("notice__body", "notice__item")
        .prefetch_related(Prefetch("impacts", queryset=impacts), Prefetch("notice__claims", claims))
        .order_by("-notice__published", "-notice__number")
    )
    latest = _latest_of_each_base(entries)
    claimed = chain.from_iterable(entry.notice.claims.all() for entry in entries)
    beside = around(claimed, shown.jurisdiction, [shown.kind], [shown.pk], actor)
    context = {
        "measure": shown,
        "headline": of_measure(shown, _newest(entries)),
        "entries": [(entry, of_entry(entry)) for entry in entries],
        "latest": latest,
        "language": entries[0].notice.language if entries else "en",
        "around": beside,
        "case": case_of(actor, shown),
        "past": past_of(shown, beside.codes, actor),
        "market": shown.jurisdiction,
        "sample": shown.sample or beside.sample or any(impact.sample for impact in latest),
    }
    return render(request, "web/measure.html", context)


def _newest(entries: list[Entry]) -> Impact | None:
    return next((impact for entry in entries for impact in entry.impacts.all()), None)


def _latest_of_each_base(entries: list[Entry]) -> list[Impact]:
    """Of each base the impact of the newest notice that has one, loudest first."""
    latest: dict[int, Impact] = {}
    for entry in entries:
        for impact in entry.impacts.all():
            latest.setdefault(impact.base_id, impact)
    return sorted(latest.values(), key=_loudest_first)


def _loudest_first(impact: Impact) -> tuple[int, Decimal]:
    """Then by money, also where the reader is not told how much."""
    money: Decimal = impact.money  # type: ignore[attr-defined]  # annotated above
    return (-impact.loudness, -money)
