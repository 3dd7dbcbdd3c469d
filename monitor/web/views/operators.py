"""Health, for operators and their machines."""

from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from monitor.jobs.models import Lease, RoomFailure
from monitor.notices.models import Notice
from monitor.search.serving import engine
from monitor.web.clock import now
from monitor.web.sources import shown_sources

SILENT = timedelta(minutes=2)
"""A scheduler that has not been heard of for longer than this is taken for dead."""


@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """200 with `"status": "ok"` or `"degraded"`; 503 where the records cannot be reached.

    Degraded: a source is broken, a row failed in a room, or the index cannot be opened.
    """
    try:
        report = _report()
    except DatabaseError as error:
        return JsonResponse({"status": "down", "database": type(error).__name__}, status=503)
    return JsonResponse(report)


def _report() -> dict[str, Any]:
    broken = [source.id for source in shown_sources(now()) if source.broken]
    failures = RoomFailure.objects.count()
    index = _index()
    degraded = bool(broken or failures or "error" in index)
    return {
        "status": "degraded" if degraded else "ok",
        "database": {"notices": Notice.objects.count()},
        "index": index,
        "clock": _clock(),
        "rooms": {"failed_rows": failures},
        "sources": {"broken": broken},
    }


def _index() -> dict[str, Any]:
    try:
        standing = engine().standing()
    except Exception as error:  # noqa: BLE001 - whatever breaks an index is reported, by its name
        return {"error": type(error).__name__}
    report: dict[str, Any] = {"engine": standing.engine, "notices": standing.notices}
    if standing.serving and not standing.is_current:
        report["error"] = "IndexOutdated"
    return report | ({"building": True} if standing.building else {})


def _clock() -> dict[str, Any]:
    """Null where no scheduler has run: `fenghuo watch` walks the corridor without one."""
    lease = Lease.objects.filter(name="clock").first()
    if lease is None:
        return {"heartbeat": None, "alive": None}
    alive = now() - lease.heartbeat_at <= SILENT
    return {"heartbeat": lease.heartbeat_at.isoformat(), "alive": alive}
