"""What is written in a round of comments: a firm's answers, and the chamber's text."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action, Whose
from monitor.cases.comments import answering, drafting
from monitor.cases.comments.answering import CannotAnswerError
from monitor.cases.comments.bank import Article, bank
from monitor.cases.comments.drafting import CannotWriteError
from monitor.cases.models import (
    CaseChamber,
    CommentAsked,
    CommentParagraph,
    CommentQuestion,
    CommentRound,
    CommentSheet,
    CommentWording,
)
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from monitor.web.cases.comments import page
from monitor.web.cases.comments.forms import ParagraphForm, SheetForm
from monitor.web.cases.comments.labels import PARTS
from monitor.web.cases.comments.views import address, seen_round
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in, offer
from monitor.web.templatetags.comments import answerin, articlename
from monitor.web.text import tame

# --- A firm's answers ----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.READ_ANSWERS)
@handed_in
def comment_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form of the reader's own firm."""
    actor, round_ = actor_of(request), seen_round(request, pk)
    asked = page.own_asked(actor, round_)
    if asked is None:
        raise Http404
    questions = list(CommentQuestion.objects.for_actor(actor).filter(round=round_))
    sheets = list(CommentSheet.objects.for_actor(actor).filter(asked=asked))
    newest = sheets[-1] if sheets else None
    content, seen = (newest.content, newest.number) if newest else ({}, 0)
    if request.method != "POST":
        form = SheetForm(questions, content, seen)
        return _sheet_page(request, asked, sheets, form)
    form = SheetForm(questions, content, seen, request.POST)
    hand_in = request.POST.get("act") == "hand_in"
    if form.is_valid():
        try:
            answering.save(
                actor, asked, form.content(), form.cleaned_data["seen"], real_now(),
                hand_in=hand_in,
            )  # fmt: skip
        except MayNotError as error:
            raise Http404 from error
        except CannotAnswerError as error:
            form.add_error(None, str(error.why))
        except Overtaken as error:
            form = _overtaken_sheet(questions, error)
        else:
            done = _("Handed in. You can amend it until the round closes.")
            messages.success(request, done if hand_in else _("Saved. It is not handed in yet."))
            return redirect(address(round_) if hand_in else request.path)
    return _sheet_page(request, asked, sheets, form, status=400)


def _overtaken_sheet(questions: list[CommentQuestion], error: Overtaken) -> SheetForm:
    """With both put together, to be sent again; at what both answered, what the other said."""
    form = SheetForm(questions, {}, 0, SheetForm.filled(error.whole, error.row.number))
    form.is_valid()
    form.add_error(None, _overtaken())
    by_key = {str(question.pk): question for question in questions}
    for key, value in error.theirs.items():
        said = answerin(by_key[key], value) if value else _("nothing")
        form.show_theirs(key, _told(error, said))
    return form


def _overtaken() -> str:
    return _("Somebody else has written meanwhile. Yours is still in the form; look at theirs.")


def _told(error: Overtaken, said: str) -> str:
    return _("%(who)s wrote: %(text)s") % {
        "who": tame("、".join(error.by)) or _("Somebody else"),
        "text": tame(said),
    }


def _sheet_page(
    request: HttpRequest,
    asked: CommentAsked,
    sheets: list[CommentSheet],
    form: SheetForm,
    status: int = 200,
) -> HttpResponse:
    handed = [sheet for sheet in sheets if sheet.handed_in_at]
    address = reverse("comment_answer", args=[asked.round_id])
    offer(request, {address: form}, address)
    seats = CaseChamber.objects.for_actor(actor_of(request)).filter(
        case=asked.round.case, ended_at=None
    )
    context = {
        "case": asked.round.case,
        "round": asked.round,
        "form": form,
        "saved": sheets[-1] if sheets else None,
        "handed_in": handed[-1] if handed else None,
        "may_write": actor_of(request).may(Action.EDIT_ANSWERS, Whose.OWN)
        and asked.round.takes_answers,
        "readers": [seat.organisation for seat in seats.select_related("organisation")],
    }
    return render(request, "web/comment_answer.html", context, status=status)


# --- The chamber's text --------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.READ_CASES)
@handed_in
def comment_text(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paragraphs, each with its form; by POST one more."""
    round_ = seen_round(request, pk)
    if not page.is_desk(actor_of(request), round_):
        raise Http404
    if request.method != "POST":
        return _text_page(request, round_)
    form = ParagraphForm(_articles(request, round_), None, request.POST)
    if form.is_valid():
        try:
            drafting.write(actor_of(request), round_, form.words(), real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotWriteError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("The paragraph is written down."))
            return redirect("comment_text", pk=pk)
    return _text_page(request, round_, {0: form}, status=400)


@require_POST
@needs(Action.EDIT_CASES)
@handed_in
def edit_comment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of a paragraph."""
    actor = actor_of(request)
    rows = CommentParagraph.objects.for_actor(actor).select_related("round__case")
    paragraph = get_object_or_404(rows, pk=pk)
    round_ = paragraph.round
    wordings = CommentWording.objects.for_actor(actor).filter(paragraph=paragraph)
    newest = wordings.order_by("version").last()
    if newest is None or not page.is_desk(actor, round_):
        raise Http404
    articles = _articles(request, round_)
    form = ParagraphForm(articles, newest, request.POST)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            drafting.edit(actor, paragraph, seen, form.words(), real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotWriteError as error:
            form.add_error(None, str(error.why))
        except Overtaken as error:
            form = _overtaken_words(form, articles, newest, error)
        else:
            messages.success(request, _("The paragraph is written down."))
            return redirect("comment_text", pk=round_.pk)
    return _text_page(request, round_, {pk: form}, status=400)


def _overtaken_words(
    form: ParagraphForm, articles: list[Article], wording: CommentWording, error: Overtaken
) -> ParagraphForm:
    again = ParagraphForm(articles, wording, form.filled(error.whole, error.row.version))
    again.is_valid()
    again.add_error(None, _overtaken())
    known = {each.id: articlename(each) for each in articles}
    for name, value in error.theirs.items():
        match value:
            case bool():
                said = str(PARTS["gone"]) if value else _("Keep this paragraph")
            case str():
                said = value or _("nothing")
            case _:
                said = "; ".join(known.get(each, each) for each in value) or _("nothing")
        again.add_error(name, _told(error, said))
    return again


@require_POST
@needs(Action.EDIT_CASES)
def approve_comment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whatever others wrote, as the page showed it."""
    round_ = seen_round(request, pk)
    shown = [int(each) for each in request.POST.getlist("wording") if each.isdecimal()]
    try:
        count = drafting.approve(actor_of(request), round_, shown, real_now())
    except MayNotError as error:
        raise Http404 from error
    if count:
        messages.success(request, _("You have approved what others wrote."))
    else:
        messages.error(request, _("Nothing was approved: look at what has changed."))
    return redirect("comment_text", pk=pk)


def _articles(request: HttpRequest, round_: CommentRound) -> list[Article]:
    family = page.family(actor_of(request), round_.case)
    return bank().leaned_on(family) if family else list(bank().articles.values())


def _text_page(
    request: HttpRequest,
    round_: CommentRound,
    refused: dict[int, ParagraphForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`refused`: a form that was refused, by its paragraph; 0: of one more."""
    actor, refused = actor_of(request), refused or {}
    sheet = page.sheet(actor, round_, today())
    points = sheet.points
    articles = _articles(request, round_)
    may_write = (
        page.may_edit(actor, round_.case) and sheet.sent is None and not round_.called_off_at
    )
    forms = [
        refused.get(each.wording.paragraph_id) or ParagraphForm(articles, each.wording)
        for each in points
    ]
    more = refused.get(0) or ParagraphForm(articles, None)
    if may_write:
        page_ = reverse("comment_text", args=[round_.pk])
        keys = [each.wording.paragraph_id for each in points]
        edited = {reverse("edit_comment", args=[k]): f for k, f in zip(keys, forms, strict=True)}
        offer(request, {page_: more, **edited}, page_)
    context = {
        "case": round_.case,
        "round": round_,
        "points": list(zip(points, forms, strict=True)),
        "refused": next(iter(refused), None),
        "form": more,
        "may_write": may_write,
        "sheet": sheet,
        "to_approve": [p for p in points if p.theirs and not p.approved_by],
        "source": sorted({bank().sources[each.agreement] for each in articles}),
    }
    return render(request, "web/comment_text.html", context, status=status)
