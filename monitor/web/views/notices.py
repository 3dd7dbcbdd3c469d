"""A notice: its text, everything that was read from it, its versions, and where it was fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from monitor.accounts.walls.gates import actor_of
from monitor.impact.models import Impact
from monitor.notices.headline import composed
from monitor.notices.models import Notice, NoticeVersion
from monitor.web import marking, reading
from monitor.web.filters import page_number
from monitor.web.goods import around
from monitor.web.text import marked
from monitor.web.versions import Field, changed, current, is_cosmetic

LIKELY = 0.2
"""Codes less likely than this are kept for weighing the bases (`impact.matching`), not for readers;
those that a person has judged are shown all the same."""
RECENT = 20
"""Earlier versions that are compared on the notice's own page."""


@dataclass(frozen=True)
class Before:
    """An earlier version, and what the one after it changed."""

    version: NoticeVersion
    changed: Sequence[Field]

    @property
    def next(self) -> int:
        return self.version.version + 1

    @property
    def retitled(self) -> bool:
        return any(each.name == "title" for each in self.changed)

    @property
    def cosmetic(self) -> bool:
        return is_cosmetic(self.changed)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    shown = get_object_or_404(Notice.objects.select_related("capture"), pk=pk)
    impacts = Prefetch("impacts", Impact.objects.for_actor(actor).select_related("base"))
    entries = list(
        shown.entries.select_related("measure").prefetch_related(impacts, "measure__keys")
    )
    claims = list(shown.claims.order_by("-probability", "code"))
    own = [entry.measure_id for entry in entries]
    beside = around(claims, shown.jurisdiction, shown.kinds, own, actor)
    versions = _versions(shown)
    context = {
        "notice": shown,
        "headline": composed(shown, claims),
        "item": shown.item,
        "codes": shown.item.get("codes", []),
        "claims": [c for c in claims if c.verdict or c.probability >= LIKELY],
        "entries": entries,
        "versions": versions,
        "older": shown.version - 1 - len(versions),
        "around": beside,
        "market": shown.jurisdiction,
        "sample": shown.sample or beside.sample,
        **_text(shown, request.GET),
    }
    return render(request, "web/notice.html", context)


def _text(shown: Notice, given: QueryDict) -> dict[str, Any]:
    """The notice's words, with those of the query marked by which it was found."""
    sought = marking.sought(given)
    mark = (
        marking.words(sought.tree, shown.language)
        if sought
        else marking.codes(shown.item.get("codes", []))
    )
    abstract = reading.paragraphs(shown.abstract, mark)
    body = reading.body(shown.body, mark, page_number(given)) if shown.body else None
    paragraphs = [*abstract, *(body.paragraphs if body else ())]
    title = marked(shown.title, mark(shown.title) if sought else ())
    pieces = [*title, *(piece for each in paragraphs for piece in each.pieces)]
    return {
        "sought": sought,
        "title": title,
        "abstract": abstract,
        "body": body,
        "has_marks": any(piece.marked for piece in pieces),
    }


def _versions(shown: Notice) -> list[Before]:
    """The latest of the earlier versions, newest first."""
    found, after = [], current(shown)
    for version in shown.versions.order_by("-version")[:RECENT]:
        found.append(Before(version, changed(version.item, after)))
        after = version.item
    return found
