"""Writing what is done abroad: a row, a part of it, its status, what belongs to it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.abroad import following_up, writing
from monitor.cases.abroad.words import Subject
from monitor.cases.models import Case, Exclusion
from monitor.cases.models.abroad import Abroad, Versioned
from monitor.cases.models.abroad_changes import name_of
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from monitor.cases.sharing import may_share_case
from monitor.cases.work.doing import NotTheirs
from monitor.web.cases.abroad import page
from monitor.web.cases.abroad.acts import FollowForm
from monitor.web.cases.abroad.forms import DefenceForm, FloorForm, Sheet
from monitor.web.cases.abroad.registers import Part, Register, register, written_as
from monitor.web.cases.abroad.views import row_page, seen_row, status_form, tie_form
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.work.views import hands
from monitor.web.clock import real_now, today
from monitor.web.drafts import handed_in, offer

OF_FIRMS = (FloorForm, DefenceForm)
_GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class _Place:
    """What a form is of. `row` null: a row is added; `kind`: of the part of the row."""

    case: Case
    register: Register
    row: Abroad | None = None
    kind: Part | None = None
    is_new: bool = True


# --- A row ---------------------------------------------------------------------------------------


@_GET_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def abroad_add(request: HttpRequest, pk: int, subject: str) -> HttpResponseBase:
    actor = actor_of(request)
    case, found = seen_case(actor, pk), register(subject)
    if not writing.may_add(actor, case):
        raise Http404
    if request.method != "POST":
        form = found.form(first=_first(case, found))
        return _form_page(request, _Place(case, found), form)
    form = found.form(None, request.POST)
    if not form.is_valid():
        return _form_page(request, _Place(case, found), form, 400)
    row = found.model(**form.wanted)
    if found.has_status:
        row.status_on = today()  # type: ignore[attr-defined] # of those that have a status
    made = _asked(lambda: writing.add(actor, case, row, real_now(), day=today()))
    _renewal(actor, made)
    return _written(request, found, made)


def _first(case: Case, found: Register) -> dict[str, Any]:
    """What is known before anybody has typed."""
    if found.subject is Subject.CONTACT:
        return {"day": today(), "country": case.jurisdiction}
    return {}


@_GET_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def abroad_edit(request: HttpRequest, pk: int, subject: str, row: int) -> HttpResponseBase:
    """With `withdraw`: it was entered by mistake."""
    actor, found = actor_of(request), register(subject)
    shown = _editable(actor, pk, found, row)
    if request.method != "POST":
        return _form_page(
            request, _Place(shown.case, found, shown, is_new=False), found.form(shown)
        )
    if "withdraw" in request.POST:
        _asked(lambda: writing.withdraw(actor, shown, real_now()))
        messages.success(request, _("It is withdrawn: others do not see it any more."))
        return redirect("abroad", pk=pk)
    form = found.form(None, request.POST)
    overtaken = _edited(actor, shown, form) if form.is_valid() else form
    if overtaken is not None:
        return _form_page(request, _Place(shown.case, found, shown, is_new=False), overtaken, 400)
    shown.refresh_from_db(from_queryset=_again(actor, found))
    _renewal(actor, shown)
    return _written(request, found, shown)


def _again(actor: Actor, found: Register) -> Any:
    rows: Any = found.model._default_manager.all()  # noqa: SLF001 - documented so
    return rows.for_actor(actor).select_related("case", "organisation")


def _edited(actor: Actor, row: Versioned, form: Sheet) -> Sheet | None:
    """None: it is written. Else the form once more, with what others have written meanwhile."""
    seen = form.cleaned_data.get("version") or row.version
    try:
        _asked(lambda: writing.edit(actor, row, seen, form.wanted, real_now()))
    except Overtaken as told:
        model = name_of(type(row))
        theirs = {n: written_as(model, n, value) for n, value in told.theirs.items()}
        return form.overtaken(told.row.version, theirs, told.by)
    return None


def _renewal(actor: Actor, row: Abroad) -> None:
    if isinstance(row, Exclusion):
        title = _("Ask for the exclusion anew: %(docket)s") % {"docket": row.docket or row.product}
        _asked(lambda: following_up.plan_renewal(actor, row, title[:200], real_now()))


def _editable(actor: Actor, pk: int, found: Register, row: int) -> Abroad:
    shown = seen_row(actor, pk, found, row)
    if not writing.may_edit(actor, shown):
        raise Http404
    return shown


# --- A part of one -------------------------------------------------------------------------------


@_GET_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def abroad_add_part(
    request: HttpRequest, pk: int, subject: str, row: int, part: str
) -> HttpResponseBase:
    actor, found = actor_of(request), register(subject)
    shown, kind = _editable(actor, pk, found, row), found.part(part)
    form = _part_form(actor, shown, kind, None, request.POST or None)
    place = _Place(shown.case, found, shown, kind)
    if request.method != "POST":
        return _form_page(request, place, form)
    if not form.is_valid():
        return _form_page(request, place, form, 400)
    made = kind.model(**{kind.to: shown}, **form.wanted)
    _asked(lambda: writing.add_part(actor, shown, made, real_now()))
    return _written(request, found, shown)


@_GET_POST
@needs(Action.EDIT_ANSWERS)
@handed_in
def abroad_part(
    request: HttpRequest, pk: int, subject: str, row: int, part: str, number: int
) -> HttpResponseBase:
    """With `withdraw`: it was entered by mistake."""
    actor, found = actor_of(request), register(subject)
    shown, kind = _editable(actor, pk, found, row), found.part(part)
    standing = page.part_rows(actor, shown, kind).filter(withdrawn_at=None)
    each: Versioned = get_object_or_404(standing, pk=number)
    place = _Place(shown.case, found, shown, kind, is_new=False)
    if request.method != "POST":
        form = _part_form(actor, shown, kind, each)
        return _form_page(request, place, form)
    if "withdraw" in request.POST:
        _asked(lambda: writing.withdraw(actor, each, real_now()))
        return _written(request, found, shown)
    form = _part_form(actor, shown, kind, None, request.POST)
    overtaken = _edited(actor, each, form) if form.is_valid() else form
    if overtaken is not None:
        return _form_page(request, place, overtaken, 400)
    return _written(request, found, shown)


def _part_form(
    actor: Actor, row: Abroad, kind: Part, part: Versioned | None, data: Any = None
) -> Sheet:
    made: Any = kind.form
    firms = [page.firms_of(actor, row)] if issubclass(made, OF_FIRMS) else []
    form: Sheet = made(*firms, part, data)
    return form


# --- Status, tasks, documents, firms -------------------------------------------------------------


@require_POST
@needs(Action.EDIT_ANSWERS)
def abroad_status(request: HttpRequest, pk: int, subject: str, row: int) -> HttpResponseBase:
    actor, found = actor_of(request), register(subject)
    shown = _editable(actor, pk, found, row)
    if not found.has_status:
        raise Http404
    form = status_form(actor, found, shown, request.POST)
    if not form.is_valid():
        return row_page(request, found, shown, {"status_form": form}, 400)
    given = form.cleaned_data
    _asked(
        lambda: writing.set_status(
            actor,
            shown,
            given["status"],
            given["day"],
            real_now(),
            source=given["source"],
            notice=given["notice"],
        )
    )
    return _written(request, found, shown)


@require_POST
@needs(Action.EDIT_ANSWERS)
def abroad_follow(request: HttpRequest, pk: int, subject: str, row: int) -> HttpResponseBase:
    """A task that follows from it, or one each quarter."""
    actor, found = actor_of(request), register(subject)
    shown = _editable(actor, pk, found, row)
    firms = page.firms_of(actor, shown) if found.has_firms else []
    form = FollowForm(hands(actor), firms, request.POST)
    if not form.is_valid():
        return row_page(request, found, shown, {"follow": form}, 400)
    _asked(lambda: following_up.follow(actor, shown, form.wish(), real_now()))
    return _written(request, found, shown)


@require_POST
@needs(Action.EDIT_ANSWERS)
def abroad_tie(request: HttpRequest, pk: int, subject: str, row: int) -> HttpResponseBase:
    """`name`: documents or firms; with `loose` one that belongs to it is taken away."""
    actor, found = actor_of(request), register(subject)
    shown = _editable(actor, pk, found, row)
    name = request.POST.get("name", "")
    if name not in ("documents", *(["firms"] if found.has_firms else [])):
        raise Http404
    of = page.firms_of if name == "firms" else page.documents_of
    tied: list[Any] = list(of(actor, shown))
    if "loose" in request.POST:
        other = next((e for e in tied if str(e.pk) == request.POST["loose"]), None)
    else:
        form = tie_form(actor, shown, name, tied, request.POST)
        if not form.is_valid():
            which = "tie_firm" if name == "firms" else "tie_document"
            return row_page(request, found, shown, {which: form}, 400)
        others = page.other_firms if name == "firms" else page.other_documents
        free: list[Any] = list(others(actor, shown, tied))
        other = next((e for e in free if str(e.pk) == form.cleaned_data["other"]), None)
    if other is None:
        raise Http404
    loose = "loose" in request.POST
    _asked(lambda: writing.tie(actor, shown, name, other, real_now(), loose=loose))
    return _written(request, found, shown)


# --- Answers -------------------------------------------------------------------------------------


def _asked(act: Any) -> Any:
    """Raises Http404 for what is not theirs to do."""
    try:
        return act()
    except (MayNotError, NotTheirs) as error:
        raise Http404 from error


def _written(request: HttpRequest, found: Register, row: Abroad) -> HttpResponseRedirect:
    messages.success(request, _("It is written down."))
    return redirect("abroad_row", pk=row.case_id, subject=found.subject, row=row.pk)


def _form_page(request: HttpRequest, place: _Place, form: Sheet, status: int = 200) -> HttpResponse:
    offer(request, {request.path: form}, request.path)
    context = {
        "case": place.case,
        "register": place.register,
        "row": place.row,
        "kind": place.kind,
        "is_new": place.is_new,
        "form": form,
        "may_share": may_share_case(actor_of(request), place.case),
    }
    return render(request, "web/abroad_form.html", context, status=status)
