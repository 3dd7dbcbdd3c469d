"""What of a case is shown to somebody outside of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.gates import actor_of, needs, own
from monitor.accounts.walls.policy import Action
from monitor.cases import sharing
from monitor.cases.models import Case, CaseShare, DocumentShare
from monitor.cases.permission import MayNotError
from monitor.web.cases.file.forms import ShareCaseForm
from monitor.web.cases.file.views import seen_case
from monitor.web.clock import real_now

_PEOPLE = ("receiver", "owner", "shared_by", "withdrawn_by")


@require_safe
@needs(Action.READ_FILES)
def case_sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation that the reader acts for shows of the case, now and before."""
    return _page(request, seen_case(actor_of(request), pk))


@require_POST
@needs(Action.SHARE_FILES)
def share_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    if not sharing.may_share_case(actor, case):
        raise Http404
    form = ShareCaseForm(list(sharing.receivers(actor)), request.POST)
    if form.is_valid():
        try:
            sharing.share_case(actor, case, form.receiver(), form.end(), real_now())
        except sharing.EndsBeforeError:
            form.add_error("until", _("This day has passed."))
        else:
            messages.success(request, _("They see the case from now on."))
            return redirect("case_sharing", pk=pk)
    return _page(request, case, form, status=400)


@require_POST
@needs(Action.SHARE_FILES)
def take_back_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = CaseShare.objects.for_actor(actor_of(request)).select_related("owner")
    share = get_object_or_404(rows, pk=pk)
    _take_back(request, share)
    return redirect("case_sharing", pk=share.case_id)


@require_POST
@needs(Action.SHARE_FILES)
def take_back_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = DocumentShare.objects.for_actor(actor_of(request)).select_related("owner")
    share = get_object_or_404(rows, pk=pk)
    _take_back(request, share)
    return redirect("document", pk=share.document_id)


def _take_back(request: HttpRequest, share: CaseShare | DocumentShare) -> None:
    try:
        sharing.take_back(actor_of(request), share, real_now())
    except MayNotError as error:
        raise Http404 from error
    messages.success(request, _("They see it no longer."))


def _page(
    request: HttpRequest, case: Case, form: ShareCaseForm | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), real_now()
    mine = own(actor)
    cases = CaseShare.objects.for_actor(actor).filter(case=case, owner=mine)
    documents = DocumentShare.objects.for_actor(actor).filter(document__case=case, owner=mine)
    may_share = sharing.may_share_case(actor, case)
    context = {
        "case": case,
        "shares": [
            (share, sharing.runs(share, now))
            for share in cases.select_related(*_PEOPLE).order_by("-since", "-pk")
        ],
        "document_shares": [
            (share, sharing.runs(share, now))
            for share in documents.select_related("document", *_PEOPLE).order_by("-since", "-pk")
        ],
        "form": (form or ShareCaseForm(list(sharing.receivers(actor)))) if may_share else None,
    }
    return render(request, "web/case_sharing.html", context, status=status)
