"""A case: where it stands, what comes next, who answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as forms_
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.models import Case, CaseChamber, Respondent, Statement
from monitor.cases.outcomes.reopening import may_reopen, reopen
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import CannotSayError, ChangedMeanwhileError, say, tie
from monitor.cases.sharing import may_share_case
from monitor.cases.stakes import total
from monitor.cases.words import Answer
from monitor.cases.work.boards import Wanted, board
from monitor.web.cases import page
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.forms import AnswerForm, TheirAnswerForm, TieForm
from monitor.web.cases.listing import counted, is_firm, is_own, next_dates
from monitor.web.cases.reopening import ReopenForm, closed, reopenings
from monitor.web.cases.work.board import columns
from monitor.web.cases.work.views import hands
from monitor.web.clock import now, real_now, today
from monitor.web.drafts import handed_in, offer
from monitor.web.looked import looked


@dataclass(frozen=True)
class Meanwhile:
    """What the reader wanted to say, and what others have said since, newest first."""

    answer: Answer
    text: str
    said: Sequence[Statement]


@dataclass(frozen=True)
class Refused:
    """Forms that were refused: `form` of the respondent `of` (primary key), because of what was
    said `meanwhile`; `tie`; `reopen`."""

    form: AnswerForm | None = None
    of: int | None = None
    tie: TieForm | None = None
    reopen: ReopenForm | None = None
    meanwhile: Meanwhile | None = None


@require_safe
@needs(Action.READ_CASES)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_case(actor_of(request), pk))


@require_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
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
            say(respondent, form.reply(), actor, real_now(), last=given["last"])
        except MayNotError as error:
            raise Http404 from error
        except CannotSayError as error:
            form.add_error(None, str(error.why))
        except ChangedMeanwhileError:
            return _overtaken(request, found, respondent, form)
        else:
            messages.success(request, _("It is written down."))
            return redirect("case", pk=pk)
    return _page(request, found, Refused(form, respondent.pk), status=400)


@require_POST
@needs(Action.EDIT_CASES)
def tie_firms(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which firm answers with which other one."""
    actor = actor_of(request)
    found = seen_case(actor, pk)
    rows = [row for row in page.respondents_of(actor, found) if row.organisation]
    for row in rows:
        row.case = found
    form = TieForm(rows, request.POST)
    if not form.is_valid():
        return _page(request, found, Refused(tie=form), status=400)
    firm, to = form.pair()
    try:
        tie(actor, firm, to)
    except MayNotError as error:
        raise Http404 from error
    except CannotSayError as error:
        form.add_error("to", str(error.why))
        return _page(request, found, Refused(tie=form), status=400)
    messages.success(request, _("It is written down."))
    return redirect(f"{reverse('case', args=[pk])}#firms")


@require_POST
@needs(Action.EDIT_CASES)
def reopen_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One that was closed, by the chamber that leads it."""
    actor = actor_of(request)
    found = seen_case(actor, pk)
    if not may_reopen(actor, found):
        raise Http404
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, Refused(reopen=form), status=400)
    reopen(found, form.cleaned_data["because"], actor, real_now())
    messages.success(request, _("The case is open again, with its tasks and reminders."))
    return redirect("case", pk=pk)


def _overtaken(
    request: HttpRequest, found: Case, respondent: Respondent, form: AnswerForm
) -> HttpResponse:
    """What was written, to be sent again, beside what others have said meanwhile."""
    actor = actor_of(request)
    said = page.statements_since(actor, respondent, form.cleaned_data["last"])
    respondent.refresh_from_db(
        from_queryset=Respondent.objects.for_actor(actor).select_related("organisation", "case")
    )
    newest = {"seen": respondent.answer, "last": said[0].pk if said else ""}
    renewed = {form.add_prefix(name): value for name, value in newest.items()}
    again = _form(actor, respondent, {**dict(form.data.items()), **renewed})
    again.add_error(
        None,
        _("Somebody else has said something meanwhile. Look at it; yours is still in the form."),
    )
    meanwhile = Meanwhile(form.cleaned_data["answer"], form.cleaned_data["text"], said)
    return _page(request, found, Refused(again, respondent.pk, meanwhile=meanwhile), status=400)


def _form(
    actor: Actor, respondent: Respondent, data: Any = None, last: int | None = None
) -> AnswerForm:
    kind = AnswerForm if is_own(actor, respondent) else TheirAnswerForm
    return kind(respondent, data, last)


def _tie_form(actor: Actor, found: Case, firms: list[page.Firm]) -> TieForm | None:
    """Only for the chamber, and where there is something to tie."""
    if found.closed_at is not None or not actor.whose(Action.EDIT_CASES):
        return None
    form = TieForm([firm.row for firm in firms if firm.may_say])
    return form if form.is_of_use else None


def _offer(request: HttpRequest, found: Case, forms: Mapping[int, AnswerForm]) -> int | None:
    """Returns the respondent whose form is filled from what the reader had typed."""
    by_address: dict[str, forms_.Form] = {
        reverse("say_answer", args=[found.pk, pk]): form for pk, form in forms.items()
    }
    offer(request, by_address, reverse("case", args=[found.pk]))
    return next((pk for pk, form in forms.items() if form.draft.taken), None)  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, found: Case, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    refused = refused or Refused()
    actor = actor_of(request)
    measures = page.measures_of(actor, found)
    changes = page.changes_of(actor, found)
    chambers = page.chambers_of(actor, found)
    respondents = page.respondents_of(actor, found)
    for row in respondents:
        row.case = found
    firms = page.firms(actor, respondents, today())
    context: dict[str, Any] = {
        "case": found,
        "measures": measures,
        "chambers": chambers,
        "going": page.going(actor, page.proceedings_of(actor, found), changes),
        "changes": changes[::-1],
        "next": next_dates(actor, found, today()),
        "tasks": columns(board(actor, now(), Wanted(case=found.pk))),
        "hands": hands(actor),
        "may_add": _may_add(actor, found, firms, chambers),
        "notices": page.notices_of(measures),
        "closed": closed(actor, found, refused.reopen),
        "reopenings": reopenings(actor, found),
        "past": page.past_of_case(actor, found, measures),
        "may_share": may_share_case(actor, found),
        **_answers(request, found, firms, refused),
        **_counts(actor, found, respondents),
    }
    return render(request, "web/case.html", context, status=status)


def _answers(
    request: HttpRequest, found: Case, firms: list[page.Firm], refused: Refused
) -> dict[str, Any]:
    """The firms, each with the form by which the reader may write down what it says."""
    actor = actor_of(request)
    looked(request, page.shown_figures(actor, (firm for firm in firms if not firm.is_own)))
    forms = {
        firm.row.pk: refused.form
        if refused.form and firm.row.pk == refused.of
        else _form(actor, firm.row, last=firm.statements[0].pk if firm.statements else 0)
        for firm in firms
        if firm.may_say
    }
    return {
        "of": _offer(request, found, forms) or refused.of,
        "own": next(((f, forms.get(f.row.pk)) for f in firms if f.is_own), None),
        "firms": [(firm, forms.get(firm.row.pk)) for firm in firms if not firm.is_own],
        "tie": refused.tie or _tie_form(actor, found, firms),
        "meanwhile": refused.meanwhile,
        "silent": Answer.INFORMED,
    }


def _counts(actor: Actor, found: Case, respondents: Sequence[Respondent]) -> dict[str, Any]:
    return {
        "counted": counted(respondents),
        "named": [row for row in respondents if row.organisation_id is None],
        "total": None if is_firm(actor) else total(found, actor),
        "is_firm": is_firm(actor),
    }


def _may_add(
    actor: Actor, found: Case, firms: Iterable[page.Firm], chambers: Iterable[CaseChamber]
) -> bool:
    """A task, to the organisation's own or to those of its firms."""
    if found.closed_at is not None or not actor.whose(Action.EDIT_ANSWERS):
        return False
    own = actor.organisation
    return any(f.is_own for f in firms) or any(seat.organisation == own for seat in chambers)
