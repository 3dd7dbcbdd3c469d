"""A measure's life: what was published about it, in order, and whom it touches."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.impact.models import Impact
from monitor.notices.models import Entry, Measure


def measure(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Measure.objects.prefetch_related("keys"), pk=pk)
    impacts = Impact.objects.select_related("base").order_by("-loudness", "-exposure_usd")
    entries = list(
        shown.entries.select_related("notice")
        .defer("notice__body", "notice__item")
        .prefetch_related(Prefetch("impacts", queryset=impacts))
        .order_by("-notice__published", "-notice__number")
    )
    latest = _latest_of_each_base(entries)
    context = {
        "measure": shown,
        "entries": entries,
        "latest": latest,
        "language": entries[0].notice.language if entries else "en",
        "sample": shown.sample or any(impact.sample for impact in latest),
    }
    return render(request, "web/measure.html", context)


def _latest_of_each_base(entries: list[Entry]) -> list[Impact]:
    """Of each base the impact of the newest notice that has one, loudest first."""
    latest: dict[int, Impact] = {}
    for entry in entries:
        for impact in entry.impacts.all():
            latest.setdefault(impact.base_id, impact)
    return sorted(latest.values(), key=lambda i: (-i.loudness, -i.exposure_usd))
