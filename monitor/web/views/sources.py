"""The sources with their health, their proof and their last crawls."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monitor.notices.models import Notice, Rejection
from monitor.web.clock import now
from monitor.web.sources import ShownSource, shown_sources


@dataclass(frozen=True)
class Counted:
    source: ShownSource
    notices: int
    rejected: int


def sources(request: HttpRequest) -> HttpResponse:
    notices = _count(Notice.objects.values_list("source"))
    rejected = _count(Rejection.objects.values_list("bundle__source"))
    counted = [
        Counted(source, notices.get(source.id, 0), rejected.get(source.id, 0))
        for source in shown_sources(now())
    ]
    context = {"sources": counted, "broken": sum(1 for c in counted if c.source.broken)}
    return render(request, "web/sources.html", context)


def _count(by_source: Any) -> dict[str, int]:
    return dict(by_source.annotate(Count("pk")).order_by())
