"""汇总表: a chamber's members in numbers, shown and taken away."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bundles import places
from monitor.accounts.walls.gates import actor_of, needs
from monitor.accounts.walls.policy import Action
from monitor.bases import sheets
from monitor.bases.summaries import Line, Summary, summary
from monitor.web.clock import today
from monitor.web.downloads import Row, sheet_of
from monitor.web.looked import EXPORT_FIGURES, looked
from monitor.web.views.exports import SPREADSHEET


@require_safe
@needs(Action.SUMMARISE)
def members_summary(request: HttpRequest) -> HttpResponse:
    made = summary(actor_of(request), chinese=_chinese())
    looked(request, _shown(made))
    return render(request, "web/summary.html", {"summary": made})


@require_safe
@needs(Action.SUMMARISE)
def export_summary(request: HttpRequest) -> HttpResponseBase:
    """Every cell is text: nothing that a firm wrote is run as a formula."""
    made = summary(actor_of(request), chinese=_chinese())
    looked(request, _shown(made), EXPORT_FIGURES)
    return FileResponse(
        sheet_of(_("Members"), _columns(), _rows(made)),
        as_attachment=True,
        filename=f"fenghuo-members-{today():%Y%m%d}.xlsx",
        content_type=SPREADSHEET,
    )


def _shown(made: Summary) -> list[int]:
    """The firms whose figure is shown."""
    return [line.firm.pk for line in made.lines if isinstance(line.annual_export_usd, Decimal)]


def _columns() -> Row:
    asked = [str(field.label) for field in (*sheets.FIELDS, sheets.FIGURE)]
    return [pgettext("of a list", "No."), _("Bases"), *asked]


def _rows(made: Summary) -> Iterator[Row]:
    for number, line in enumerate(made.lines, start=1):
        fields = [_written(line, field) for field in sheets.FIELDS]
        yield [str(number), "; ".join(line.bases), *fields, _figure(line)]


def _written(line: Line, field: sheets.Field) -> str:
    value = getattr(line.firm, field.name)
    if field.name == "markets":
        return "; ".join(places.name(code, "zh" if _chinese() else "en") for code in value)
    return field.write(value)


def _figure(line: Line) -> str:
    return sheets.FIGURE.write(line.annual_export_usd)


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
