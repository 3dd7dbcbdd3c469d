"""By which provider of its own the people of one's organisation come in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.entrance.oidc import journey, people
from monitor.accounts.models import Identity, Provider
from monitor.accounts.organisations import providers
from monitor.accounts.organisations.providers import SecretWanted
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, demand, needs, own, person
from monitor.accounts.walls.policy import Action
from monitor.web.clock import real_now
from monitor.web.forms import PasswordAsked
from monitor.web.means import own_means
from monitor.web.provider_forms import ProviderForm


@sensitive_post_parameters("secret", "password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.SET_SIGN_IN)
@own_means
def provider(request: HttpRequest) -> HttpResponseBase:
    """The provider, who is known to it, and setting it."""
    actor = actor_of(request)
    form = ProviderForm(person(actor), _ours(actor), *_given(request))
    if form.is_bound and form.is_valid() and _kept(actor, form):
        messages.success(request, _("The sign-in of your organisation is set."))
        return redirect("provider")
    return _page(request, actor, form)


@sensitive_post_parameters("password")
@never_cache
@require_POST
@needs(Action.SET_SIGN_IN)
@own_means
def remove_provider(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    demand(actor, Action.SET_SIGN_IN, own(actor))
    if not PasswordAsked(person(actor), request.POST).is_valid():
        messages.error(request, _("This was not your password."))
    else:
        providers.remove(own(actor))
        messages.success(request, _("Nobody comes in by your organisation's provider any more."))
    return redirect("provider")


@require_POST
@needs(Action.SET_SIGN_IN)
@own_means
def disconnect_person(request: HttpRequest, pk: int) -> HttpResponseBase:
    people.disconnect(get_object_or_404(_known(actor_of(request)), pk=pk))
    messages.success(request, _("The connection is taken off."))
    return redirect("provider")


def _kept(actor: Actor, form: ProviderForm) -> bool:
    demand(actor, Action.SET_SIGN_IN, own(actor))
    try:
        providers.keep(actor, own(actor), form.wish(), real_now())
    except SecretWanted:
        form.add_error("secret", _("Another provider or client: give its secret as well."))
        return False
    return True


def _page(request: HttpRequest, actor: Actor, form: ProviderForm) -> HttpResponse:
    set_ = _ours(actor)
    context = {
        "form": form,
        "provider": set_,
        "known": _known(actor).select_related("user").order_by("since", "pk"),
        "link": set_ and request.build_absolute_uri(reverse("sign_in_by_code", args=[set_.code])),
        "back": journey.back(),
        "asked": PasswordAsked(person(actor), auto_id="remove_%s"),
    }
    return render(request, "web/provider.html", context, status=400 if form.errors else 200)


def _given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _ours(actor: Actor) -> Provider | None:
    found: Provider | None = (
        Provider.objects.for_actor(actor).filter(organisation=own(actor)).first()
    )
    return found


def _known(actor: Actor) -> Any:
    rows = Identity.objects.for_actor(actor)
    return rows.filter(provider__organisation=own(actor))
