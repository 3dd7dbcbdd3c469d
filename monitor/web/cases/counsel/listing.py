"""The list of counsel that an organisation keeps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.cases.counsel import listing
from monitor.cases.models import Counsel, Experience
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import ChangedMeanwhileError
from monitor.notices.labels import KINDS
from monitor.web.cases.counsel.forms import CounselForm, ExperienceForm
from monitor.web.clock import real_now
from monitor.web.drafts import handed_in, offer
from monitor.web.filters import one


@require_safe
@needs(Action.READ_COUNSEL)
def counsel_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = list(Counsel.objects.for_actor(actor))
    done = listing.done(actor, rows)
    fields = {field for each in done.values() for field in each.fields}
    markets = sorted({where for where, _kind in fields})
    kinds = [kind for kind in KINDS if kind in {what for _where, what in fields}]
    market, kind = one(request, "market", markets, ""), one(request, "kind", kinds, "")
    found = [(row, done[row.pk]) for row in rows if listing.in_field(done[row.pk], market, kind)]
    context = {
        "known": [pair for pair in found if pair[0].retired_at is None],
        "retired": [pair for pair in found if pair[0].retired_at is not None],
        "any": bool(rows),
        "markets": markets,
        "kinds": kinds,
        "market": market,
        "kind": kind,
        "may_edit": actor.may(Action.EDIT_COUNSEL, Whose.OWN),
    }
    return render(request, "web/counsel_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_COUNSEL)
@handed_in
def add_counsel(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    form = CounselForm(_law_firms(actor), request.POST or None)
    if form.is_valid():
        try:
            row = listing.add(actor, form.cleaned_data, real_now())
        except MayNotError as error:
            raise Http404 from error
        messages.success(request, _("It is in the list."))
        return redirect("counsel", pk=row.pk)
    offer(request, {request.path: form}, request.path)
    context = {"form": form, "counsel": None}
    return render(request, "web/edit_counsel.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_COUNSEL)
@handed_in
def edit_counsel(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    row = _seen(actor, pk)
    form = CounselForm(_law_firms(actor), request.POST or None, row)
    if form.is_valid():
        try:
            listing.edit(actor, row, form.cleaned_data, form.cleaned_data["seen"])
        except MayNotError as error:
            raise Http404 from error
        except ChangedMeanwhileError:
            form = _overtaken(actor, row, form)
        else:
            messages.success(request, _("It is written down."))
            return redirect("counsel", pk=pk)
    offer(request, {request.path: form}, request.path)
    context = {"form": form, "counsel": row}
    return render(request, "web/edit_counsel.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Action.READ_COUNSEL)
def counsel(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(actor_of(request), pk))


@require_POST
@needs(Action.EDIT_COUNSEL)
def retire_counsel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Or, where it is retired, ask it for offers again."""
    actor = actor_of(request)
    row = _seen(actor, pk)
    try:
        listing.set_retired(actor, row, None if row.retired_at else real_now())
    except MayNotError as error:
        raise Http404 from error
    return redirect("counsel", pk=pk)


@require_POST
@needs(Action.EDIT_COUNSEL)
def add_experience(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    row = _seen(actor, pk)
    form = ExperienceForm(request.POST)
    if form.is_valid():
        try:
            listing.tell(actor, row, form.cleaned_data, real_now())
        except MayNotError as error:
            raise Http404 from error
        messages.success(request, _("It is written down."))
        return redirect("counsel", pk=pk)
    return _page(request, row, form, status=400)


@require_POST
@needs(Action.EDIT_COUNSEL)
def withdraw_experience(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Experience.objects.for_actor(actor).select_related("counsel__organisation")
    told = get_object_or_404(rows, pk=pk)
    try:
        listing.withdraw(actor, told, real_now())
    except MayNotError as error:
        raise Http404 from error
    return redirect("counsel", pk=told.counsel_id)


def _page(
    request: HttpRequest, row: Counsel, form: ExperienceForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    may_edit = actor.may(Action.EDIT_COUNSEL, Whose.OWN)
    context: dict[str, Any] = {
        "counsel": row,
        "done": listing.done(actor, [row])[row.pk],
        "form": (form or ExperienceForm()) if may_edit else None,
        "refused": form is not None,
        "may_edit": may_edit,
    }
    return render(request, "web/counsel.html", context, status=status)


def _overtaken(actor: Actor, row: Counsel, form: CounselForm) -> CounselForm:
    """With what was written, to be sent again after a look at what is there now."""
    row.refresh_from_db(from_queryset=Counsel.objects.for_actor(actor))
    again = CounselForm(_law_firms(actor), {**dict(form.data.items()), "seen": row.version}, row)
    again.add_error(
        None,
        _("Somebody else has changed the entry meanwhile. Look at it; yours is still in the form."),
    )
    return again


def _seen(actor: Actor, pk: int) -> Counsel:
    """Raises Http404."""
    rows = Counsel.objects.for_actor(actor).select_related("organisation", "house", "added_by")
    return get_object_or_404(rows, pk=pk)


def _law_firms(actor: Actor) -> list[Organisation]:
    """Those whose people come here."""
    rows = Organisation.objects.for_actor(actor).filter(kind=Kind.COUNSEL, merged_into=None)
    return list(rows.order_by("name_zh"))
