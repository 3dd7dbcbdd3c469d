"""The organisations that somebody acts for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.models import Membership
from monitor.accounts.organisations import members
from monitor.accounts.walls.gates import memberships_of, signed_in
from monitor.web.clock import real_now


@require_safe
@signed_in
def organisations(request: HttpRequest) -> HttpResponse:
    context = {"memberships": memberships_of(request)}
    return render(request, "web/organisations.html", context)


@require_POST
@signed_in
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    membership = _mine(request, pk)
    try:
        members.let_go(membership, real_now())
    except members.LastOwnerError:
        messages.error(
            request, _("You are its last owner: hand it over first, on the page “Members”.")
        )
    return redirect("organisations")


def _mine(request: HttpRequest, pk: int) -> Membership:
    for membership in memberships_of(request):
        if membership.pk == pk:
            return membership
    raise Http404
