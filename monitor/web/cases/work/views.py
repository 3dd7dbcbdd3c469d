"""What is left to do: one's own tasks, the board of one's organisation, and doing them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.models import Membership
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs, own
from monitor.accounts.walls.policy import Action, Whose
from monitor.cases.models import Task
from monitor.cases.permission import MayNotError
from monitor.cases.work import doing
from monitor.cases.work.boards import Wanted, board, my_tasks
from monitor.web.cases.listing import has_sample
from monitor.web.cases.work import passed
from monitor.web.cases.work.board import columns
from monitor.web.clock import now, real_now
from monitor.web.filters import one
from monitor.web.templatetags.cases import tasktitle
from monitor.web.text import tame

MINE, OURS = "mine", "ours"


@require_safe
@needs(Action.READ_TASKS)
def tasks(request: HttpRequest) -> HttpResponse:
    """`?whose=mine|ours`: one's own, or all of the organisation that one acts for; of counsel, who
    has none of its own, all that it was given."""
    actor = actor_of(request)
    is_counsel = actor.whose(Action.READ_TASKS) == {Whose.SHARED}
    whose = OURS if is_counsel else one(request, "whose", (MINE, OURS), MINE)
    if is_counsel:
        found = board(actor, now())
    elif whose == MINE:
        found = my_tasks(actor, now())
    else:
        found = board(actor, now(), Wanted(organisation=own(actor).pk))
    shown = columns(found)
    context = {
        "whose": whose,
        "is_counsel": is_counsel,
        "columns": shown,
        "hands": hands(actor),
        "passed": passed.listed(actor) if whose == OURS and not is_counsel else (),
        "sample": has_sample(actor, (card.of.case for each in shown for card in each.cards)),
    }
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
    """Back to the page that it was done on: that of the case or of the task, or the tasks."""
    actor = actor_of(request)
    task: Task = get_object_or_404(_seen(actor), pk=pk)
    try:
        act(actor, real_now())
        messages.success(request, said)
    except (MayNotError, doing.NotTheirs) as error:
        raise Http404 from error
    except doing.Blocked as blocked:
        messages.warning(request, _first(blocked))
    if request.POST.get("back") == "case":
        return redirect("case", pk=task.case_id)
    if request.POST.get("back") == "task":
        return redirect("task", pk=pk)
    return redirect("tasks")


def _first(blocked: doing.Blocked) -> str:
    """That others come first, and which of them, as far as the reader sees them."""
    said = _("Others come first: it is not done yet.")
    names = pgettext("between words", ", ").join(tasktitle(each) for each in blocked.by)
    return f"{said} {tame(names)}" if names else said


def _seen(actor: Actor) -> "QuerySet[Task]":
    rows: QuerySet[Task] = Task.objects.for_actor(actor)
    return rows
