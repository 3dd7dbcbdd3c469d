"""The legal calendar of a case: dates that explain themselves, and what people know of them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.knowing import UnknownNameError, know, take_over
from monitor.cases.models import Adopted, Case, Proceeding, Respondent
from monitor.cases.outcomes.expecting import outlook
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.respondents import ChangedMeanwhileError
from monitor.cases.sharing import may_share_case
from monitor.web.cases import page as case_page
from monitor.web.cases.calendar import dates as case_dates
from monitor.web.cases.calendar.gantt import picture
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.forms import DateForm, HappenedForm, PauseForm
from monitor.web.cases.listing import is_firm, theirs
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in, offer

HAPPENED, DATE, PAUSE = "happened", "date", "pause"
"""Which of the forms of a proceeding was sent."""
KnownForm = HappenedForm | DateForm | PauseForm


@require_safe
@needs(Action.READ_CASES)
def case_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """`?mine=1`: only what is the reader's."""
    return _page(request, seen_case(actor_of(request), pk))


@require_POST
@needs(Action.EDIT_CASES)
@handed_in
def know_day(request: HttpRequest, pk: int, proceeding: int) -> HttpResponseBase:
    """What no notice says: that something happened, is printed, postponed or extended, that all was
    tolled or stayed."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    if not _may_edit(actor, case):
        raise Http404
    rows = Proceeding.objects.for_actor(actor).filter(case=case)
    row = get_object_or_404(rows.select_related("case", "measure"), pk=proceeding)
    sheet = case_dates.sheets(actor, case, [row], today())[0]
    which = request.POST.get("form", "")
    form = _forms(sheet, _ours(actor, case), request.POST).get(which)
    if form is None:
        raise Http404
    if form.is_valid():
        return _known(request, row, form)
    return _page(request, case, {(row.pk, which): form}, status=400)


def _known(request: HttpRequest, row: Proceeding, form: KnownForm) -> HttpResponseBase:
    try:
        moved = know(row, form.word(), actor_of(request), real_now())
    except (MayNotError, UnknownNameError) as error:
        raise Http404 from error
    said = _("It is written down; %(count)d dates moved.") if moved else _("It is written down.")
    messages.success(request, said % {"count": len(moved)} if moved else said)
    return redirect("case_calendar", pk=row.case_id)


@require_POST
@needs(Action.EDIT_CASES)
def take_over_date(request: HttpRequest, pk: int, date: int) -> HttpResponseBase:
    """The date goes by the rules as they are now, if they still say what the reader was shown."""
    actor = actor_of(request)
    rows = Adopted.objects.for_actor(actor).filter(proceeding__case=seen_case(actor, pk))
    dressed = rows.select_related("proceeding__case", "respondent__organisation")
    adopted = get_object_or_404(dressed.exclude(proposed=None), pk=date)
    shown = case_dates.proposal(adopted).mark == request.POST.get("mark")
    if shown and _taken_over(actor, adopted):
        messages.success(request, _("The date goes by the rules as they are now."))
    else:
        messages.warning(request, _("The rules say something else meanwhile: look at it again."))
    return redirect("case_calendar", pk=pk)


def _taken_over(actor: Actor, adopted: Adopted) -> bool:
    """False: the rules have changed between reading and writing."""
    try:
        take_over(adopted, actor, real_now())
    except MayNotError as error:
        raise Http404 from error
    except ChangedMeanwhileError:
        return False
    return True


# --- The page ------------------------------------------------------------------------------------

Refused = dict[tuple[int, str], KnownForm]
"""By proceeding and form."""


def _page(
    request: HttpRequest, case: Case, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    mine = request.GET.get("mine") == "1"
    proceedings = case_page.proceedings_of(actor, case)
    sheets = case_dates.sheets(actor, case, proceedings, today(), mine=mine)
    may_edit = _may_edit(actor, case)
    firms = _ours(actor, case) if may_edit else []
    shown = {s.row.pk: _shown(s, firms, refused or {}, may=may_edit) for s in sheets}
    _offer(request, case, shown)
    context: dict[str, Any] = {
        "case": case,
        "sheets": [
            (sheet, _pictured(actor, sheet), shown[sheet.row.pk], _is_folded(sheet, shown))
            for sheet in sheets
        ],
        "ahead": outlook(proceedings),
        "moves": case_dates.moves(actor, case),
        "mine": mine,
        "is_firm": is_firm(actor),
        "may_edit": may_edit,
        "may_share": may_share_case(actor, case),
    }
    return render(request, "web/case_calendar.html", context, status=status)


Forms = list[tuple[str, KnownForm, bool]]


def _offer(request: HttpRequest, case: Case, shown: Mapping[int, Forms]) -> None:
    """What was typed into any of the forms, to be taken up again."""
    forms: dict[str, Form] = {
        f"{reverse('know_day', args=[case.pk, proceeding])}#{which}": form
        for proceeding, of_it in shown.items()
        for which, form, _refused in of_it
    }
    if forms:
        offer(request, forms, reverse("case_calendar", args=[case.pk]))


def _is_folded(sheet: case_dates.Sheet, shown: Mapping[int, Forms]) -> bool:
    """A proceeding that is over, unless somebody is typing there, or rules propose something."""
    typing = any(
        refused or form.draft.taken  # type: ignore[union-attr] # `offer` puts it there
        for _which, form, refused in shown[sheet.row.pk]
    )
    return sheet.row.ended is not None and not typing and not sheet.proposals


def _pictured(actor: Actor, sheet: case_dates.Sheet) -> object:
    dates = [row for month in sheet.ahead for row in month.dates]
    return picture(dates, today(), theirs(actor))


def _shown(
    sheet: case_dates.Sheet, firms: list[Respondent], refused: Refused, *, may: bool
) -> Forms:
    """(which, the form, whether it was refused); none where there is nothing to be known."""
    if not may or sheet.ruleset is None:
        return []
    return [
        (which, refused.get((sheet.row.pk, which), form), (sheet.row.pk, which) in refused)
        for which, form in _forms(sheet, firms).items()
    ]


def _forms(
    sheet: case_dates.Sheet, firms: list[Respondent], data: Any = None
) -> dict[str, KnownForm]:
    pk = sheet.row.pk
    return {
        HAPPENED: HappenedForm(f"{HAPPENED}-{pk}", sheet.events, data),
        DATE: DateForm(f"{DATE}-{pk}", sheet.rules, firms, data),
        PAUSE: PauseForm(f"{PAUSE}-{pk}", data),
    }


def _ours(actor: Actor, case: Case) -> list[Respondent]:
    """To whom alone something may be extended."""
    rows = Respondent.objects.for_actor(actor).filter(case=case, organisation__isnull=False)
    return list(rows.select_related("organisation", "case").order_by("pk"))


def _may_edit(actor: Actor, case: Case) -> bool:
    if case.closed_at is not None:
        return False
    try:
        ask_case(actor, case)
    except MayNotError:
        return False
    return True
