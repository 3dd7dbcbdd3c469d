"""The people of the organisation that somebody acts for."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.models import Invitation, Membership
from monitor.accounts.organisations import members as kept
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, demand, needs, own, person
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Role
from monitor.web.clock import real_now
from monitor.web.inviting import asked, stated
from monitor.web.member_forms import HandOverForm, InviteForm, RoleForm


@require_safe
@needs(Action.READ_PEOPLE)
def members(request: HttpRequest) -> HttpResponse:
    return _page(request, InviteForm())


@require_POST
@needs(Action.ADMIT)
def invite(request: HttpRequest) -> HttpResponseBase:
    """Somebody into the organisation that the actor acts for."""
    actor = actor_of(request)
    demand(actor, Action.ADMIT, own(actor))
    form = InviteForm(request.POST)
    if not (form.is_valid() and asked(request, own(actor), form)):
        return _page(request, form, status=400)
    return redirect("members")


@require_POST
@needs(Action.ADMIT)
def change_role(request: HttpRequest, pk: int) -> HttpResponseBase:
    form, membership = RoleForm(request.POST), _of_ours(request, pk)
    if form.is_valid():
        try:
            kept.change_role(membership, form.cleaned_data["role"], real_now())
        except kept.LastOwnerError:
            messages.error(request, _last_owner())
    return redirect("members")


@require_POST
@needs(Action.ADMIT)
def let_go(request: HttpRequest, pk: int) -> HttpResponseBase:
    membership = _of_ours(request, pk)
    try:
        kept.let_go(membership, real_now())
    except kept.LastOwnerError:
        messages.error(request, _last_owner())
    return redirect("members")


@require_POST
@needs(Action.ADMIT)
def hand_over(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    demand(actor, Action.ADMIT, own(actor))
    mine = get_object_or_404(_people(actor), user=person(actor))
    form = HandOverForm(_people(actor).exclude(pk=mine.pk), request.POST)
    if not form.is_valid():
        return _page(request, InviteForm(), form, status=400)
    given = form.cleaned_data
    kept.hand_over(mine, given["to"], real_now(), stays=given["stays"])
    return redirect("organisations" if given["stays"] is None else "members")


def _page(
    request: HttpRequest, form: InviteForm, handing: HandOverForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    people = _people(actor)
    invitations = Invitation.objects.for_actor(actor).filter(
        organisation=own(actor), accepted_at=None, withdrawn_at=None
    )
    mine = [each for each in people if each.user_id == person(actor).pk]
    owns = bool(mine) and mine[0].role == Role.OWNER
    others = people.exclude(user=person(actor))
    context = {
        "people": people,
        "invitations": stated(invitations.order_by("created_at", "pk")),
        "may_admit": actor.may(Action.ADMIT, Whose.OWN),
        "form": form,
        "handing": (handing or HandOverForm(others)) if owns and len(people) > 1 else None,
        "roles": list(reversed(Role)),
    }
    return render(request, "web/members.html", context, status=status)


def _people(actor: Actor) -> QuerySet[Membership]:
    rows = Membership.objects.for_actor(actor)
    mine = rows.filter(organisation=own(actor), ended_at=None)
    return mine.select_related("user").order_by("since", "pk")


def _of_ours(request: HttpRequest, pk: int) -> Membership:
    actor = actor_of(request)
    membership = get_object_or_404(_people(actor).select_related("organisation"), pk=pk)
    demand(actor, Action.ADMIT, membership.organisation)
    return membership


def _last_owner() -> str:
    return _("There has to be an owner: hand it over to somebody first.")
