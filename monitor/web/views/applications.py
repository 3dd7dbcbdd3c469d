"""入会申请: filed from outside or by a firm that is here, decided by the chamber."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.gates import actor_of, needs, own
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.bases import applications as kept
from monitor.bases import sheets
from monitor.bases.models import Application, Chamber, Enterprise
from monitor.web.clock import real_now
from monitor.web.inviting import acted_for, not_mailed
from monitor.web.member_forms import AddressForm, ApplicationForm, ReasonForm


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """Which chambers there are is no secret: they are public bodies."""
    chambers = Chamber.objects.exclude(organisation=None).prefetch_related("bases")
    return render(request, "web/apply.html", {"chambers": chambers.order_by("name_zh")})


@require_http_methods(["GET", "HEAD", "POST"])
def apply_to(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A firm that acts here applies as itself; whoever else first confirms a mail address."""
    chambers = Chamber.objects.exclude(organisation=None)
    chamber = get_object_or_404(chambers, pk=pk)
    actor = actor_of(request)
    if actor.may(Action.EDIT_FIRM, Whose.OWN):
        return _by_firm(request, chamber, actor)
    form = AddressForm(request.POST or None)
    context = {"chamber": chamber, "form": form, "sent": False}
    if form.is_valid():
        try:
            kept.begin(_organisation(chamber), form.cleaned_data["email"], real_now())
        except OSError:
            form.add_error(None, _("The mail could not be sent. Try again later."))
        else:
            context["sent"] = True
    return render(request, "web/apply_to.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, secret: str) -> HttpResponseBase:
    """For whoever has the link: the form, and afterwards how it stands."""
    found = kept.found(secret)
    if found is None:
        return render(request, "web/link_over.html", status=404)
    if not kept.fillable(found, real_now()):
        if found.state == Application.State.BEGUN:
            return render(request, "web/link_over.html", status=404)
        return render(request, "web/application_filed.html", {"application": found})
    form = ApplicationForm(request.POST or None, initial={"email": found.email})
    if form.is_valid():
        _file(request, found, form)
        return redirect(request.path)
    context = {"application": found, "form": form}
    return render(request, "web/application.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Action.READ_APPLICATIONS)
def applications(request: HttpRequest) -> HttpResponse:
    """Those to the chamber, those that were referred to the office, those of the firm."""
    rows = Application.objects.for_actor(actor_of(request)).select_related("to", "firm")
    return render(request, "web/applications.html", {"applications": rows})


@require_safe
@needs(Action.READ_APPLICATIONS)
def filed(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk), ReasonForm())


@require_POST
@needs(Action.ADMIT)
def approve_application(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _decided_by(request, pk)
    try:
        state = kept.approve(actor_of(request), found, real_now())
    except kept.AlreadyDecidedError:
        messages.error(request, _("Somebody has decided it already."))
    except kept.AlreadyActedForError:
        messages.error(request, acted_for())
    except OSError:
        messages.error(request, not_mailed())
    else:
        referred = state == Application.State.REFERRED
        messages.success(
            request,
            _("The office looks at it: the name or the code is in use elsewhere.")
            if referred
            else _("The firm was admitted."),
        )
    return redirect("filed_application", pk=pk)


@require_POST
@needs(Action.ADMIT)
def refuse_application(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = _decided_by(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        kept.refuse(actor_of(request), found, form.cleaned_data["reason"], real_now())
    except kept.AlreadyDecidedError:
        messages.error(request, _("Somebody has decided it already."))
    except OSError:
        messages.error(request, not_mailed())
    return redirect("filed_application", pk=pk)


def _by_firm(request: HttpRequest, chamber: Chamber, actor: Actor) -> HttpResponseBase:
    firm = get_object_or_404(Enterprise.objects.for_actor(actor))
    if request.method == "POST":
        kept.file_for(
            actor,
            firm,
            _organisation(chamber),
            real_now(),
            shares_figures="shares_figures" in request.POST and actor.may(Action.SHARE, Whose.OWN),
        )
        return redirect("applications")
    context = {
        "chamber": chamber,
        "firm": firm,
        "lines": _lines(sheets.plain({n: getattr(firm, n) for n in sheets.BY_NAME}), figures=True),
        "may_share": actor.may(Action.SHARE, Whose.OWN),
    }
    return render(request, "web/apply_by_firm.html", context)


def _organisation(chamber: Chamber) -> Organisation:
    with opened():  # asked for by the public name of the chamber
        organisation = chamber.organisation
    if organisation is None:
        raise Http404
    return organisation


def _file(request: HttpRequest, found: Application, form: ApplicationForm) -> None:
    shares = form.cleaned_data["shares_figures"]
    try:
        kept.file(found, form.sheet(), real_now(), shares_figures=shares)
    except kept.AlreadyDecidedError:
        messages.error(request, _("It was filed already."))


def _seen(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.for_actor(actor_of(request))
    return get_object_or_404(rows.select_related("to", "firm", "decided_by", "filed_by"), pk=pk)


def _decided_by(request: HttpRequest, pk: int) -> Application:
    """Whoever it is addressed to decides, the office what was referred to it; never the firm."""
    actor, found = actor_of(request), _seen(request, pk)
    if not _decides(actor, found):
        raise Http404
    return found


def _decides(actor: Actor, found: Application) -> bool:
    if not actor.may(Action.ADMIT, Whose.MEMBER):
        return False
    if found.state == Application.State.REFERRED:
        return own(actor).kind == Kind.OFFICE
    return found.state == Application.State.WAITING and found.to_id == own(actor).pk


def _page(
    request: HttpRequest, found: Application, form: ReasonForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    own_figures = found.firm_id is not None and found.firm_id == own(actor).pk
    context = {
        "application": found,
        "lines": _lines(found.sheet, figures=found.shares_figures or own_figures),
        "decides": _decides(actor, found),
        "form": form,
    }
    return render(request, "web/filed_application.html", context, status=status)


def _lines(sheet: dict[str, Any], *, figures: bool) -> list[tuple[Any, Any, str]]:
    asked = (*sheets.FIELDS, sheets.FIGURE) if figures else sheets.FIELDS
    return [(field.label, sheet.get(field.name), field.name) for field in asked]
