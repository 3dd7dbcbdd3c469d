"""Firms that may be one: proposed, compared, made one and taken apart again, or told apart."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, demand, needs
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of, reaches
from monitor.bases import merging, telling_apart
from monitor.bases.duplicates import proposed
from monitor.bases.models import Distinction, Enterprise, Merger
from monitor.bases.telling_apart import undecided
from monitor.impact.room import ask_again
from monitor.web.clock import real_now
from monitor.web.member_forms import DistinctionForm, MergeForm
from monitor.web.views.firms import own_of


@require_safe
@needs(Action.MERGE)
def duplicates(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    mergers = Merger.objects.for_actor(actor).select_related("kept", "merged", "decided_by")
    said = Distinction.objects.for_actor(actor).filter(withdrawn_at=None)
    apart = list(said.select_related("first", "second", "said_by"))
    pairs = undecided(proposed(_reached(actor)), apart)
    context = {"pairs": pairs, "mergers": mergers, "apart": apart}
    return render(request, "web/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.MERGE)
def merge(request: HttpRequest, kept: int, merged: int) -> HttpResponseBase:
    """The two side by side; whose value stays is chosen field by field, with a reason."""
    actor = actor_of(request)
    first, second = _two(actor, kept, merged)
    form = MergeForm(
        first,
        second,
        *((request.POST,) if request.method == "POST" else ()),
        figures=_figures(actor, first, second),
    )
    if form.is_valid() and _merged(request, first, second, form):
        return redirect("firm", pk=first.pk)
    return _compared(request, first, second, form, DistinctionForm())


@require_POST
@needs(Action.MERGE)
def tell_apart(request: HttpRequest, one: int, other: int) -> HttpResponseBase:
    """They are two, with a reason: not proposed again."""
    actor = actor_of(request)
    first, second = _two(actor, one, other)
    form = DistinctionForm(request.POST)
    if form.is_valid():
        telling_apart.tell_apart(actor, first, second, form.cleaned_data["why"], real_now())
        messages.success(request, _("The two are not proposed again."))
        return redirect("duplicates")
    comparing = MergeForm(first, second, figures=_figures(actor, first, second))
    return _compared(request, first, second, comparing, form)


@require_POST
@needs(Action.MERGE)
def withdraw_distinction(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Distinction.objects.for_actor(actor).select_related("first", "second")
    found = get_object_or_404(rows, pk=pk, withdrawn_at=None)
    for firm in (found.first, found.second):
        demand(actor, Action.MERGE, firm)
    telling_apart.withdraw(actor, found, real_now())
    messages.success(request, _("The two may be proposed again."))
    return redirect("duplicates")


@require_POST
@needs(Action.MERGE)
def undo_merger(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Merger.objects.for_actor(actor).select_related("kept")
    found = get_object_or_404(rows, pk=pk, undone_at=None)
    demand(actor, Action.MERGE, found.kept)
    try:
        merging.undo(actor, found, real_now())
    except merging.CannotUndoError:
        messages.error(
            request,
            _(
                "It cannot be undone: undo a later merger first, or rename the firm that has the "
                "name now."
            ),
        )
    else:
        ask_again()
        messages.success(request, _("Both firms are there again."))
    return redirect("duplicates")


def _merged(request: HttpRequest, first: Enterprise, second: Enterprise, form: MergeForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        merging.merge(actor_of(request), first, second, form.taken(), reason, real_now())
    except merging.BothActedForError:
        form.add_error(
            None,
            _("People act for both firms, and would see each other's figures: the office decides."),
        )
    except merging.CannotMergeError:
        form.add_error(None, _("These two cannot be made one."))
    else:
        # Which firms a measure touches is said by name in what was assessed.
        ask_again()
        messages.success(request, _("The two firms are one."))
        return True
    return False


def _two(actor: Actor, one: int, other: int) -> tuple[Enterprise, Enterprise]:
    """Raises Http404 where the actor may not decide about both, or they are one row."""
    rows = _reached(actor)
    return get_object_or_404(rows, pk=one), get_object_or_404(rows.exclude(pk=one), pk=other)


def _compared(
    request: HttpRequest,
    first: Enterprise,
    second: Enterprise,
    form: MergeForm,
    apart: DistinctionForm,
) -> HttpResponse:
    wrong = form.errors or apart.errors
    context = {"first": first, "second": second, "form": form, "apart": apart}
    return render(request, "web/merge.html", context, status=400 if wrong else 200)


def _reached(actor: Actor) -> QuerySet[Enterprise]:
    mine = of(actor, Action.MERGE)
    rows = Enterprise.objects.for_actor(actor).select_related("organisation")
    return rows.none() if mine is None else rows.filter(mine)


def _figures(actor: Actor, first: Enterprise, second: Enterprise) -> bool:
    """Whether both show theirs to the actor: else the kept firm's stays, unseen."""
    return all(reaches(actor, Action.READ_FIGURES, own_of(firm)) for firm in (first, second))
