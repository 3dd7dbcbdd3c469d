"""Member firms of a chamber, firms of an office's region, and one firm."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.models import Affiliation, Invitation, Membership, Organisation
from monitor.accounts.organisations import affiliations
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, demand, needs, own
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind
from monitor.bases import directory, sheets
from monitor.bases.confidential import CONFIDENTIAL
from monitor.bases.models import Application, Enterprise
from monitor.web.clock import real_now
from monitor.web.filters import page_number
from monitor.web.inviting import Stated, all_mailed, asked, stated
from monitor.web.looked import looked
from monitor.web.member_forms import InviteForm, SheetForm

PER_PAGE = 100


@dataclass(frozen=True)
class Row:
    """A firm on the list; `people`: how many act for it; `invited`: its latest open invitation."""

    firm: Enterprise
    people: int
    invited: Stated | None


@require_safe
@needs(Action.READ_FIRM)
def firms(request: HttpRequest) -> HttpResponseBase:
    """Those that the actor reaches. A firm is led to itself."""
    actor = actor_of(request)
    seen = Enterprise.objects.for_actor(actor).select_related("organisation")
    if Whose.OWN in actor.whose(Action.READ_FIRM):
        return redirect("firm", pk=get_object_or_404(seen).pk)
    text = request.GET.get("q", "").strip()[:200]
    if text:
        seen = seen.filter(Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(uscc=text))
    page = Paginator(seen.order_by("name_zh"), PER_PAGE).get_page(page_number(request.GET))
    context = {
        "page": page,
        "text": text,
        "rows": _rows(actor, list(page.object_list)),
        "imports": _imports(actor),
        "applications": _waiting(actor),
        "may_admit": actor.may(Action.ADMIT, Whose.MEMBER),
        "may_merge": bool(actor.whose(Action.MERGE)),
        "knows_people": actor.may(Action.READ_PEOPLE, Whose.MEMBER),
    }
    return render(request, "web/firms.html", context)


@require_safe
@needs(Action.READ_FIRM)
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk), InviteForm())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_FIRM)
def edit_firm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """名录表 of one firm. Its figure is the firm's own affair."""
    actor, shown = actor_of(request), _seen(request, pk)
    demand(actor, Action.EDIT_FIRM, own_of(shown))
    figures = reaches(actor, Action.EDIT_FIGURES, own_of(shown))
    initial = sheets.of_firm(shown)
    if figures:
        initial["annual_export_usd"] = sheets.FIGURE.write(shown.annual_export_usd)
    form = SheetForm(request.POST or None, initial=initial, figures=figures)
    if form.is_valid() and _changed(form, shown):
        messages.success(request, _("The sheet was changed."))
        return redirect("firm", pk=shown.pk)
    context = {"firm": shown, "form": form}
    return render(request, "web/edit_firm.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Action.ADMIT)
def invite_to_firm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The first person of a member firm; afterwards its owner invites."""
    shown, form = _seen(request, pk), InviteForm(request.POST)
    demand(actor_of(request), Action.ADMIT, own_of(shown))
    if not (form.is_valid() and asked(request, own_of(shown), form)):
        return _page(request, shown, form, status=400)
    return redirect("firm", pk=shown.pk)


@require_POST
@needs(Action.ADMIT)
def let_firm_go(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor, shown = actor_of(request), _seen(request, pk)
    demand(actor, Action.ADMIT, own_of(shown))
    rows = Affiliation.objects.for_actor(actor).filter(of=own(actor), ended_at=None)
    affiliations.let_go(actor, get_object_or_404(rows, member=own_of(shown)), real_now())
    messages.success(request, _("%(name)s is no member any more.") % {"name": shown.name_zh})
    return redirect("firms")


@require_POST
@needs(Action.ADMIT)
def approve_import(request: HttpRequest) -> HttpResponseBase:
    """Mail every invitation that one import has made, of firms that the actor may admit."""
    actor = actor_of(request)
    try:
        made = datetime.fromisoformat(request.POST.get("made", ""))
    except ValueError:
        return redirect("firms")
    pending = _pending(actor).filter(created_at=made) if made.tzinfo else _pending(actor).none()
    rows = list(pending.select_related("organisation"))
    all_mailed(request, [row for row in rows if reaches(actor, Action.ADMIT, row.organisation)])
    return redirect("firms")


def own_of(shown: Enterprise) -> Organisation:
    """A firm that a reader sees has an organisation: it is seen by that."""
    if shown.organisation is None:
        raise AssertionError("a firm without organisation is seen by nobody")
    return shown.organisation


def _seen(request: HttpRequest, pk: int) -> Enterprise:
    rows = Enterprise.objects.for_actor(actor_of(request)).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, shown: Enterprise, form: InviteForm, status: int = 200
) -> HttpResponse:
    actor, organisation = actor_of(request), own_of(shown)
    figures = reaches(actor, Action.READ_FIGURES, organisation)
    people = Membership.objects.for_actor(actor).filter(organisation=organisation, ended_at=None)
    context = {
        "firm": shown,
        "fields": [(f.label, getattr(shown, f.name), f.name) for f in sheets.FIELDS],
        "figure": shown.annual_export_usd if figures else CONFIDENTIAL,
        "bases": _bases(actor, shown),
        "affiliations": Affiliation.objects.for_actor(actor)
        .filter(member=organisation)
        .select_related("of")
        .order_by("since", "pk"),
        "people": people.select_related("user").order_by("since", "pk"),
        "invitations": _invitations(actor, organisation),
        "may": _may(actor, organisation),
        "form": form,
    }
    if figures:
        looked(request, [shown.pk])
    return render(request, "web/firm.html", context, status=status)


def _may(actor: Actor, organisation: Organisation) -> dict[str, bool]:
    admits = reaches(actor, Action.ADMIT, organisation)
    mine = Affiliation.objects.for_actor(actor).filter(of=actor.organisation, ended_at=None)
    return {
        "edit": reaches(actor, Action.EDIT_FIRM, organisation),
        "read_people": reaches(actor, Action.READ_PEOPLE, organisation),
        "admit": admits,
        "let_go": admits and mine.filter(member=organisation).exists(),
    }


def _bases(actor: Actor, shown: Enterprise) -> list[dict[str, Any]]:
    rows = Enterprise.objects.for_actor(actor).filter(pk=shown.pk).exclude(bases=None)
    found = rows.order_by("bases__position").values(
        "bases__code", "bases__name_zh", "bases__name_en"
    )
    return [{key.removeprefix("bases__"): value for key, value in row.items()} for row in found]


def _invitations(actor: Actor, organisation: Organisation) -> list[Stated]:
    rows = Invitation.objects.for_actor(actor).filter(
        organisation=organisation, accepted_at=None, withdrawn_at=None
    )
    return stated(rows.order_by("created_at", "pk"))


def _rows(actor: Actor, shown: list[Enterprise]) -> list[Row]:
    """Three queries for all of them."""
    keys = [row.organisation_id for row in shown]
    people = Membership.objects.for_actor(actor).filter(organisation__in=keys, ended_at=None)
    counts = dict(people.order_by().values_list("organisation").annotate(Count("pk")))
    invited = Invitation.objects.for_actor(actor).filter(
        organisation__in=keys, accepted_at=None, withdrawn_at=None
    )
    latest = {row.invitation.organisation_id: row for row in stated(invited.order_by("pk"))}
    return [
        Row(each, counts.get(key, 0), latest.get(key))
        for each in shown
        if (key := each.organisation_id) is not None
    ]


def _pending(actor: Actor) -> QuerySet[Invitation]:
    """What imports have made and nobody has approved, of firms that nobody acts for."""
    acted_for = Membership.objects.filter(ended_at=None).values("organisation")
    rows = Invitation.objects.for_actor(actor).exclude(organisation=actor.organisation)
    made = rows.filter(invited_by=None, approved_by=None, accepted_at=None, withdrawn_at=None)
    return made.exclude(organisation__in=acted_for)


def _imports(actor: Actor) -> list[dict[str, Any]]:
    """When each import was, and how many of its invitations wait."""
    found = _pending(actor).order_by("created_at").values("created_at")
    return [dict(row) for row in found.annotate(count=Count("pk"))]


def _changed(form: SheetForm, shown: Enterprise) -> bool:
    try:
        directory.change(shown, form.cleaned_data, real_now())
    except directory.TakenError as error:
        form.add_error(error.field, _("Another firm has this. Are the two one? Ask the office."))
        return False
    return True


def _waiting(actor: Actor) -> int:
    """How many applications the actor's organisation is to decide."""
    office = actor.organisation is not None and actor.organisation.kind == Kind.OFFICE
    state = Application.State.REFERRED if office else Application.State.WAITING
    return Application.objects.for_actor(actor).filter(state=state).count()
