"""My account → Sessions: where one is signed in, and ending that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitor.accounts.entrance import sessions
from monitor.accounts.models import Session
from monitor.accounts.walls.gates import actor_of, person_of, signed_in
from monitor.web.agents import described
from monitor.web.clock import real_now
from monitor.web.means import own_means


@never_cache
@signed_in
@own_means
def own_sessions(request: HttpRequest) -> HttpResponse:
    alive = Session.objects.for_actor(actor_of(request)).filter(expire_date__gt=real_now())
    current = sessions.current(request.session)
    rows = [(row, described(row.device), row.pk == current) for row in alive]
    return render(request, "web/sessions.html", {"rows": rows})


@require_POST
@signed_in
@own_means
def end_session(request: HttpRequest) -> HttpResponse:
    """One of the others; the page to sign out is for this one."""
    if not sessions.end(person_of(request), request.POST.get("session", "")):
        raise Http404
    messages.success(request, _("The session has ended."))
    return redirect("sessions")


@require_POST
@signed_in
@own_means
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    sessions.end_others(person_of(request), request.session)
    messages.success(request, _("All other sessions have ended."))
    return redirect("sessions")
