"""A password that was forgotten, or is chosen for the first time."""

from django.contrib.auth.views import PasswordResetConfirmView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from monitor.accounts.entrance import entering, resets, sessions
from monitor.accounts.entrance.braking import network_of
from monitor.accounts.models import User
from monitor.web.clock import real_now
from monitor.web.forms import ForgottenForm
from monitor.web.letters import Posted


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says the same whether somebody has the address or nobody."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = network_of(request.META.get("REMOTE_ADDR") or "")
        letters = resets.asked_for(form.cleaned_data["address"], network, real_now())
        return Posted(reverse("forgotten_sent"), letters)
    return render(request, "web/forgotten.html", {"form": form})


def forgotten_sent(request: HttpRequest) -> HttpResponse:
    title = _("Look into your mail")
    said = _(
        "If somebody has this address, a link to choose a password is on its way to it. If nothing "
        "comes within a few minutes, look whether it was taken for spam."
    )
    return render(request, "web/told.html", {"title": title, "said": said})


class Reset(PasswordResetConfirmView):
    """Django's, and everything that was signed in with the old password is signed out. The mail
    proved whose the account is, so the device is known from now on; a second factor is asked for
    as ever."""

    template_name = "web/reset.html"
    success_url = reverse_lazy("sign_in")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[arg-type]
        user = self.user
        if not isinstance(user, User):
            raise TypeError("the link is of nobody who could sign in")
        sessions.end_all(user)
        entering.greet(response, self.request, user)
        return response
