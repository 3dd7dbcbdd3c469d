"""What a publisher changed of a notice: one version beside the one that followed it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.notices.headline import composed
from monitor.notices.models import Notice
from monitor.web.versions import FIELDS, compared, current, is_cosmetic

TEXTS = frozenset({"abstract", "body"})
"""Fields that are shown each by itself."""


def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = get_object_or_404(Notice, pk=pk)
    pair = list(shown.versions.filter(version__gte=number).order_by("version")[:2])
    if not pair or pair[0].version != number:
        raise Http404
    old = pair[0]
    next_number, new = (
        (pair[1].version, pair[1].item) if len(pair) > 1 else (shown.version, current(shown))
    )
    whole = request.GET.get("whole") == "1"
    found = compared(old.item, new, whole=whole)
    differing = {each.what.name for each in found}
    context = {
        "notice": shown,
        "headline": composed(shown, shown.claims.all()),
        "old": old,
        "next": next_number,
        "is_current": len(pair) == 1,
        "changed": bool(found),
        "facts": [each for each in found if each.what.name not in TEXTS],
        "texts": [each for each in found if each.what.name in TEXTS],
        "cosmetic": is_cosmetic(each.what for each in found),
        "same": [each.label for each in FIELDS if each.name not in differing],
        "whole": whole,
        "is_folded": any(piece.hidden for each in found for piece in each.pieces),
        "numbers": shown.versions.order_by("version").values_list("version", flat=True),
        "sample": shown.sample,
    }
    return render(request, "web/version.html", context)
