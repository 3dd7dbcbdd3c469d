"""What is done abroad for a case: the registers, a row of one, and a price against its floors."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.abroad import floors
from monitor.cases.abroad.words import Subject, Whom
from monitor.cases.abroad.writing import may_add, may_edit
from monitor.cases.models import Floor, Undertaking
from monitor.cases.models.abroad import Abroad
from monitor.cases.models.abroad_changes import name_of
from monitor.cases.sharing import may_share_case
from monitor.web.cases.abroad import page
from monitor.web.cases.abroad.acts import CheckForm, FollowForm, StatusForm, TieForm
from monitor.web.cases.abroad.labels import VERDICTS, WHOM
from monitor.web.cases.abroad.log import columns, rows
from monitor.web.cases.abroad.registers import (
    REGISTERS,
    Register,
    amount,
    facts,
    register,
    written_as,
)
from monitor.web.cases.file.views import seen_case
from monitor.web.cases.listing import is_own
from monitor.web.cases.work.views import hands
from monitor.web.clock import today
from monitor.web.downloads import sheet_of
from monitor.web.filters import one
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.goods import place
from monitor.web.text import tame
from monitor.web.views.exports import SPREADSHEET

LONGEST = 100
"""Characters that contacts are filtered by."""


@require_safe
@needs(Action.READ_CASES)
def abroad(request: HttpRequest, pk: int) -> HttpResponse:
    """`?whom=&country=&q=`: which contacts."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    met = page.countries(actor, case)
    asked = _asked(request, met)
    context: dict[str, Any] = {
        "case": case,
        "registers": REGISTERS,
        "promises": page.promises(actor, case, today()),
        "contacts": page.contacts(actor, case, **asked),
        "asked": asked,
        "is_asked": any(asked.values()),
        "whoms": WHOM,
        "countries": sorted(((code, place(code)) for code in met), key=lambda pair: pair[1]),
        "deals": page.deals(actor, case, today()),
        "requests": page.requests(actor, case, today()),
        "actions": page.actions(actor, case),
        "may_add": may_add(actor, case),
        "may_share": may_share_case(actor, case),
    }
    return render(request, "web/case_abroad.html", context)


@require_safe
@needs(Action.READ_CASES)
def abroad_contacts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The contacts that the page lists, as a spreadsheet in which every cell is text."""
    actor = actor_of(request)
    case = seen_case(actor, pk)
    asked = _asked(request, page.countries(actor, case))
    found = page.contacts(actor, case, **asked)
    mark = _("sample") if case.sample else ""
    return FileResponse(
        sheet_of(f"{_('Contacts')} {mark}".strip(), columns(), rows(found)),
        as_attachment=True,
        filename=f"fenghuo-contacts-{case.pk}-{today():%Y%m%d}.xlsx",
        content_type=SPREADSHEET,
    )


def _asked(request: HttpRequest, met: list[str]) -> dict[str, str]:
    return {
        "whom": one(request, "whom", Whom.values, ""),
        "country": one(request, "country", met, ""),
        "text": request.GET.get("q", "").strip()[:LONGEST],
    }


@require_safe
@needs(Action.READ_CASES)
def abroad_row(request: HttpRequest, pk: int, subject: str, row: int) -> HttpResponse:
    actor = actor_of(request)
    found = register(subject)
    return row_page(request, found, seen_row(actor, pk, found, row))


@require_POST
@needs(Action.READ_CASES)
def abroad_check(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A price against the floor of its day. It is not kept, and stands in no address."""
    actor = actor_of(request)
    found = REGISTERS[Subject.UNDERTAKING]
    shown = seen_row(actor, pk, found, row)
    firms = page.firms_of(actor, shown)
    form = CheckForm(firms, today(), request.POST)
    verdict = _verdict(actor, shown, form) if form.is_valid() else None
    status = 200 if form.is_valid() else 400
    return row_page(request, found, shown, {"check": form, "verdict": verdict}, status)


def _verdict(actor: Actor, row: Abroad, form: CheckForm) -> dict[str, Any]:
    given = form.cleaned_data
    price = floors.Price(given["amount"], given["currency"], given["unit"], given["incoterm"])
    seen = Floor.objects.for_actor(actor).filter(undertaking=row.pk, withdrawn_at=None)
    checked = floors.check(seen, price, given["day"], given["model"], form.firm)
    return {
        "is_below": checked.verdict is floors.Verdict.BELOW,
        "text": VERDICTS.get(checked.verdict.value, ""),
        "below": amount(checked.below),
        "floor": checked.floor,
    }


# --- One row -------------------------------------------------------------------------------------


def seen_row(actor: Actor, pk: int, found: Register, row: int) -> Abroad:
    """Raises Http404."""
    case = seen_case(actor, pk)
    rows_: WalledQuerySet[Abroad] = found.model._default_manager.all()  # type: ignore[assignment]  # noqa: SLF001 - documented so
    mine = rows_.for_actor(actor).filter(case=case)
    shown: Abroad = get_object_or_404(mine.select_related("case", "organisation"), pk=row)
    return shown


def row_page(
    request: HttpRequest,
    found: Register,
    row: Abroad,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`forms`: those that were refused, by their names in the template."""
    actor = actor_of(request)
    covered = page.firms_of(actor, row) if found.has_firms else []
    documents, tasks = page.documents_of(actor, row), page.tasks_of(actor, row)
    named = {
        "firms": {firm.pk: firmname(firm) for firm in covered},
        "documents": {each.pk: tame(each.title) for each in documents},
        "tasks": {each.pk: tame(each.title_zh) for each in tasks},
    }
    count = page.covered(row) if found.has_firms else 0
    context: dict[str, Any] = {
        "case": row.case,
        "row": row,
        "register": found,
        "facts": facts(row, found.form),
        "status": _status(found, row),
        "parts": page.parts(actor, row, found, covered),
        "firms": covered,
        "hidden_firms": count - len(covered),
        "is_covered": any(is_own(actor, firm) for firm in covered),
        "documents": documents,
        "tasks": tasks,
        "lines": page.lines(actor, row, found, named),
        "may_edit": may_edit(actor, row),
        "may_share": may_share_case(actor, row.case),
    }
    if isinstance(row, Undertaking):
        context["check"] = CheckForm(covered, today())
    if context["may_edit"]:
        context |= _forms(actor, found, row, covered, documents)
    return render(request, "web/abroad_row.html", context | (forms or {}), status=status)


def _status(found: Register, row: Any) -> str:
    if not found.has_status:
        return ""
    return written_as(name_of(found.model), "status", row.status)


def _forms(
    actor: Actor, found: Register, row: Abroad, covered: list[Any], documents: list[Any]
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "follow": FollowForm(hands(actor), covered),
        "tie_document": tie_form(actor, row, "documents", documents),
    }
    if found.has_firms:
        made["tie_firm"] = tie_form(actor, row, "firms", covered)
    if found.has_status:
        made["status_form"] = status_form(actor, found, row)
    return made


def tie_form(actor: Actor, row: Abroad, name: str, tied: list[Any], data: Any = None) -> TieForm:
    if name == "firms":
        others = [(each.pk, firmname(each)) for each in page.other_firms(actor, row, tied)]
    else:
        free = page.other_documents(actor, row, tied)
        others = [(each.pk, tame(each.title)) for each in free]
    return TieForm(name, others, data)


def status_form(actor: Actor, found: Register, row: Abroad, data: Any = None) -> StatusForm:
    notices = page.notices_of(actor, row.case)
    return StatusForm(name_of(found.model), row, notices, today(), data)
