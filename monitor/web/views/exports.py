"""The whole result of a search, to take away."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, for_programs, needs
from monitor.accounts.walls.policy import Action
from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.asking import understood
from monitor.search.language import QueryError
from monitor.web.answers import every_hit, ranking
from monitor.web.clock import today
from monitor.web.downloads import csv_lines, workbook
from monitor.web.paces import paced
from monitor.web.views.search import base_of, question_of

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_programs
@needs(Action.EXPORT)
@paced("export")
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every hit, newest first or by the exposure of a base; `kind`: `csv` or `xlsx`."""
    actor = actor_of(request)
    try:
        asked = understood(question_of(request.GET, actor), today())
        ids = every_hit(asked, ranking(base_of(request.GET, actor), actor))
    except QueryError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    except (OutsideUnavailable, OSError):
        said = _("The search index cannot be reached.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return _csv(ids, actor) if kind == "csv" else _xlsx(ids, actor)


def _csv(ids: Iterator[int], actor: Actor) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(ids, actor), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response


def _xlsx(ids: Iterator[int], actor: Actor) -> FileResponse:
    return FileResponse(
        workbook(ids, actor), as_attachment=True, filename=_name("xlsx"), content_type=SPREADSHEET
    )


def _name(kind: str) -> str:
    return f"fenghuo-{today():%Y%m%d}.{kind}"
