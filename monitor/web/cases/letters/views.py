"""Letters and forms of a case: which fit it, filling one in, looking at it, making it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.letters import choosing, making, own, to_all
from monitor.cases.letters.catalog import LANGUAGES, catalog
from monitor.cases.letters.filling import missing
from monitor.cases.letters.rendering import Unfillable
from monitor.cases.models import Case, Draft
from monitor.cases.permission import MayNotError
from monitor.cases.sharing import may_share_case
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.letters import page
from monitor.web.cases.letters.forms import FillForm
from monitor.web.cases.letters.packing import packed
from monitor.web.clock import now, real_now, today
from monitor.web.drafts import TAKEN, handed_in, offer
from monitor.web.paces import paced

NEWEST = 50
AT_ONCE = 20
"""Letters that one request makes."""
ZIP = "application/zip"


@require_safe
@needs(Action.READ_FILES)
def case_letters(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    known = catalog()
    context: dict[str, Any] = {
        "case": case,
        "sorts": choosing.fitting(actor, case, known),
        "languages": LANGUAGES,
        "made": [(row, known.sorts.get(row.letter)) for row in choosing.made(actor, case)[:NEWEST]],
        "may_keep": own.may_keep(actor),
        "may_share": may_share_case(actor, case),
    }
    return render(request, "web/case_letters.html", context)


@require_safe
@needs(Action.EDIT_FILES)
def case_letter(request: HttpRequest, pk: int, letter: str, language: str) -> HttpResponse:
    """With `?proceeding=`, `?firm=`, `?date=` what it is about; with `?draft=` as that says."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    chosen = _drafted(request, reverse("make_letter", args=[pk, letter, language]))
    of = page.desk(actor, catalog(), case, (letter, language), chosen or request.GET)
    return _page(request, case, of, page.form(catalog(), of))


def _drafted(request: HttpRequest, address: str) -> dict[str, str]:
    """What the draft that is taken up was about; empty: none is."""
    key = request.GET.get(TAKEN, "")
    rows = Draft.objects.for_actor(actor_of(request)).filter(form=address)
    draft = rows.filter(pk=key).first() if key.isdecimal() else None
    fields = draft.fields if draft else {}
    return {name: fields[name][0] for name in ("proceeding", "firm", "date") if fields.get(name)}


@require_POST
@needs(Action.EDIT_FILES)
@paced("upload")
@handed_in
def make_letter(request: HttpRequest, pk: int, letter: str, language: str) -> HttpResponseBase:
    """`act`: `preview` only shows it."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    of = page.desk(actor, catalog(), case, (letter, language), request.POST)
    form = page.form(catalog(), of, request.POST)
    if not form.is_valid():
        return _page(request, case, of, form, status=400)
    order = making.Order(of.sort, of.language, of.about, form.given(), form.cleaned_data["form"])
    try:
        if request.POST.get("act") == "preview":
            shown = _sample(actor_of(request), order)
            return _page(request, case, of, form, making.content(catalog(), shown, of.source))
        return _made(request, order)
    except Unfillable as error:
        form.add_error(None, _("The template cannot be filled: %(found)s") % {"found": error})
        return _page(request, case, of, form, status=400)
    except MayNotError as error:
        raise Http404 from error


@require_safe
@needs(Action.EDIT_FILES)
def letters_of_all(
    request: HttpRequest, pk: int, letter: str, language: str
) -> StreamingHttpResponse:
    """The newest of a letter to every firm, in one ZIP file."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    of = page.desk(actor, catalog(), case, (letter, language), {})
    rows = to_all.letters_of(actor, making.Order(of.sort, language, of.about, {}))
    if of.sort.firm != "each" or not rows:
        raise Http404
    response = StreamingHttpResponse(packed([row.version for row in rows]), content_type=ZIP)
    name = f"{of.sort.zh if language == 'zh' else of.sort.en}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 - its signature
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sample(actor: Actor, order: making.Order) -> making.Order:
    """Of letters to every firm, the one to the first."""
    firms = choosing.firms(actor, order.about.case, order.sort)
    if order.sort.firm != "each" or not firms:
        return order
    return to_all.to_firm(actor, catalog(), order, firms[0], today())


def _made(request: HttpRequest, order: making.Order) -> HttpResponseBase:
    """Back to the page of the letter, which offers what was made; of letters to many, to a page
    that goes on with them."""
    actor, case = actor_of(request), order.about.case
    if order.sort.firm == "each":
        progress = to_all.go_on(actor, catalog(), order, real_now(), now(), AT_ONCE)
        if progress.left:
            return _going(request, order, progress)
        said = ngettext(
            "A letter to %(count)d firm is in the file, and the firm sees it.",
            "Letters to %(count)d firms are in the file, and each firm sees its own.",
            progress.firms,
        )
        messages.success(request, said % {"count": progress.firms})
    else:
        one = making.make(actor, catalog(), order, real_now())
        same = _("Version %(number)d holds exactly this already; nothing was added.")
        said = _("Version %(number)d is in the file.") if one.is_new else same
        messages.success(request, said % {"number": one.version.number})
    about = order.about
    chosen = {"proceeding": about.proceeding, "firm": about.respondent, "date": about.date}
    query = urlencode({name: row.pk for name, row in chosen.items() if row})
    here = reverse("case_letter", args=[case.pk, order.sort.id, order.language])
    return redirect(f"{here}?{query}")


def _going(
    request: HttpRequest, order: making.Order, progress: to_all.Progress
) -> HttpResponseBase:
    """What was sent is sent again, until all are there."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "case": order.about.case,
        "sort": order.sort,
        "progress": progress,
        "sent": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
    }
    return render(request, "web/letters_going.html", context)


def _page(
    request: HttpRequest,
    case: Case,
    of: page.Desk,
    form: FillForm,
    shown: bytes | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    here = [case.pk, of.sort.id, of.language]
    offer(request, {reverse("make_letter", args=here): form}, reverse("case_letter", args=here))
    is_each = of.sort.firm == "each"
    typed = form.given() if shown is not None else of.known
    order = making.Order(of.sort, of.language, of.about, {})
    context: dict[str, Any] = {
        "case": case,
        "of": of,
        "sort": of.sort,
        "other": next(each for each in LANGUAGES if each != of.language),
        "form": form,
        "sheet": page.sheet(shown) if shown is not None else None,
        "missing": missing(of.sort, typed, of.names) if shown is not None else [],
        "is_each": is_each,
        "firms": choosing.firms(actor, case, of.sort) if is_each else [],
        "letters": to_all.letters_of(actor, order) if is_each else [],
        "may_share": may_share_case(actor, case),
    }
    return render(request, "web/case_letter.html", context, status=status)
