"""Coming in: the password, then the second factor."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from monitor.accounts.entrance import entering, factors, passkeys
from monitor.accounts.letters import Letter
from monitor.accounts.models import Passkey, User
from monitor.accounts.walls.door import opened
from monitor.web.clock import real_now
from monitor.web.forms import CodeForm, SignInForm
from monitor.web.letters import Posted
from monitor.web.sample import sample_people


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Says the same of whatever does not let somebody in."""
    form = SignInForm(request.POST or None)
    then = then_of(request)
    if request.method == "POST" and form.is_valid():
        address, password = form.cleaned_data["address"], form.cleaned_data["password"]
        user = entering.checked(request, address, password, real_now())
        if user is not None:
            return _go_on(request, user, then)
        form.add_error(
            None,
            _(
                "The address or the password is wrong, or there were too many attempts: then wait "
                "a little, or choose another password by mail."
            ),
        )
    context = {
        "form": form,
        "next": then,
        "people": sample_people(),
        "site": passkeys.site_of(request),
    }
    return render(request, "web/sign_in.html", context)


def _go_on(request: HttpRequest, user: User, then: str) -> HttpResponse:
    if factors.has_one(user):
        entering.wait_for_second(request, user, then, real_now())
        return redirect("sign_in_code")
    return let_in(request, user, then, proven=False)


@sensitive_post_parameters("code")
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    waiting = entering.half_in(request, real_now())
    if waiting is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if entering.second_shown(request, waiting.user, form.cleaned_data["code"], real_now()):
            return let_in(request, waiting.user, waiting.then, proven=True, vouched=waiting.vouched)
        form.add_error(
            "code", _("This code is wrong or was used, or there were too many attempts.")
        )
    with opened():
        has_passkey = Passkey.objects.filter(user=waiting.user).exists()
    site = passkeys.site_of(request) if has_passkey else None
    return render(request, "web/sign_in_code.html", {"form": form, "site": site})


@require_POST
def sign_in_sample(request: HttpRequest) -> HttpResponse:
    """Step in as a sample person, where there are any."""
    people = {str(user.pk): user for user in User.objects.filter(sample=True, is_active=True)}
    chosen = people.get(request.POST.get("person", ""))
    if not settings.FENGHUO_SAMPLE_PEOPLE or chosen is None:
        raise Http404
    return let_in(request, chosen, then_of(request), proven=True)


def let_in(
    request: HttpRequest,
    user: User,
    then: str,
    *,
    proven: bool,
    vouched: int | None = None,
    letters: Sequence[Letter] = (),
) -> HttpResponse:
    entering.enter(request, user, proven=proven, vouched=vouched)
    response = Posted(then or reverse("home"), letters)
    entering.greet(response, request, user)
    return response


def then_of(request: HttpRequest) -> str:
    """Where they want to go on: a page of ours, or nothing."""
    then = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        then, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return then if ours else ""
