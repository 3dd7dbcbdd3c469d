"""What the reader's office bears of the costs of counsel in a case, as a page and a spreadsheet."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.cases.counsel.subsidies import Subsidised, borne
from monitor.cases.sharing import may_share_case
from monitor.web.cases.file.views import seen_case
from monitor.web.clock import today
from monitor.web.downloads import Row, sheet_of
from monitor.web.templatetags.counsel import insum
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import tame
from monitor.web.views.exports import SPREADSHEET


@require_safe
@needs(Action.READ_SUBSIDIES)
def case_subsidies(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    context = {
        "case": case,
        "found": borne(actor, case),
        "may_share": may_share_case(actor, case),
    }
    return render(request, "web/case_subsidies.html", context)


@require_safe
@needs(Action.READ_SUBSIDIES)
def export_subsidies(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    case = seen_case(actor, pk)
    mark = _("sample") if case.sample else ""
    return FileResponse(
        sheet_of(f"{_('Subsidies')} {mark}".strip(), _columns(), _rows(borne(actor, case))),
        as_attachment=True,
        filename=f"fenghuo-subsidies-{case.pk}-{today():%Y%m%d}.xlsx",
        content_type=SPREADSHEET,
    )


def _columns() -> Row:
    return [
        _("Law firm"),
        _("Given by"),
        _("Day"),
        _("What for"),
        _("Cost"),
        _("Our part"),
        _("Paid"),
        pgettext("money", "Open"),
    ]


def _rows(found: Iterable[Subsidised]) -> Iterator[Row]:
    for each in found:
        of = [tame(own_name(each.mandate.counsel)), tame(own_name(each.mandate.organisation))]
        for cost in each.costs:
            money = [insum(sum_, cost.currency) for sum_ in (cost.amount, cost.part)]
            yield [*of, cost.day.isoformat(), cost.what, *money, "", ""]
        for payment in each.payments:
            paid = insum(payment.amount, payment.currency)
            yield [*of, payment.day.isoformat(), payment.note or _("Payment"), "", "", paid, ""]
        for quarter in each.quarters:
            money = [insum(sum_, quarter.currency) for sum_ in (quarter.spent, quarter.share)]
            yield [*of, quarter.name, _("Sum of the quarter"), *money, "", ""]
        for sums in each.balances:
            money = [
                insum(sum_, sums.currency)
                for sum_ in (sums.spent, sums.share, sums.paid, sums.open)
            ]
            yield [*of, "", _("Sum"), *money]
