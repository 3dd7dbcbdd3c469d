"""Passkeys: making one, signing in with one, taking one off.

The script asks for the options, lets the browser make or use a key, and sends what comes of it with
the form that it is in: the answer is a page, as of any form.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from monitor.accounts.entrance import entering, factors, passkeys
from monitor.accounts.entrance.passkeys import Site
from monitor.accounts.models import Authenticator, Passkey, User
from monitor.accounts.walls.gates import actor_of, memberships_of, person_of, signed_in
from monitor.web.agents import described
from monitor.web.clock import real_now
from monitor.web.forms import PasskeyForm, PasswordAsked
from monitor.web.means import own_means
from monitor.web.views.second_factor import shown_codes
from monitor.web.views.sign_in import let_in, then_of


@never_cache
@require_POST
def passkey_request(request: HttpRequest) -> HttpResponse:
    """Public: whoever wants to sign in."""
    options = passkeys.request_of(_site(request), request.session, real_now())
    return HttpResponse(options, content_type="application/json")


@never_cache
@require_POST
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """Public, and all that is needed: the device has asked whose it is. After a password it has to
    be a passkey of the same person."""
    waiting = entering.half_in(request, real_now())
    signed = request.POST.get("credential", "")
    user = passkeys.owner(signed, _site(request), request.session, real_now())
    if user is None or (waiting and waiting.user != user):
        messages.error(request, _("This passkey is not known here."))
        return redirect("sign_in_code" if waiting else "sign_in")
    if waiting is None:
        return let_in(request, user, then_of(request), proven=True)
    return let_in(request, user, waiting.then, proven=True, vouched=waiting.vouched)


@sensitive_post_parameters("password")
@never_cache
@require_POST
@signed_in
@own_means
def passkey_creation(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    form = PasswordAsked(user, request.POST)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"error": said}, status=400)
    options = passkeys.creation(user, _site(request), request.session, real_now())
    return HttpResponse(options, content_type="application/json")


@never_cache
@require_POST
@signed_in
@own_means
def keep_passkey(request: HttpRequest) -> HttpResponse:
    """The challenge in the session says that the password was right."""
    user, form = person_of(request), PasskeyForm(request.POST)
    kept = form.is_valid() and _kept(request, user, form)
    if not kept:
        messages.error(request, _("The passkey could not be set up. Try it once more."))
        return redirect("second_factor")
    if factors.codes_left(user) == 0 or not factors.is_proven(request.session):
        return shown_codes(request, user)
    entering.prove(request, user)
    messages.success(request, _("The passkey is set up. All other sessions have ended."))
    return redirect("second_factor")


def _kept(request: HttpRequest, user: User, form: PasskeyForm) -> Passkey | None:
    name = form.cleaned_data["name"] or described(request.headers.get("User-Agent", ""))
    made = form.cleaned_data["credential"]
    return passkeys.keep(user, made, name, _site(request), request.session, real_now())


@sensitive_post_parameters("password")
@never_cache
@require_POST
@signed_in
@own_means
def drop_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    if not PasswordAsked(user, request.POST).is_valid():
        messages.error(request, _("This was not your password."))
    elif _is_needed(request, user, pk):
        messages.error(request, _("Who acts for an office or runs the machine has to have one."))
    elif not passkeys.drop(user, pk):
        raise Http404
    else:
        messages.success(request, _("The passkey is taken off your account."))
    return redirect("second_factor")


def _is_needed(request: HttpRequest, user: User, pk: int) -> bool:
    """It is the last factor of somebody who has to have one, or the only way in."""
    actor = actor_of(request)
    if Passkey.objects.for_actor(actor).exclude(pk=pk).exists():
        return False
    if not user.has_usable_password():
        return True
    has_other = Authenticator.objects.for_actor(actor).exists()
    return factors.obliged(user, memberships_of(request)) and not has_other


def _site(request: HttpRequest) -> Site:
    site = passkeys.site_of(request)
    if site is None:
        raise Http404
    return site
