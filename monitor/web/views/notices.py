"""A notice: everything that was read from it, and where it was fetched."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.notices.headline import composed
from monitor.notices.models import Notice
from monitor.web.evidence import originals

LIKELY = 0.2
"""Codes less likely than this are kept for weighing the bases (`impact.matching`), not for readers;
those that a person has judged are shown all the same."""


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Notice.objects.select_related("capture"), pk=pk)
    entries = shown.entries.select_related("measure").prefetch_related(
        "impacts__base", "measure__keys"
    )
    claims = list(shown.claims.order_by("-probability", "code"))
    context = {
        "notice": shown,
        "headline": composed(shown, claims),
        "item": shown.item,
        "codes": shown.item.get("codes", []),
        "originals": originals(shown, shown.item.get("codes", [])),
        "claims": [c for c in claims if c.verdict or c.probability >= LIKELY],
        "entries": entries,
        "versions": shown.versions.order_by("-version"),
        "sample": shown.sample,
    }
    return render(request, "web/notice.html", context)
