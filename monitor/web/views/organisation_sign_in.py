"""Coming in by the account that somebody has with their organisation (OpenID Connect)."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitor.accounts.entrance import devices, entering, factors
from monitor.accounts.entrance.oidc import desk, journey, people
from monitor.accounts.entrance.oidc.journey import Arrival, Purpose
from monitor.accounts.entrance.oidc.people import Admitted
from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.entrance.oidc.tokens import shows_second_factor
from monitor.accounts.models import Identity, Provider
from monitor.accounts.walls.gates import actor_of, memberships_of, person_of, signed_in
from monitor.web.clock import real_now
from monitor.web.letters import Posted
from monitor.web.means import own_means
from monitor.web.provider_forms import CodeOfOrganisationForm
from monitor.web.refusals import SENTENCES
from monitor.web.views.sign_in import let_in, then_of

log = logging.getLogger(__name__)
COOKIE = "organisation"
"""The code that was typed here last, so that it is not typed every day; it lets nobody in."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_organisation(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whatever code stands in the address, the page is the same: it tells of no organisation."""
    initial = {"code": code or request.COOKIES.get(COOKIE, "")}
    form = CodeOfOrganisationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            provider = desk.of_code(form.cleaned_data["code"], _address(request), real_now())
            return _led(request, provider, Purpose(then_of(request)))
        except Refused as refused:
            if refused.why in {Why.NOWHERE, Why.TOO_MANY}:
                entering.failed(request, username="")
            form.add_error(None, str(SENTENCES[refused.why]))
    context = {"form": form, "next": then_of(request)}
    return render(request, "web/sign_in_organisation.html", context)


@never_cache
@require_GET
def sign_in_back(request: HttpRequest) -> HttpResponseBase:
    """Public: whoever the provider sends back. A GET, as the standard has it; without what is in
    the session it changes nothing."""
    issuer = journey.whither(request.session)
    try:
        arrival = journey.arrive(request.session, request.GET.dict(), real_now())
        if arrival.purpose.connecting is not None:
            return _connected(request, arrival)
        admitted = people.admitted(arrival, get_language() or settings.LANGUAGE_CODE, real_now())
    except Refused as refused:
        _tell_the_log(refused, issuer)
        return _turned_away(request, refused)
    desk.forgive(_address(request))
    return _let_in(request, arrival, admitted)


@never_cache
@require_POST
@signed_in
@own_means
def connect(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The account with this organisation (a primary key) is to be mine."""
    user = person_of(request)
    for way in people.ways(user, memberships_of(request)):
        if way.provider.organisation_id == pk:
            try:
                desk.count(_address(request), real_now())
                return _led(request, way.provider, Purpose(connecting=user.pk))
            except Refused as refused:
                messages.error(request, str(SENTENCES[refused.why]))
                return redirect("account")
    raise Http404


@require_POST
@signed_in
@own_means
def disconnect(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = Identity.objects.for_actor(actor_of(request)).filter(user=person_of(request))
    people.disconnect(get_object_or_404(rows, pk=pk))
    messages.success(request, _("The connection is taken off."))
    return redirect("account")


def _led(request: HttpRequest, provider: Provider, purpose: Purpose) -> HttpResponse:
    """A page that leads on by itself. No redirect: our content policy lets forms lead to our own
    pages only, and browsers mean by that where an answer sends them, too."""
    try:
        address = journey.depart(request.session, provider, purpose, real_now())
    except Refused as refused:
        _tell_the_log(refused, provider.issuer)
        raise
    context = {"address": address, "host": urlsplit(address).netloc}
    return render(request, "web/leaving.html", context)


def _let_in(request: HttpRequest, arrival: Arrival, admitted: Admitted) -> HttpResponse:
    user, known = admitted.identity.user, admitted.identity.pk
    then, provider = arrival.purpose.then, arrival.provider
    proven = shows_second_factor(arrival.claims, provider.second_factor)
    if proven or not factors.has_one(user):
        response = let_in(
            request, user, then, proven=proven, vouched=known, letters=admitted.letters
        )
    else:
        entering.wait_for_second(request, user, then, real_now(), vouched=known)
        response = Posted(reverse("sign_in_code"), admitted.letters)
    response.set_cookie(
        COOKIE,
        provider.code,
        max_age=devices.KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _connected(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    user = actor_of(request).themselves
    if user is None or user.pk != arrival.purpose.connecting:
        raise Refused(Why.STRAY, "somebody else is signed in")
    admitted = people.connected(arrival, user, real_now())
    desk.forgive(_address(request))
    messages.success(request, _("Your account there lets you in here from now on."))
    return Posted(reverse("account"), admitted.letters)


def _turned_away(request: HttpRequest, refused: Refused) -> HttpResponse:
    """That nobody came from anywhere is not kept: whoever asks for the address without end would
    fill the trail."""
    if refused.why is not Why.STRAY:
        entering.failed(request, username=refused.mail)
    messages.error(request, str(SENTENCES[refused.why]))
    is_in = actor_of(request).themselves is not None
    return redirect("account" if is_in else "sign_in_organisation")


def _tell_the_log(refused: Refused, issuer: str) -> None:
    log.warning("sign-in by a provider (%s) refused: %s", issuer or "-", refused)


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR") or ""
