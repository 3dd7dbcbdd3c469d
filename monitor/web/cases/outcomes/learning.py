"""What is learned of cases: for chambers and offices, of what they see."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Enterprise
from monitor.cases.learning.counting import Group
from monitor.cases.learning.report import Report, learned
from monitor.web.clock import today
from monitor.web.downloads import Row, sheet_of
from monitor.web.looked import EXPORT_FIGURES, looked
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.templatetags.goods import hsname, place
from monitor.web.templatetags.outcomes import points, shareword, tookword
from monitor.web.views.exports import SPREADSHEET


@require_safe
@needs(Action.SUMMARISE)
def learning(request: HttpRequest) -> HttpResponse:
    report = learned(actor_of(request))
    looked(request, _showing(request, report))
    return render(request, "web/learning.html", {"report": report, "sample": report.sample})


@require_safe
@needs(Action.SUMMARISE)
def export_learning(request: HttpRequest) -> HttpResponseBase:
    """Every cell is text: nothing that somebody wrote is run as a formula."""
    report = learned(actor_of(request))
    looked(request, _showing(request, report), EXPORT_FIGURES)
    return FileResponse(
        sheet_of(_("What is learned"), _columns(), _rows(report)),
        as_attachment=True,
        filename=f"fenghuo-learning-{today():%Y%m%d}.xlsx",
        content_type=SPREADSHEET,
    )


def _showing(request: HttpRequest, report: Report) -> list[int]:
    """The firms whose exports are in the sums."""
    rows = Enterprise.objects.for_actor(actor_of(request)).filter(organisation__in=report.showing)
    return list(rows.values_list("pk", flat=True))


def _columns() -> Row:
    return [
        pgettext("of a list", "By what"),
        pgettext("of a list", "Which"),
        pgettext("affairs", "Cases"),
        _("Answered, of those told"),
        _("Better than all others"),
        _("Median, points"),
        _("Exports of those that answered (USD)"),
        _("Duty not paid, a year (USD)"),
        _("What it cost"),
        _("Sample data"),
    ]


def _rows(report: Report) -> Iterator[Row]:
    sample = _("sample") if report.sample else ""
    yield [_("All"), "", *_figures(report.whole), "", sample]
    for each in report.by_market:
        yield [pgettext("page", "Market"), place(each.key), *_figures(each), "", sample]
    for each in report.by_chapter:
        name = f"{each.key} {hsname(each.key)}"
        yield [_("HS chapter"), name, *_figures(each), "", sample]
    for one in report.by_counsel:
        cost = _amounts(one.amounts)
        yield [_("Counsel"), own_name(one.counsel), *_figures(one.group), cost, sample]
    for costed in report.costs:
        cost = _amounts(costed.amounts)
        blank = [""] * 6
        yield [pgettext("affair", "Case"), own_name(costed.case), *blank, cost, sample]
    for label, took in (
        (_("Told, from the notice's day"), report.since_day),
        (_("Told, from when the house had it"), report.since_known),
    ):
        median, worst = tookword(took.median), tookword(took.worst)
        told = _("within 24 hours %(share)s, median %(median)s, worst %(worst)s") % {
            "share": shareword(took.within),
            "median": median,
            "worst": worst,
        }
        yield [label, told, *[""] * 7, sample]


def _figures(each: Group) -> Row:
    return [
        str(each.cases),
        shareword(each.response),
        shareword(each.better),
        points(each.gained),
        f"{each.defended.usd:.2f}" if each.defended.firms else "",
        f"{each.avoided.usd:.2f}" if each.avoided.firms else "",
    ]


def _amounts(amounts: Mapping[str, Decimal]) -> str:
    return "; ".join(f"{currency} {amount}" for currency, amount in amounts.items())
