"""What somebody types into a form is kept for them until they hand it in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitor.accounts.walls.gates import actor_of, signed_in
from monitor.cases import drafts
from monitor.web.clock import real_now
from monitor.web.drafts import KEY, OF, typed


@require_POST
@signed_in
def keep_draft(request: HttpRequest) -> HttpResponse:
    """The fields of a form, with where it is sent to and the key of its opening. 204; 413 where it
    is too much, 400 where it is no form of ours."""
    sent = request.POST
    try:
        drafts.keep(actor_of(request), sent.get(OF, ""), sent.get(KEY, ""), typed(sent), real_now())
    except drafts.TooLarge:
        return HttpResponse(status=413)
    except ValueError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@require_POST
@signed_in
def throw_draft_away(request: HttpRequest) -> HttpResponseBase:
    """Back to the page (`page`) that offered it."""
    sent = request.POST
    if drafts.throw_away(actor_of(request), sent.get(KEY, "")):
        messages.success(request, _("What was kept is thrown away."))
    page = sent.get("page", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(page if is_ours and page.startswith("/") else "home")
