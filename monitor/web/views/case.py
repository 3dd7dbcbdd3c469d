"""A case: where it stands, what comes next, who answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.models import Case, Respondent
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import CannotSayError, ChangedMeanwhileError, say
from monitor.cases.sharing import may_share_case
from monitor.cases.stakes import total
from monitor.cases.words import Answer
from monitor.cases.work.boards import Wanted, board
from monitor.web import case_page as page
from monitor.web.case_forms import AnswerForm, TheirAnswerForm
from monitor.web.case_tasks import columns
from monitor.web.cases import counted, is_firm, is_own, next_dates
from monitor.web.clock import now, real_now, today
from monitor.web.looked import looked
from monitor.web.views.case_file import seen_case
from monitor.web.views.tasks import hands


@require_safe
@needs(Action.READ_CASES)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_case(actor_of(request), pk))


@require_POST
@needs(Action.EDIT_ANSWERS)
def say_answer(request: HttpRequest, pk: int, firm: int) -> HttpResponseBase:
    """How the firm answers: by itself, or by its chamber for it."""
    actor = actor_of(request)
    found = seen_case(actor, pk)
    rows = Respondent.objects.for_actor(actor).filter(case=found, organisation__isnull=False)
    respondent = get_object_or_404(rows.select_related("organisation", "case"), pk=firm)
    form = _form(actor, respondent, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        respondent.answer = given["seen"]
        try:
            say(respondent, given["answer"], given["why"], given["text"], actor, real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotSayError as error:
            form.add_error(None, str(error.why))
        except ChangedMeanwhileError:
            form = _overtaken(actor, respondent, form)
        else:
            messages.success(request, _("It is written down."))
            return redirect("case", pk=pk)
    return _page(request, found, form, respondent.pk, status=400)


def _overtaken(actor: Actor, respondent: Respondent, form: AnswerForm) -> AnswerForm:
    """With what was written, to be sent again beside what others have said meanwhile."""
    respondent.refresh_from_db(
        from_queryset=Respondent.objects.for_actor(actor).select_related("organisation", "case")
    )
    again = _form(
        actor, respondent, {**dict(form.data.items()), form.add_prefix("seen"): respondent.answer}
    )
    again.add_error(
        None,
        _("Somebody else has said something meanwhile. Look at it; yours is still in the form."),
    )
    return again


def _form(actor: Actor, respondent: Respondent, data: Any = None) -> AnswerForm:
    kind = AnswerForm if is_own(actor, respondent) else TheirAnswerForm
    return kind(respondent, data)


def _page(
    request: HttpRequest,
    found: Case,
    form: AnswerForm | None = None,
    of: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """`form`: one that was refused, `of` this respondent."""
    actor = actor_of(request)
    measures = page.measures_of(actor, found)
    changes = page.changes_of(actor, found)
    respondents = page.respondents_of(actor, found)
    for row in respondents:
        row.case = found
    firms = page.firms(actor, respondents)
    looked(request, page.shown_figures(actor, (firm for firm in firms if not firm.is_own)))
    forms = {
        firm.row.pk: form if form and firm.row.pk == of else _form(actor, firm.row)
        for firm in firms
        if firm.may_say
    }
    context: dict[str, Any] = {
        "case": found,
        "measures": measures,
        "chambers": page.chambers_of(actor, found),
        "going": page.going(actor, page.proceedings_of(actor, found), changes),
        "changes": changes[::-1],
        "next": next_dates(actor, found, today()),
        "tasks": columns(board(actor, now(), Wanted(case=found.pk))),
        "hands": hands(actor),
        "own": next(((f, forms.get(f.row.pk)) for f in firms if f.is_own), None),
        "firms": [(firm, forms.get(firm.row.pk)) for firm in firms if not firm.is_own],
        "counted": counted(respondents),
        "named": [row for row in respondents if row.organisation_id is None],
        "total": None if is_firm(actor) else total(found, actor),
        "of": of,
        "is_firm": is_firm(actor),
        "notices": page.notices_of(measures),
        "past": page.past_of_case(actor, found, measures),
        "may_share": may_share_case(actor, found),
        "silent": Answer.INFORMED,
        "sample": found.sample,
    }
    return render(request, "web/case.html", context, status=status)
