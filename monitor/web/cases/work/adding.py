"""A task added to a case by hand."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.cases.models import Adopted, Case, CaseChamber, Respondent, Task
from monitor.cases.permission import MayNotError
from monitor.cases.sharing import may_share_case
from monitor.cases.work import doing, editing
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.work.forms import AddTaskForm
from monitor.web.cases.work.views import hands
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in, offer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_ANSWERS)
@handed_in
def add_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    firms = _firms(actor, case)
    organisations = _organisations(actor, case, firms)
    if not organisations or case.closed_at is not None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = AddTaskForm(organisations, hands(actor), _dates(actor, case), data)
    if form.is_bound and form.is_valid():
        made = _added(actor, case, firms, form)
        messages.success(request, _("The task is added."))
        return redirect("task", pk=made.pk)
    return _page(request, case, form)


def _added(actor: Actor, case: Case, firms: list[Respondent], form: AddTaskForm) -> Task:
    given, now, whose = form.cleaned_data, real_now(), form.organisation_()
    draft = editing.Draft(
        title_zh=given["title_zh"],
        title_en=given["title_en"],
        note=given["note"],
        who=given["who"],
        checks=form.checks_(),
        respondent=next((f for f in firms if f.organisation_id == whose.pk), None),
        date=form.date_(),
        lead=form.lead(),
        due=given["due"],
    )
    try:
        with transaction.atomic():
            made = editing.add(actor, case, whose, draft, now)
            owner = form.owner_()
            return doing.hand_over(actor, made.pk, owner.user, now) if owner else made
    except MayNotError as error:
        raise Http404 from error


def _firms(actor: Actor, case: Case) -> list[Respondent]:
    """Those that the actor may give something to do."""
    mine = of(actor, Action.EDIT_ANSWERS)
    rows = Respondent.objects.for_actor(actor).filter(case=case, organisation__isnull=False)
    found = rows.filter(mine) if mine else rows.none()
    return list(found.select_related("organisation", "case").order_by("pk"))


def _organisations(actor: Actor, case: Case, firms: list[Respondent]) -> list[Organisation]:
    """The actor's own first, where it has a part in the case."""
    own = actor.organisation
    theirs = [firm.organisation for firm in firms if firm.organisation]
    seats = CaseChamber.objects.for_actor(actor).filter(case=case, ended_at=None)
    if own is None or not (own in theirs or seats.filter(organisation=own).exists()):
        return []
    return list(dict.fromkeys([own, *theirs]))


def _dates(actor: Actor, case: Case) -> list[Adopted]:
    """Those to come, and those that have no day yet."""
    rows = Adopted.objects.for_actor(actor).filter(proceeding__case=case, gone_at=None)
    dressed = rows.select_related("proceeding__measure").exclude(day__lt=today())
    return list(dressed.order_by("day", "pk"))


def _page(request: HttpRequest, case: Case, form: AddTaskForm) -> HttpResponse:
    here = reverse("add_task", args=[case.pk])
    offer(request, {here: form}, here)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "may_share": may_share_case(actor_of(request), case),
    }
    return render(request, "web/add_task.html", context, status=400 if form.errors else 200)
