"""The page on which a person says whether they are reminded by mail of what they have to do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alerts.models import Channel
from alerts.personal import EMAIL, reach
from alerts.recipients import unsubscribe
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.gates import actor_of, person_of, signed_in
from monitor.web.means import own_means


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@own_means
def own_reminders(request: HttpRequest) -> HttpResponseBase:
    """`on`: `1` where mail is wanted, empty where it is not."""
    if request.method == "POST":
        _set(request, wanted=request.POST.get("on") == "1")
        return redirect("own_reminders")
    return _page(request)


def _set(request: HttpRequest, *, wanted: bool) -> None:
    mail = _mail(actor_of(request))
    with opened():  # it is their own
        if wanted:
            reach(person_of(request))
            messages.success(request, _("You are reminded by mail from now on."))
        elif mail is not None:
            unsubscribe(mail)
            messages.success(request, _("No more reminders by mail."))


def _page(request: HttpRequest) -> HttpResponse:
    mail = _mail(actor_of(request))
    return render(request, "alerts/own_reminders.html", {"mail": mail})


def _mail(actor: Actor) -> Channel | None:
    rows = Channel.objects.for_actor(actor).filter(recipient__person=actor.user, kind=EMAIL)
    return rows.first()
