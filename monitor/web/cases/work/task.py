"""One task: reading it, writing into it, and what else is done with it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.models import Task
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from monitor.cases.sharing import may_share_case
from monitor.cases.work import doing, editing, passing, proposing
from monitor.web.cases.work import page, passed
from monitor.web.cases.work.forms import BlockForm, CheckForm, DropForm, EditTaskForm, PassForm
from monitor.web.cases.work.history import history
from monitor.web.cases.work.views import hands
from monitor.web.clock import real_now
from monitor.web.drafts import handed_in, offer

MINE, THEIRS, BOTH = "mine", "theirs", "both"
"""What is to stand where two have written: as in the field, the other's text, one after the
other."""


@dataclass
class Refused:
    """Forms that were refused; `overtaken`: by whom and in what the first was."""

    edit: EditTaskForm | None = None
    check: CheckForm | None = None
    drop: DropForm | None = None
    passing: PassForm | None = None
    overtaken: Overtaken | None = None


@require_safe
@needs(Action.READ_TASKS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one that was passed on, for whoever had it: what they had."""
    actor = actor_of(request)
    found = page.seen(actor, pk)
    if found is not None:
        return _page(request, found)
    left = passing.left_by(actor, pk)
    if left is None:
        raise Http404
    return render(request, "web/task_passed.html", passed.context(actor, left))


@require_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def edit_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who comes second with the same field gets both texts, and says which is to stand: for each
    such field `settle-<name>`: mine, theirs or both."""
    found = _edited(request, pk)
    form = EditTaskForm(found, _settled(request, found))
    if not form.is_valid():
        return _page(request, found, Refused(edit=form), status=400)
    actor, given = actor_of(request), form.cleaned_data
    try:
        editing.edit(actor, pk, given["version"], form.wanted(), real_now())
    except Overtaken as overtaken:
        found = _edited(request, pk)
        again = EditTaskForm(found, {**request.POST.dict(), "version": found.version})
        return _page(request, found, Refused(edit=again, overtaken=overtaken), status=409)
    messages.success(request, _("It is written down."))
    return redirect("task", pk=pk)


def _settled(request: HttpRequest, found: Task) -> dict[str, Any]:
    """The form as it was sent, with what was chosen between two texts."""
    data: dict[str, Any] = request.POST.dict()
    for name in editing.EDITABLE:
        theirs = getattr(found, name)
        match data.pop(f"settle-{name}", MINE):
            case "theirs" if name == "lead":
                data |= {"days": abs(theirs), "side": "before" if theirs >= 0 else "after"}
            case "theirs":
                data[name] = theirs
            case "both":
                data[name] = f"{theirs}\n\n{data.get(name, '')}"
    return data


@require_POST
@needs(Action.EDIT_ANSWERS)
def tick_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`check`: its id; `done`: `1`, or empty."""
    _edited(request, pk)
    done = request.POST.get("done") == "1"
    try:
        doing.tick(actor_of(request), pk, request.POST.get("check", ""), real_now(), done=done)
    except KeyError as error:
        raise Http404 from error
    return _back(pk, "checks")


@require_POST
@needs(Action.EDIT_ANSWERS)
def add_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = _edited(request, pk), CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, found, Refused(check=form), status=400)
    editing.add_check(actor_of(request), pk, form.cleaned_data["text"], real_now())
    return _back(pk, "checks")


@require_POST
@needs(Action.EDIT_ANSWERS)
def reopen_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    _edited(request, pk)
    doing.reopen(actor_of(request), pk, real_now())
    messages.success(request, _("It is open again."))
    return redirect("task", pk=pk)


@require_POST
@needs(Action.EDIT_ANSWERS)
def drop_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = _edited(request, pk), DropForm(request.POST)
    if not form.is_valid():
        return _page(request, found, Refused(drop=form), status=400)
    doing.drop(actor_of(request), pk, form.cleaned_data["because"], real_now())
    messages.success(request, _("It is dropped; whoever needs it can open it again."))
    return redirect("task", pk=pk)


@require_POST
@needs(Action.EDIT_ANSWERS)
def pass_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To another organisation of the case."""
    actor, found = actor_of(request), _edited(request, pk)
    receivers = passing.receivers(actor, found)
    if not receivers:
        raise Http404
    form = PassForm(receivers, request.POST)
    if not form.is_valid():
        return _page(request, found, Refused(passing=form), status=400)
    try:
        passing.pass_on(actor, pk, form.receiver(), form.cleaned_data["because"], real_now())
    except (MayNotError, doing.NotTheirs) as error:
        raise Http404 from error
    messages.success(request, _("It is passed on. They are told in their next reminder."))
    return redirect("task", pk=pk)


@require_POST
@needs(Action.EDIT_ANSWERS)
def block_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`by`: another task of the case; `off`: `1` where it is not to wait for that any more."""
    actor = actor_of(request)
    _edited(request, pk)
    act = doing.unblock if request.POST.get("off") == "1" else doing.block
    try:
        act(actor, pk, int(request.POST.get("by", "")), real_now())
    except (MayNotError, ValueError) as error:
        if not isinstance(error, doing.Circle):
            raise Http404 from error
        messages.warning(request, _("That one waits for this one already."))
    return _back(pk, "around")


@require_POST
@needs(Action.EDIT_ANSWERS)
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`follow`: `1` where the task is to be as the playbook says now, empty: as it is."""
    _edited(request, pk)
    act = proposing.follow if request.POST.get("follow") == "1" else proposing.keep
    try:
        act(actor_of(request), pk, real_now())
    except proposing.NothingProposed:
        messages.info(request, _("Somebody has answered to it already."))
    return redirect("task", pk=pk)


def _seen(request: HttpRequest, pk: int) -> Task:
    found = page.seen(actor_of(request), pk)
    if found is None:
        raise Http404
    return found


def _edited(request: HttpRequest, pk: int) -> Task:
    found = _seen(request, pk)
    if not page.may_edit(actor_of(request), found):
        raise Http404
    return found


def _back(pk: int, part: str) -> HttpResponseBase:
    return redirect(f"{reverse('task', args=[pk])}#{part}")


def _page(
    request: HttpRequest, found: Task, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    actor, refused = actor_of(request), refused or Refused()
    may = page.may_edit(actor, found)
    around = page.around(actor, found, editing=may)
    ours = actor.organisation is not None and actor.organisation.pk == found.organisation_id
    context: dict[str, Any] = {
        "task": found,
        "case": found.case,
        "may_edit": may,
        "hands": hands(actor) if may and ours else [],
        "because": page.because(actor, found),
        "around": around,
        "book": page.playbook(found),
        "proposal": page.proposal(found),
        "history": history(actor, found.pk, found.checks),
        "overtaken": refused.overtaken,
        "clashes": page.clashes(refused.overtaken) if refused.overtaken else [],
        "may_share": may_share_case(actor, found.case),
        "sample": found.case.sample,
    }
    if may:
        context |= _forms(request, found, refused, around)
    return render(request, "web/task.html", context, status=status)


def _forms(
    request: HttpRequest, found: Task, refused: Refused, around: page.Around
) -> dict[str, forms.Form]:
    edit = refused.edit or EditTaskForm(found)
    offer(request, {reverse("edit_task", args=[found.pk]): edit}, reverse("task", args=[found.pk]))
    made: dict[str, forms.Form] = {
        "edit": edit,
        "check": refused.check or CheckForm(),
        "drop": refused.drop or DropForm(),
    }
    receivers = passing.receivers(actor_of(request), found)
    if receivers:
        made["passing"] = refused.passing or PassForm(receivers)
    return made | ({"wait": BlockForm(around.others)} if around.others else {})
