"""A mandate: for whom it is, what it costs, who bears how much; the statement of a firm."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action, Whose
from monitor.bases.models import Enterprise
from monitor.cases.counsel import mandates
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.statements import Statement, statement
from monitor.cases.counsel.words import Rule
from monitor.cases.models import Mandate, MandateFirm, SharingRule
from monitor.cases.permission import MayNotError
from monitor.web.cases.counsel import mandate_page as page
from monitor.web.cases.counsel.labels import RULES
from monitor.web.cases.counsel.mandate_acts import ACTS, EVERY, JOIN, OF_OFFICES, Act
from monitor.web.cases.counsel.mandate_forms import ActForm, Within
from monitor.web.clock import real_now, today
from monitor.web.downloads import Row, sheet_of
from monitor.web.looked import EXPORT_FIGURES, looked
from monitor.web.templatetags.counsel import insum, weighed
from monitor.web.views.exports import SPREADSHEET

_DRESSED = ("counsel", "organisation", "case", "document", "given_by")


@require_safe
@needs(Action.READ_COUNSEL)
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(actor_of(request), pk))


@require_POST
@needs(Action.EDIT_COUNSEL)
def change_mandate(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """`act`: one of `monitor.web.cases.counsel.mandate_acts`."""
    actor = actor_of(request)
    found = _seen(actor, pk)
    kept = _kept(actor, found)
    if act not in EVERY or (act in ACTS and kept is None and not _brings(actor, found, act)):
        raise Http404
    form = EVERY[act].form(_within(actor, found, kept), act, request.POST)
    if form.is_valid():
        try:
            EVERY[act].do(actor, found, form.cleaned_data, real_now())
        except MayNotError as error:
            raise Http404 from error
        except CannotError as error:
            form.add_error(None, str(error.why))
        else:
            messages.success(request, _("It is written down."))
            return redirect("mandate", pk=pk)
    return _page(request, found, (act, form), status=400)


@require_safe
@needs(Action.READ_COUNSEL)
def mandate_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What one firm bears, for that firm and for whoever gave the mandate."""
    made = _stated(request, pk, Action.READ_FIGURES)
    found = _seen(actor_of(request), made.firm.mandate_id)
    context = {"statement": made, "firm": made.firm, "mandate": found, "case": found.case}
    return render(request, "web/statement.html", context)


@require_safe
@needs(Action.READ_COUNSEL)
def export_statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    made = _stated(request, pk, EXPORT_FIGURES)
    found = _seen(actor_of(request), made.firm.mandate_id)
    mark = _("sample") if found.case.sample else ""
    return FileResponse(
        sheet_of(f"{_('Statement of costs')} {mark}".strip(), _columns(), _rows(made)),
        as_attachment=True,
        filename=f"fenghuo-statement-{made.firm.pk}-{today():%Y%m%d}.xlsx",
        content_type=SPREADSHEET,
    )


# --- The statement -------------------------------------------------------------------------------


def _stated(request: HttpRequest, pk: int, verb: str) -> Statement:
    """Raises Http404. That a firm's exports are shown to another is recorded."""
    actor = actor_of(request)
    rows = MandateFirm.objects.for_actor(actor).select_related("respondent__organisation")
    made = statement(actor, get_object_or_404(rows, pk=pk))
    if made.figures:
        owner = made.firm.respondent.organisation_id
        firms = Enterprise.objects.for_actor(actor).filter(organisation=owner)
        looked(request, firms.values_list("pk", flat=True), verb)
    return made


def _columns() -> Row:
    return [
        _("Day"),
        _("What for"),
        _("Cost"),
        _("Borne by others"),
        _("Shared"),
        pgettext("sharing of costs", "Weight"),
        _("Of all weights"),
        pgettext("money", "Share"),
        _("Paid"),
        pgettext("money", "Open"),
    ]


def _rows(made: Statement) -> Iterator[Row]:
    for line in made.lines:
        cost = line.cost
        money = [insum(sum_, cost.currency) for sum_ in (cost.amount, line.borne)]
        word = str(RULES[line.rule])
        weights = [weighed(line.weight, line.rule), weighed(line.total, line.rule)]
        share = insum(line.share, cost.currency)
        yield [cost.day.isoformat(), cost.what, *money, word, *weights, share, "", ""]
    for payment in made.payments:
        paid = insum(payment.amount, payment.currency)
        said = payment.note or _("Payment")
        yield [payment.day.isoformat(), said, "", "", "", "", "", "", paid, ""]
    for sums in made.balances:
        spent, share, paid, left = (
            insum(each, sums.currency) for each in (sums.spent, sums.share, sums.paid, sums.open)
        )
        yield ["", _("Sum"), spent, "", "", "", "", share, paid, left]


# --- The mandate ---------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    found: Mandate,
    refused: tuple[str, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    kept = _kept(actor, found)
    own = page.own_rows(actor, found) if kept is None else []
    rules = kept.rules if kept else page.rules_of(actor, found)
    if kept is not None:
        looked(request, page.figures_of(actor, kept))
    context: dict[str, Any] = {
        "mandate": found,
        "case": found.case,
        "joined": mandates.joined(found),
        "own": own,
        "brought": mandates.brought(actor, found) if kept is None else [],
        "may_bring": kept is None and mandates.may_bring(actor, found),
        "within": bool(own or kept),
        "rules": rules,
        "kept": kept,
        "acts": _acts(actor, found, kept, refused, exports=_may_state(own, rules)),
    }
    return render(request, "web/mandate.html", context, status=status)


def _acts(
    actor: Actor,
    found: Mandate,
    kept: page.Kept | None,
    refused: tuple[str, ActForm] | None,
    *,
    exports: bool,
) -> list[tuple[str, Act, ActForm]]:
    """What the reader may do: with what was refused in its form."""
    if not actor.may(Action.EDIT_COUNSEL, Whose.OWN):
        return []
    offered = [name for name, act in ACTS.items() if kept and (act.alone or found.is_joint)]
    if kept and not kept.subsidised:
        offered = [name for name in offered if name not in OF_OFFICES]
    if exports:
        offered.append("exports")
    if kept is None and mandates.may_bring(actor, found):
        offered.append(JOIN)
    within = _within(actor, found, kept)
    forms = {name: EVERY[name].form(within, name) for name in offered}
    if refused is not None:
        forms[refused[0]] = refused[1]
    return [(name, EVERY[name], form) for name, form in forms.items()]


def _brings(actor: Actor, found: Mandate, act: str) -> bool:
    """Whether another chamber of the case writes down that a firm of its own joins."""
    return act == JOIN and mandates.may_bring(actor, found)


def _may_state(own: list[MandateFirm], rules: Sequence[SharingRule]) -> bool:
    by_exports = any(rule.rule == Rule.BY_EXPORTS for rule in rules)
    return by_exports and any(row.until is None for row in own)


def _kept(actor: Actor, found: Mandate) -> page.Kept | None:
    return page.kept(actor, found, today()) if page.keeps(actor, found) else None


def _within(actor: Actor, found: Mandate, kept: page.Kept | None) -> Within:
    if kept is None:
        others = mandates.may_join(actor, found) if mandates.may_bring(actor, found) else []
        return Within(today(), [], others, [], [], page.documents(actor, found.case_id))
    return page.within(actor, found, kept, today())


def _seen(actor: Actor, pk: int) -> Mandate:
    """Raises Http404."""
    rows = Mandate.objects.for_actor(actor).select_related(*_DRESSED)
    return get_object_or_404(rows, pk=pk)
