"""My account: name, language, zone, password, mail address, and for whom one acts."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.entrance import entering, factors, mail_changes, sessions
from monitor.accounts.entrance.oidc import people
from monitor.accounts.walls.gates import actor_of, memberships_of, person_of, signed_in
from monitor.accounts.walls.middleware import ACTING_FOR
from monitor.web.clock import real_now
from monitor.web.forms import ActingForm, ChangePasswordForm, MailForm, ReadingForm
from monitor.web.letters import Posted
from monitor.web.means import own_means


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What one is called, and how one reads."""
    user = person_of(request)
    form = ReadingForm(request.POST or None, instance=user)
    # By it others know them, for whomever they act.
    form.fields["name"].disabled = actor_of(request).vouched
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(user.language):
            messages.success(request, _("Saved."))
        response = redirect("account")
        entering.speak(response, user.language)
        return response
    context = {
        "form": form,
        "has_second": factors.has_one(user),
        "codes_left": factors.codes_left(user),
        "under_way": mail_changes.under_way(user, real_now()),
        "memberships": memberships_of(request),
        "ways": people.ways(user, memberships_of(request)),
    }
    return render(request, "web/account.html", context)


@require_POST
@signed_in
def acting(request: HttpRequest) -> HttpResponse:
    """Act for another organisation from now on. The page that one was on may be none of its."""
    form = ActingForm(memberships_of(request), request.POST)
    if not form.is_valid():
        raise Http404
    request.session[ACTING_FOR] = form.cleaned_data["organisation"]
    return redirect("home")


@sensitive_post_parameters()
@never_cache
@signed_in
@own_means
def password(request: HttpRequest) -> HttpResponse:
    """Another password; every other session ends."""
    user = person_of(request)
    form = ChangePasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        ended = sessions.end_others(user, request.session)
        messages.success(request, _("The password is changed."))
        if ended:
            messages.info(request, _("All other sessions have ended."))
        return redirect("account")
    return render(request, "web/password.html", {"form": form})


@sensitive_post_parameters("password")
@never_cache
@signed_in
@own_means
def mail(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    form = MailForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        letters = mail_changes.ask(user, form.cleaned_data["address"], real_now())
        messages.success(
            request, _("A link is on its way to the new address: open it to confirm the change.")
        )
        return Posted(reverse("account"), letters)
    return render(request, "web/mail.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Public: whoever has the link has the new address. A GET changes nothing, because the scanners
    of mail gateways follow every link."""
    change = mail_changes.to_confirm(secret, real_now())
    if change is None:
        raise Http404
    if request.method == "POST":
        if not mail_changes.confirm(change, real_now()):
            raise Http404
        change.user.refresh_from_db()
        said = _("From now on you sign in with %(address)s.") % {"address": change.new}
        title = _("The mail address is changed")
        response = render(request, "web/told.html", {"title": title, "said": said})
        if request.user == change.user:
            entering.greet(response, request, change.user)
        return response
    return render(request, "web/mail_confirm.html", {"change": change})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_undo(request: HttpRequest, secret: str) -> HttpResponse:
    """Public: whoever has the link has the old address."""
    change = mail_changes.to_undo(secret, real_now())
    if change is None:
        raise Http404
    if request.method == "POST":
        letters = mail_changes.undo(change, real_now())
        return Posted(reverse("mail_undone"), letters)
    return render(request, "web/mail_undo.html", {"change": change})


def mail_undone(request: HttpRequest) -> HttpResponse:
    title = _("The mail address stays as it was")
    said = _(
        "Every session has ended, and the password no longer lets anybody in: a link to choose "
        "another one is on its way to you."
    )
    return render(request, "web/told.html", {"title": title, "said": said})
