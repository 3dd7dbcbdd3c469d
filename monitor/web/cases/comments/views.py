"""The round of comments on a draft: what came of it so far, the call, and what people say was
done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.comments import calling, sending
from monitor.cases.comments.bank import Family, bank
from monitor.cases.comments.calling import CannotCallError
from monitor.cases.comments.sending import CannotSayError
from monitor.cases.comments.subject import chapters_of
from monitor.cases.models import (
    Case,
    CommentParagraph,
    CommentReply,
    CommentRound,
    CommentSent,
    Respondent,
    TradeConcern,
)
from monitor.cases.permission import MayNotError
from monitor.cases.work.workdays import before
from monitor.web.cases.comments import page
from monitor.web.cases.comments.forms import (
    CallForm,
    CallOffForm,
    ConcernForm,
    ExtendForm,
    FateForm,
    ReplyForm,
    SentForm,
)
from monitor.web.cases.file.views import seen_case
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in, offer

ANSWERS_AHEAD = 12
"""Working days between the answers and the last day for comments, as a first proposal."""
RECORDS: dict[str, type[CommentSent] | type[CommentReply] | type[TradeConcern]] = {
    "sent": CommentSent,
    "reply": CommentReply,
    "concern": TradeConcern,
}


@require_safe
@needs(Action.READ_CASES)
def case_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest round; with `?round=2` that one."""
    case = seen_case(actor_of(request), pk)
    if not page.is_open_to(actor_of(request), case):
        raise Http404
    return overview(request, case)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_CASES)
@handed_in
def call_comments(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    family = page.family(actor, case)
    if family is None or not page.may_edit(actor, case):
        raise Http404
    open_ = page.rounds_of(actor, case).filter(closed_at=None, called_off_at=None)
    if request.method != "POST" and open_.exists():
        return redirect("case_comments", pk=pk)
    form = _call_form(request, case, family)
    if form.is_valid():
        given = form.cleaned_data
        try:
            calling.call(
                actor, case, form.wishes(), form.chosen(), given["answer_by"], given["letter"],
                real_now(),
            )  # fmt: skip
        except MayNotError as error:
            raise Http404 from error
        except CannotCallError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("The firms were asked: each has a task now."))
            return redirect("case_comments", pk=pk)
    address_ = reverse("call_comments", args=[pk])
    offer(request, {address_: form}, address_)
    context = {"case": case, "form": form, "days": page.days(case)}
    status = 400 if form.is_bound else 200
    return render(request, "web/call_comments.html", context, status=status)


def _call_form(request: HttpRequest, case: Case, family: Family) -> CallForm:
    actor = actor_of(request)
    rows = Respondent.objects.for_actor(actor).filter(case=case, organisation__isnull=False)
    offered = bank().fitting(family, chapters_of(page.measures(actor, case)))
    final = page.days(case).final
    day = before(final, ANSWERS_AHEAD) if final else None
    return CallForm(
        offered,
        list(rows.select_related("organisation").order_by("pk")),
        today(),
        day=day if day and day >= today() else None,
        data=request.POST if request.method == "POST" else None,
    )


# --- What is changed of a round ------------------------------------------------------------------


@require_POST
@needs(Action.EDIT_CASES)
def change_round(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """`what`: `extend`, `close` or `call-off`."""
    actor, round_ = actor_of(request), seen_round(request, pk)
    kinds: dict[str, type[forms.Form]] = {
        "extend": ExtendForm, "close": forms.Form, "call-off": CallOffForm,
    }  # fmt: skip
    if what not in kinds:
        raise Http404
    form = kinds[what](request.POST)
    if form.is_valid():
        given, at = form.cleaned_data, real_now()
        try:
            if what == "extend":
                calling.extend(actor, round_, given["answer_by"], at)
            elif what == "close":
                calling.close(actor, round_, at)
            else:
                calling.call_off(actor, round_, given["because"], at)
        except MayNotError as error:
            raise Http404 from error
        except CannotCallError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("It is written down."))
            return redirect(address(round_))
    return overview(request, round_.case, round_, {what.replace("-", "_"): form}, status=400)


@require_POST
@needs(Action.EDIT_CASES)
def record_comment(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """`what`: a key of `RECORDS`."""
    actor, round_ = actor_of(request), seen_round(request, pk)
    if what not in RECORDS:
        raise Http404
    form = _record_form(request, round_, what)
    if form.is_valid():
        given, at = form.cleaned_data, real_now()
        try:
            if isinstance(form, ConcernForm):
                sending.raised(actor, round_, form.concern(), at)
            elif what == "sent":
                sending.sent(actor, round_, now=at, **given)
            else:
                sending.reply(actor, round_, now=at, **given)
        except MayNotError as error:
            raise Http404 from error
        except CannotSayError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("It is written down."))
            return redirect(address(round_))
    return overview(request, round_.case, round_, {what: form}, status=400)


def _record_form(
    request: HttpRequest, round_: CommentRound, what: str
) -> SentForm | ReplyForm | ConcernForm:
    rows = page.documents(actor_of(request), round_.case)
    if what == "sent":
        return SentForm(rows, request.POST)
    return (ReplyForm if what == "reply" else ConcernForm)(rows, request.POST)


@require_POST
@needs(Action.EDIT_CASES)
def take_back_comment(request: HttpRequest, what: str, pk: int) -> HttpResponseBase:
    if what not in RECORDS:
        raise Http404
    rows: Any = RECORDS[what].objects
    seen = rows.for_actor(actor_of(request)).select_related("round__case")
    record = get_object_or_404(seen, pk=pk, withdrawn_at=None)
    try:
        sending.take_back(actor_of(request), record, real_now())
    except MayNotError as error:
        raise Http404 from error
    except CannotSayError as error:
        messages.error(request, str(error.why))
    else:
        messages.success(request, _("It is taken back; that it was said stays in the record."))
    return redirect(address(record.round))


@require_POST
@needs(Action.EDIT_CASES)
def comment_fate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What became of a paragraph in the adopted text."""
    actor = actor_of(request)
    rows = CommentParagraph.objects.for_actor(actor).select_related("round__case")
    paragraph = get_object_or_404(rows, pk=pk)
    round_ = paragraph.round
    notices = list(page.notices(page.measures(actor, round_.case)))
    form = FateForm(paragraph.pk, notices, request.POST)
    if form.is_valid():
        try:
            sending.became(actor, paragraph, form.became(), real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotSayError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("It is written down."))
            return redirect(address(round_))
    return overview(request, round_.case, round_, {f"fate-{pk}": form}, status=400)


# --- The page ------------------------------------------------------------------------------------


def seen_round(request: HttpRequest, pk: int) -> CommentRound:
    """Raises Http404."""
    rows = CommentRound.objects.for_actor(actor_of(request)).select_related("case", "organisation")
    return get_object_or_404(rows, pk=pk)


def address(round_: CommentRound) -> str:
    return f"{reverse('case_comments', args=[round_.case_id])}?round={round_.number}"


def overview(
    request: HttpRequest,
    case: Case,
    round_: CommentRound | None = None,
    refused: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`refused`: forms that were refused, by what they are for."""
    actor = actor_of(request)
    rounds = list(page.rounds_of(actor, case))
    round_ = round_ or _asked_for(request, rounds)
    may_edit = page.may_edit(actor, case)
    context: dict[str, Any] = {
        "case": case,
        "rounds": rounds,
        "days": page.days(case),
        "may_call": may_edit
        and page.family(actor, case) is not None
        and not any(each.takes_answers for each in rounds),
    }
    if round_ is not None:
        context |= _of_round(request, round_, refused or {}, may_edit=may_edit)
    return render(request, "web/case_comments.html", context, status=status)


def _asked_for(request: HttpRequest, rounds: list[CommentRound]) -> CommentRound | None:
    """An unknown number is as none: the newest."""
    wanted = request.GET.get("round", "")
    found = (each for each in rounds if str(each.number) == wanted)
    return next(found, rounds[0] if rounds else None)


def _of_round(
    request: HttpRequest, round_: CommentRound, refused: dict[str, forms.Form], *, may_edit: bool
) -> dict[str, Any]:
    actor = actor_of(request)
    sheet = page.sheet(actor, round_, today())
    mine = page.own_asked(actor, round_)
    firms = [(firm, firm.asked == mine) for firm in sheet.firms]
    context: dict[str, Any] = {
        "sheet": sheet,
        "round": round_,
        "mine": next((firm for firm, is_own in firms if is_own), None),
        "questions": [each.question for each in sheet.summary.sums],
        "may_edit": may_edit and round_.called_off_at is None,
    }
    if context["may_edit"]:
        context["forms"] = _forms(actor, sheet, refused)
    fates = _fates(actor, sheet, refused) if context["may_edit"] and sheet.sent else {}
    context["points"] = [(each, fates.get(each.wording.paragraph_id)) for each in sheet.points]
    return context


def _forms(
    actor: Actor, sheet: page.Sheet, refused: dict[str, forms.Form]
) -> dict[str, forms.Form]:
    documents, round_ = page.documents(actor, sheet.round.case), sheet.round
    return {
        "extend": ExtendForm(initial={"answer_by": round_.answer_by}),
        "call_off": CallOffForm(),
        "sent": SentForm(documents),
        "reply": ReplyForm(documents),
        "concern": ConcernForm(documents),
        **refused,
    }


def _fates(
    actor: Actor, sheet: page.Sheet, refused: dict[str, forms.Form]
) -> dict[int, forms.Form]:
    notices = list(page.notices(page.measures(actor, sheet.round.case)))
    keys = [each.wording.paragraph_id for each in sheet.points if not each.wording.gone]
    made = {key: refused.get(f"fate-{key}") or FateForm(key, notices) for key in keys}
    return dict(made)
