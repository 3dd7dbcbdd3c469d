"""Counsel in a case: offers side by side, which was chosen and why, the mandates."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.cases import sharing
from monitor.cases.counsel import listing, mandates, offers
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.words import Verdict
from monitor.cases.models import Case, Mandate, Offer, Proceeding
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import ChangedMeanwhileError
from monitor.web.cases.counsel.forms import MandateForm, OfferForm, VerdictForm
from monitor.web.cases.counsel.labels import INCLUDED
from monitor.web.cases.counsel.mandate_page import documents, keeps
from monitor.web.cases.file.views import seen_case
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in
from monitor.web.drafts import offer as keep


@require_safe
@needs(Action.READ_COUNSEL)
def case_counsel(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_case(actor_of(request), pk))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_COUNSEL)
@handed_in
def add_offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """With `?replaces=`, a counsel's next offer in the place of that one."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    old = _old(actor, case, request.GET.get("replaces", ""))
    known = [old.counsel] if old else listing.on_offer(actor)
    proceedings = Proceeding.objects.for_actor(actor).filter(case=case).select_related("measure")
    form = OfferForm(known, proceedings, documents(actor, pk), request.POST or None, old)
    if form.is_valid():
        try:
            offers.add(actor, case, form.counsel_of(), form.wish(), real_now(), replaces=old)
        except MayNotError as error:
            raise Http404 from error
        except CannotError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("The offer stands in the table."))
            return redirect("case_counsel", pk=pk)
    keep(request, {request.path: form}, request.path)
    context = {"case": case, "form": form, "old": old, "known": known}
    return render(request, "web/add_offer.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Action.EDIT_COUNSEL)
def decide_offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Offer.objects.for_actor(actor).select_related("organisation", "case")
    offer = get_object_or_404(rows, pk=pk)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    try:
        offers.decide(
            offer, Verdict(given["verdict"]), given["seen"], given["why"], actor, real_now()
        )
    except MayNotError as error:
        raise Http404 from error
    except CannotError as error:
        return _page(request, offer.case, (pk, str(error.why), given["why"]), status=400)
    except ChangedMeanwhileError:
        said = _("Somebody else has decided meanwhile. Look at it, and say yours again.")
        return _page(request, offer.case, (pk, said, given["why"]), status=400)
    messages.success(request, _("It is written down."))
    return redirect("case_counsel", pk=offer.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_COUNSEL)
@handed_in
def give_mandate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """With `?offer=`, to whose offer was chosen."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    offer = _old(actor, case, request.GET.get("offer", ""))
    known = [offer.counsel] if offer else listing.on_offer(actor)
    form = MandateForm(known, documents(actor, pk), today(), request.POST or None, offer)
    if form.is_valid():
        given = form.cleaned_data
        wish = mandates.Wish(
            form.counsel_of(), given["scope"], given["since"], given["document"], offer
        )
        try:
            made = mandates.give(actor, case, wish, real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("The mandate is written down."))
            return redirect("mandate", pk=made.pk)
    keep(request, {request.path: form}, request.path)
    context = {"case": case, "form": form, "offer": offer, "known": known, "alone": _alone(actor)}
    return render(request, "web/give_mandate.html", context, status=400 if form.errors else 200)


def _page(
    request: HttpRequest, case: Case, refused: tuple[int, str, str] | None = None, status: int = 200
) -> HttpResponse:
    """`refused`: of which offer a verdict was, why not, and what was typed."""
    actor = actor_of(request)
    rows = offers.compared(actor, case, today())
    context: dict[str, Any] = {
        "case": case,
        "rows": rows,
        "included": [
            (label, [row.has[number] for row in rows])
            for number, label in enumerate(INCLUDED.values())
        ],
        "any_usd": any(row.usd is not None and row.offer.currency != "USD" for row in rows),
        "mandates": [
            (mandate, keeps(actor, mandate), mandates.joined(mandate))
            for mandate in _mandates(actor, case)
        ],
        "may_edit": actor.may(Action.EDIT_COUNSEL, Whose.OWN),
        "alone": _alone(actor),
        "refused": refused,
        "may_share": sharing.may_share_case(actor, case),
    }
    return render(request, "web/case_counsel.html", context, status=status)


def _mandates(actor: Actor, case: Case) -> list[Mandate]:
    rows = Mandate.objects.for_actor(actor).filter(case=case)
    return list(rows.select_related("counsel", "organisation").order_by("-since", "-pk"))


def _old(actor: Actor, case: Case, asked: str) -> Offer | None:
    """Raises Http404 where one is asked for that the actor's organisation has not got."""
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    rows = Offer.objects.for_actor(actor).filter(case=case).select_related("counsel")
    return get_object_or_404(rows, pk=asked)


def _alone(actor: Actor) -> bool:
    """A firm gives a mandate for itself."""
    return actor.organisation is not None and actor.organisation.kind == Kind.ENTERPRISE
