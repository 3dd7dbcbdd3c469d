"""My account → Second factor: an authenticator, recovery codes."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from monitor.accounts.entrance import entering, factors, passkeys
from monitor.accounts.models import Authenticator, Passkey, User
from monitor.accounts.secrets.sealing import sealed, unsealed
from monitor.accounts.walls.gates import actor_of, memberships_of, person_of, signed_in
from monitor.web.clock import real_now
from monitor.web.forms import AuthenticatorForm, PasswordAsked
from monitor.web.means import closed, own_means

OFFERED = "authenticator offered"
"""Of a session: the secret that is shown and not yet confirmed, sealed."""


@never_cache
@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """What one has, and what one may do about it."""
    user, actor = person_of(request), actor_of(request)
    if _is_closed(request, user):
        return closed(request)
    context = {
        "authenticator": Authenticator.objects.for_actor(actor).first(),
        "passkeys": list(Passkey.objects.for_actor(actor)),
        "codes_left": factors.codes_left(user),
        "obliged": factors.obliged(user, memberships_of(request)),
        "proven": factors.is_proven(request.session),
        "form": PasswordAsked(user),
        "site": passkeys.site_of(request),
    }
    return render(request, "web/second_factor.html", context)


@sensitive_post_parameters("password", "code")
@never_cache
@signed_in
def authenticator(request: HttpRequest) -> HttpResponse:
    """Show the secret of an authenticator, and keep it once a code proves that it was read."""
    user = person_of(request)
    if _is_closed(request, user):
        return closed(request)
    secret = _offered(request)
    form = AuthenticatorForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.keep(user, secret, form.cleaned_data["code"], real_now()):
            del request.session[OFFERED]
            return shown_codes(request, user)
        form.add_error("code", _("This code is not of it. Does the phone's clock go right?"))
    context = {"form": form, "secret": _grouped(secret), "picture": _picture(secret, user)}
    return render(request, "web/authenticator.html", context)


@sensitive_post_parameters("password")
@never_cache
@require_POST
@signed_in
@own_means
def drop_authenticator(request: HttpRequest) -> HttpResponse:
    """Do without, where one may."""
    user = person_of(request)
    if not PasswordAsked(user, request.POST).is_valid():
        messages.error(request, _("This was not your password."))
    elif _needed(request, user):
        messages.error(request, _("Who acts for an office or runs the machine has to have one."))
    else:
        factors.drop(user)
        messages.success(request, _("The authenticator is taken off your account."))
    return redirect("second_factor")


@sensitive_post_parameters("password")
@never_cache
@require_POST
@signed_in
@own_means
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten codes in the place of those before."""
    user = person_of(request)
    if not factors.has_one(user) or not PasswordAsked(user, request.POST).is_valid():
        messages.error(request, _("This was not your password."))
        return redirect("second_factor")
    codes = factors.fresh_codes(user)
    return render(request, "web/recovery_codes.html", {"codes": codes})


def shown_codes(request: HttpRequest, user: User) -> HttpResponse:
    """A factor has been set up: other sessions, which did not show it, end. The recovery codes are
    in this answer and nowhere else."""
    entering.prove(request, user)
    codes = factors.fresh_codes(user)
    return render(request, "web/recovery_codes.html", {"codes": codes, "set_up": True})


def _is_closed(request: HttpRequest, user: User) -> bool:
    """Whoever came in by their organisation's provider may set up a first authenticator, since they
    may be obliged to have one; nothing that is there is theirs to change."""
    return actor_of(request).vouched and factors.has_one(user)


def _offered(request: HttpRequest) -> str:
    """The same for as long as the page is tried: whoever mistyped need not scan again."""
    if OFFERED not in request.session:
        request.session[OFFERED] = sealed(factors.fresh_secret())
    return unsealed(request.session[OFFERED])


def _needed(request: HttpRequest, user: User) -> bool:
    others = Passkey.objects.for_actor(actor_of(request)).exists()
    return factors.obliged(user, memberships_of(request)) and not others


def _grouped(secret: str) -> str:
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def _picture(secret: str, user: User) -> SafeString:
    code = segno.make(factors.address_of(secret, user), micro=False)
    picture = code.svg_inline(scale=5, light="#fff", title=_("QR code of the secret"))
    return mark_safe(picture)  # noqa: S308 - segno's own figures; the address is drawn, not written
