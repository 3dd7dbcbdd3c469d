"""The keys by which programs act for the reader's organisation."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.models import ApiKey
from monitor.accounts.secrets import keys as accounts_keys
from monitor.accounts.secrets.keys import Wish
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.web.clock import real_now

SCOPES = {
    Action.READ_PUBLIC: gettext_lazy("Read notices and measures"),
    Action.EXPORT: gettext_lazy("Take away the whole result of a search"),
    Action.READ_BASES: gettext_lazy("Read what bases export, and what is at stake"),
    Action.READ_TOTALS: gettext_lazy("Read totals that few firms make up"),
    Action.READ_FIRM: gettext_lazy("Read firms' names and products"),
    Action.EDIT_FIRM: gettext_lazy("Change firms' names and products"),
    Action.READ_FIGURES: gettext_lazy("Read firms' confidential figures"),
    Action.EDIT_FIGURES: gettext_lazy("Change firms' confidential figures"),
    Action.READ_WARNINGS: gettext_lazy("Read warnings and saved searches"),
    Action.EDIT_WARNINGS: gettext_lazy("Change warnings and saved searches"),
}
DAYS = (30, 90, 365)


class KeyForm(forms.Form):
    name = forms.CharField(max_length=120, label=gettext_lazy("What it is for"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What a program may do with it"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Valid for"), coerce=int, initial=90)

    def __init__(self, actor: Actor, *given: Any) -> None:
        super().__init__(*given)
        offered = accounts_keys.on_offer(actor)
        self.fields["scopes"].choices = [(a.value, SCOPES[a]) for a in SCOPES if a in offered]  # type: ignore[attr-defined]
        self.fields["days"].choices = [(n, _("%(count)d days") % {"count": n}) for n in DAYS]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(given["name"], [Action(word) for word in given["scopes"]], given["days"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.HOLD_KEYS)
def keys(request: HttpRequest) -> HttpResponse:
    """The organisation's keys, and making one. It is shown in the answer to the form, this once."""
    actor = actor_of(request)
    form = KeyForm(actor, *((request.POST,) if request.method == "POST" else ()))
    made, secret = None, ""
    if form.is_bound and form.is_valid():
        made, secret = accounts_keys.make(actor, form.wish(), real_now())
        form = KeyForm(actor)
    held = ApiKey.objects.for_actor(actor).select_related("made_by").order_by("-created_at", "-pk")
    context = {"form": form, "keys": [_row(key) for key in held], "made": made, "secret": secret}
    return render(request, "web/keys.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Action.HOLD_KEYS)
def revoke_key(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    key = get_object_or_404(ApiKey.objects.for_actor(actor), pk=pk)
    accounts_keys.revoke(actor, key, real_now())
    back: HttpResponseRedirect = redirect("keys")
    return back


def _row(key: ApiKey) -> dict[str, Any]:
    scopes = [SCOPES[action] for action in SCOPES if action in key.scopes]
    return {"key": key, "scopes": scopes, "open": key.is_open(real_now())}
