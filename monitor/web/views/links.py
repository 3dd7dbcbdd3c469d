"""Feeds, and the secret links by which a feed reader may ask for them."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.models import Link
from monitor.accounts.secrets import links as accounts_links
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from monitor.web.clock import real_now
from monitor.web.feeds import feed, keyed, of_cases
from monitor.web.means import own_means


class LinkForm(forms.Form):
    name = forms.CharField(max_length=120, label=gettext_lazy("What it is for"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.MAKE_LINKS)
@own_means
def links(request: HttpRequest) -> HttpResponse:
    """The reader's own links, and making one. Its secret is shown in the answer to the form, this
    once."""
    actor = actor_of(request)
    form = LinkForm(request.POST if request.method == "POST" else None)
    made, secret = "", ""
    if form.is_bound and form.is_valid():
        made = form.cleaned_data["name"]
        secret = accounts_links.make(actor, made, real_now())
        form = LinkForm()
    own = Link.objects.for_actor(actor).select_related("organisation").order_by("-created_at")
    bases = list(Base.objects.all()) if actor.whose(Action.READ_BASES) else []
    context = {
        "form": form,
        "links": own,
        "made": made,
        "feeds": [(base, feed(base)) for base in bases],
        "case_feed": of_cases(secret) if secret and actor.whose(Action.READ_CASES) else "",
        "secret_feeds": [(base, keyed(base, secret)) for base in bases] if secret else [],
    }
    return render(request, "web/links.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Action.MAKE_LINKS)
@own_means
def revoke_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not accounts_links.revoke(actor_of(request), pk, real_now()):
        raise Http404
    back: HttpResponseRedirect = redirect("links")
    return back
