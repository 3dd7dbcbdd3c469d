"""What is closed to whoever came in by the word of their organisation's provider."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from monitor.accounts.walls.gates import actor_of

P = ParamSpec("P")


def own_means(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view shows or changes what is the person's own whatever organisation they act for, or
    what lets people in: a provider's word is not enough for it."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request).vouched:
            return closed(request)
        return view(request, *args, **kwargs)

    return asked


def closed(request: HttpRequest) -> HttpResponse:
    title = _("Not by your organisation's account")
    said = _(
        "You came in by your organisation's account, which opens what you do for it. For this page "
        "sign in with your password or a passkey of your own; if you have none, choose a password "
        "by “I have forgotten my password”."
    )
    return render(request, "web/told.html", {"title": title, "said": said}, status=403)
