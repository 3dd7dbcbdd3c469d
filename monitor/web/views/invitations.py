"""Invitations: kept by whoever may admit, accepted by whoever has the link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.models import Invitation, User
from monitor.accounts.organisations import invitations as kept
from monitor.accounts.organisations import providers
from monitor.accounts.walls.gates import actor_of, demand, needs, sign_in
from monitor.accounts.walls.policy import Action
from monitor.web.clock import real_now
from monitor.web.inviting import mailed
from monitor.web.member_forms import NewcomerForm


@require_POST
@needs(Action.ADMIT)
def send_invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The first time, which is the approval, or again."""
    mailed(request, _admitted(request, pk))
    return _back(request)


@require_POST
@needs(Action.ADMIT)
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    kept.withdraw(_admitted(request, pk), real_now())
    return _back(request)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """For whoever has the link. A wrong, a used and an expired one get the same answer."""
    found = kept.found(secret, real_now())
    if found is None:
        return _over(request)
    known, here = kept.account_of(found), actor_of(request).user
    if known is None and here is None:
        return _newcomer(request, found)
    context = {"invitation": found, "then": sign_in(request.get_full_path())}
    if here is None or (known is not None and known.pk != here.pk):
        return render(request, "web/invitation_sign_in.html", {**context, "here": here})
    if request.method != "POST":
        return render(request, "web/invitation.html", context)
    return _accepted(request, found, here)


def _newcomer(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    form = NewcomerForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        given = form.cleaned_data
        try:
            user = kept.newcomer(found, given["name"], given["language"], given["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return _accepted(request, found, user)
    provider = providers.of(found.organisation)
    context = {"invitation": found, "form": form, "provider": provider}
    return render(request, "web/invitation.html", context, status=400 if form.errors else 200)


def _accepted(request: HttpRequest, found: Invitation, user: User) -> HttpResponseBase:
    comes = user.pk is None
    if not kept.accept(found, user, real_now()):
        return _over(request)
    if comes:
        messages.success(request, _("Welcome. Now sign in with your mail address and password."))
        return redirect("sign_in")
    return redirect("organisations")


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "web/link_over.html", status=404)


def _admitted(request: HttpRequest, pk: int) -> Invitation:
    actor = actor_of(request)
    rows = Invitation.objects.for_actor(actor).select_related("organisation")
    found = get_object_or_404(rows, pk=pk)
    demand(actor, Action.ADMIT, found.organisation)
    return found


def _back(request: HttpRequest) -> HttpResponseBase:
    """To the page that the form stood on."""
    then = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        return redirect(then)
    return redirect("members")
