"""A warning with its evidence: what matched, which exports, why this level, what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.bases.confidential import CONFIDENTIAL, is_hidden
from monitor.impact.headline import composed
from monitor.impact.models import Impact
from monitor.impact.told import told
from monitor.search.similar import goods
from monitor.web.evidence import claims_of, originals
from monitor.web.exports import FlowTable, flow_table
from monitor.web.feeds import feed
from monitor.web.live import deciding
from monitor.web.looked import looked
from monitor.web.past import past_of
from monitor.web.views.notices import LIKELY

Matches = list[dict[str, Any]]
"""`Impact.matches`."""

IDLE = 20
"""Products of the notice that touch nothing, most probable first."""


@needs(Action.READ_BASES)
def impact(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    visible = Impact.objects.for_actor(actor)
    shown = get_object_or_404(
        visible.select_related("base", "entry__measure", "entry__notice", "entry__notice__capture"),
        pk=pk,
    )
    notice = shown.entry.notice
    firms = told([shown], actor)[shown.pk]
    looked(request, (firm.pk for firm in firms.firms if firm.value_usd is not CONFIDENTIAL))
    flows = flow_table(shown, actor)
    claimed = list(notice.claims.all())
    claims = claims_of(claimed, _with_values(shown.matches, flows))
    evidence = [item for c in claims if c.matches for item in c.claim.evidence]
    others = visible.filter(entry=shown.entry).exclude(pk=shown.pk).select_related("base")
    context = {
        "impact": shown,
        "base": shown.base,
        "notice": notice,
        "headline": composed(shown),
        "measure": shown.entry.measure,
        "touching": [each for each in claims if each.matches],
        "idle": [each for each in claims if not each.matches and each.claim.probability >= LIKELY][
            :IDLE
        ],
        "originals": originals(notice, evidence),
        "flows": flows,
        "firms": firms,
        "past": past_of(shown.entry.measure, goods(claimed), actor),
        "newer": _newer(shown, actor),
        "others": others.order_by("-loudness", "-exposure_usd"),
        "feed": feed(shown.base),
        "sample": shown.sample or notice.sample,
    }
    return render(request, "web/impact.html", context)


def _with_values(matches: Matches, flows: FlowTable | None) -> Matches:
    """The matches with what their goods bring, as far as the reader may know it: where the impact
    does not say it, the flows may."""
    known = flows.by_hs6 if flows else {}
    return [
        match | {"value_usd": known.get(match["hs6"], match["value_usd"])}
        if is_hidden(match["value_usd"])
        else match
        for match in matches
    ]


def _newer(impact: Impact, actor: Actor) -> Impact | None:
    """The last decision on the same measure that the base was told of after this."""
    later = deciding(Impact.objects.for_actor(actor).filter(base=impact.base)).filter(
        entry__measure=impact.entry.measure_id,
        entry__notice__published__gt=impact.entry.notice.published,
    )
    return later.select_related("entry__notice").order_by("-entry__notice__published").first()
