"""The stored copy of what was fetched: to be saved and checked, never to be shown as a page."""

import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monitor.notices.models import Capture
from monitor.web.captures import CaptureDamaged, CaptureMissing, stored

log = logging.getLogger(__name__)


@require_safe
def capture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as they came over the wire. 404 where the file is gone, 500 where it holds others
    than the row says; both pages say which file."""
    shown = get_object_or_404(Capture.objects.select_related("bundle"), pk=pk)
    try:
        found = stored(shown)
    except CaptureMissing as error:
        log.warning("capture %d is missing: %s", pk, error)
        return _without(request, shown, 404)
    except CaptureDamaged as error:
        log.error("capture %d is damaged: %s", pk, error)  # noqa: TRY400 - its words say all
        return _without(request, shown, 500)
    response = FileResponse(
        found.stream, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _without(request: HttpRequest, shown: Capture, status: int) -> HttpResponse:
    context = {"capture": shown, "missing": status == 404}
    return render(request, "web/capture.html", context, status=status)
