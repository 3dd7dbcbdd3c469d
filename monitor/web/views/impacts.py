"""A warning with its evidence: what matched, which exports, why this level, what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.impact.headline import composed
from monitor.impact.models import Impact
from monitor.web.evidence import claims_of, originals
from monitor.web.exports import FlowTable, flow_table
from monitor.web.feeds import feed
from monitor.web.live import deciding
from monitor.web.views.notices import LIKELY

IDLE = 20
"""Products of the notice that touch nothing, most probable first."""


def impact(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(
        Impact.objects.select_related(
            "base", "entry__measure", "entry__notice", "entry__notice__capture"
        ),
        pk=pk,
    )
    notice = shown.entry.notice
    claims = claims_of(notice.claims.all(), shown.matches)
    evidence = [item for c in claims if c.matches for item in c.claim.evidence]
    others = Impact.objects.filter(entry=shown.entry).exclude(pk=shown.pk).select_related("base")
    context = {
        "impact": shown,
        "base": shown.base,
        "notice": notice,
        "headline": composed(shown),
        "measure": shown.entry.measure,
        "touching": [claimed for claimed in claims if claimed.matches],
        "idle": [each for each in claims if not each.matches and each.claim.probability >= LIKELY][
            :IDLE
        ],
        "originals": originals(notice, evidence),
        "flows": _flows(shown),
        "newer": _newer(shown),
        "others": others.order_by("-loudness", "-exposure_usd"),
        "feed": feed(shown.base),
        "sample": shown.sample or notice.sample,
    }
    return render(request, "web/impact.html", context)


def _flows(impact: Impact) -> FlowTable | None:
    if impact.as_of_month is None:
        return None
    codes = [match["hs6"] for match in impact.matches]
    return flow_table(impact.base, codes, impact.markets, impact.as_of_month)


def _newer(impact: Impact) -> Impact | None:
    """The last decision on the same measure that the base was told of after this."""
    later = deciding(Impact.objects.filter(base=impact.base)).filter(
        entry__measure=impact.entry.measure_id,
        entry__notice__published__gt=impact.entry.notice.published,
    )
    return later.select_related("entry__notice").order_by("-entry__notice__published").first()
