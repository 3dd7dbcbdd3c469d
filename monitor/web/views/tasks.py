"""What is left to do: one's own tasks, the board of one's organisation, and doing them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.models import Membership
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs, own
from monitor.accounts.walls.policy import Action
from monitor.cases.models import Task
from monitor.cases.work import doing
from monitor.cases.work.boards import Wanted, board, my_tasks
from monitor.web.case_tasks import columns
from monitor.web.clock import now, real_now
from monitor.web.filters import one

MINE, OURS = "mine", "ours"


@require_safe
@needs(Action.READ_ANSWERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """`?whose=mine|ours`: one's own, or all of the organisation that one acts for."""
    actor = actor_of(request)
    whose = one(request, "whose", (MINE, OURS), MINE)
    if whose == MINE:
        found = my_tasks(actor, now())
    else:
        found = board(actor, now(), Wanted(organisation=own(actor).pk))
    context = {"whose": whose, "columns": columns(found), "hands": hands(actor)}
    return render(request, "web/tasks.html", context)


def hands(actor: Actor) -> list[Membership]:
    """To whom of the own organisation a task may be handed; nobody for whoever looks on."""
    if actor.organisation is None or not actor.whose(Action.EDIT_ANSWERS):
        return []
    rows = Membership.objects.for_actor(actor).filter(
        organisation=actor.organisation, ended_at=None, role__in=doing.HANDS
    )
    return list(rows.select_related("user").order_by("since", "pk"))


@require_POST
@needs(Action.EDIT_ANSWERS)
def take_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, lambda actor, at: doing.take(actor, pk, at), _("It is yours."))


@require_POST
@needs(Action.EDIT_ANSWERS)
def finish_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    anyhow = "anyhow" in request.POST

    def finish(actor: Actor, at: datetime) -> Task:
        return doing.finish(actor, pk, at, anyhow=anyhow)

    return _done(request, pk, finish, _("It is done."))


@require_POST
@needs(Action.EDIT_ANSWERS)
def hand_over_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`to`: a membership of the own organisation."""
    found = [each for each in hands(actor_of(request)) if str(each.pk) == request.POST.get("to")]
    if not found:
        raise Http404
    to = found[0].user
    return _done(
        request, pk, lambda actor, at: doing.hand_over(actor, pk, to, at), _("It is handed over.")
    )


def _done(
    request: HttpRequest, pk: int, act: Callable[[Actor, datetime], Task], said: str
) -> HttpResponseBase:
    """Back to the page that it was done on: that of the case, or the tasks."""
    actor = actor_of(request)
    task: Task = get_object_or_404(_seen(actor), pk=pk)
    try:
        act(actor, real_now())
        messages.success(request, said)
    except (PermissionDenied, doing.NotTheirs) as error:
        raise Http404 from error
    except doing.Blocked:
        messages.warning(request, _("Others come first: it is not done yet."))
    if request.POST.get("back") == "case":
        return redirect("case", pk=task.case_id)
    return redirect("tasks")


def _seen(actor: Actor) -> "QuerySet[Task]":
    rows: QuerySet[Task] = Task.objects.for_actor(actor)
    return rows
