"""What is shown to whom, seen from both sides: figures, cases, documents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.models import Share
from monitor.accounts.organisations import sharing as kept
from monitor.accounts.walls.gates import actor_of, demand, needs, own
from monitor.accounts.walls.policy import Action, Whose
from monitor.cases import sharing as case_sharing
from monitor.web.clock import real_now
from monitor.web.member_forms import ShareForm


@require_safe
@needs(Action.READ_SHARES)
def sharing(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@needs(Action.SHARE)
def share(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    demand(actor, Action.SHARE, own(actor))
    form = ShareForm(kept.receivers(actor), request.POST)
    if form.is_valid():
        try:
            kept.share(actor, form.cleaned_data["receiver"], form.end(), real_now())
        except kept.EndsBeforeError:
            form.add_error("until", _("This day has passed."))
        else:
            messages.success(request, _("They see your figures from now on."))
            return redirect("sharing")
    return _page(request, form, status=400)


@require_POST
@needs(Action.SHARE)
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Share.objects.for_actor(actor).select_related("owner", "receiver")
    found = get_object_or_404(rows, pk=pk)
    demand(actor, Action.SHARE, found.owner)
    kept.take_back(actor, found, real_now())
    return redirect("sharing")


def _page(request: HttpRequest, form: ShareForm | None = None, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), real_now()
    rows = Share.objects.for_actor(actor).select_related(
        "owner", "receiver", "shared_by", "withdrawn_by"
    )
    shares = [(share, kept.runs(share, now)) for share in rows.order_by("-since", "-pk")]
    mine = own(actor)
    may_share = actor.may(Action.SHARE, Whose.OWN)
    context = {
        "given": [pair for pair in shares if pair[0].owner_id == mine.pk],
        "received": [pair for pair in shares if pair[0].receiver_id == mine.pk],
        "may_share": may_share,
        "form": (form or ShareForm(kept.receivers(actor))) if may_share else None,
        "case_given": [(share, True) for share in case_sharing.given(actor)],
        "case_received": [(share, True) for share in case_sharing.received(actor)],
    }
    return render(request, "web/sharing.html", context, status=status)
