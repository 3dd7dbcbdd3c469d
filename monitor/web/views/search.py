"""Searching every notice ever collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from monitor.impact.models import Impact
from monitor.jobs.rooms import OutsideUnavailable
from monitor.notices.headline import composed
from monitor.notices.models import Notice, ProductClaim
from monitor.search import highlighting
from monitor.search.asking import Asked, Question, understood
from monitor.search.engine import WINDOW, Facet, Hit, Order, Page, QueryTooLarge
from monitor.search.language import QueryError
from monitor.search.spelling import meant_instead
from monitor.search.suggesting import suggestions
from monitor.search.tree import Node, Tag
from monitor.web.answers import Answer, answer, ranking
from monitor.web.clock import today
from monitor.web.filters import page_number
from monitor.web.paces import paced
from monitor.web.templatetags.facets import facetvalue
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import Piece, marked, passages

PER_PAGE = 20
LAST_PAGE = WINDOW // PER_PAGE
SHOWN = 8
"""Values of a facet that are offered, beside the chosen ones."""
LONGEST_VALUE = 200
PASSAGES, SHORT, MARGIN = 3, 260, 90
"""Passages of a hit's text, the length up to which it is shown whole, characters around a word."""
EXPOSURE = "exposure:"
"""Begins the order by the money of a base: `exposure:ceramics`."""
FEW = 3
"""With no more hits than this, words that nothing knows are asked about."""

OF_BASES = (Tag.BASE, Tag.LEVEL)
"""What the index knows of the bases' exports."""

Chosen = Mapping[Facet, tuple[str, ...]]
Names = Mapping[str, str]
"""Codes of bases, and what the page calls them."""


@dataclass(frozen=True)
class Value:
    """One value of a facet: what it is called, how many notices have it, whether it is chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """A hit as it is shown: its title and passages of its text, with the words marked."""

    notice: Notice
    headline: str
    title: list[Piece]
    passages: list[list[Piece]]
    touched: list[tuple[str, Base]]
    """(level, base) of every base that it touches, loudest first."""


def search(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    question, base = question_of(request.GET, actor), base_of(request.GET, actor)
    bases = list(Base.objects.all()) if actor.may(Action.READ_BASES) else []
    context: dict[str, Any] = {
        "text": question.text,
        "order": request.GET.get("order", ""),
        "bases": bases,
        "question": question,
    }
    try:
        asked = understood(question, today())
    except QueryError as error:
        return render(request, "web/search.html", context | {"wrong": _wrong(error, question.text)})
    try:
        found = answer(asked, ranking(base, actor))
    except QueryTooLarge:
        whole = QueryError(_("The query asks too much at once."), 0, len(question.text))
        return render(request, "web/search.html", context | {"wrong": _wrong(whole, question.text)})
    return render(
        request,
        "web/search.html",
        context | _results(request, asked, found, {b.code: own_name(b) for b in bases}),
        status=503 if found.from_records else 200,
    )


@paced("suggest")
def suggest(request: HttpRequest) -> HttpResponse:
    """The list under the field while somebody types; empty where nothing fits."""
    text = request.GET.get("q", "")[:LONGEST_VALUE]
    try:
        found = suggestions(text, get_language() or "zh")
    except (OutsideUnavailable, OSError):
        found = []
    return render(request, "web/parts/suggestions.html", {"found": found})


def question_of(given: QueryDict, actor: Actor) -> Question:
    """What an address asks for. Values of facets are taken as they are: an unknown one finds
    nothing. What the actor may not know of the bases is neither counted nor asked by."""
    closed = () if actor.may(Action.READ_BASES) else OF_BASES
    facets = tuple(facet for facet in Facet if facet.tag not in closed)
    chosen = {
        facet: tuple(value[:LONGEST_VALUE] for value in given.getlist(facet)[:20] if value)
        for facet in facets
        if given.get(facet)
    }
    order = given.get("order", "")
    number = min(page_number(given), LAST_PAGE)
    return Question(
        text=" ".join(given.get("q", "").replace("\0", " ").split()),
        chosen={facet: values for facet, values in chosen.items() if values},
        order=Order(order) if order in set(Order) else None,
        exact=given.get("exact") == "1",
        facets=facets,
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
        snapshot=given.get("at", "")[:4000] or None,
        closed=closed,
    )


def base_of(given: QueryDict, actor: Actor) -> Base | None:
    """The base by whose exposure the hits are to be ordered."""
    if not actor.may(Action.READ_BASES):
        return None
    order = given.get("order", "")
    code = order.removeprefix(EXPOSURE) if order.startswith(EXPOSURE) else ""
    return Base.objects.filter(code=code).first() if code else None


def _wrong(error: QueryError, text: str) -> dict[str, Any]:
    spans = [(error.at, max(error.end, error.at + 1))]
    return {"pieces": marked(text, spans), "problem": error.problem, "instead": error.instead}


def _results(request: HttpRequest, asked: Asked, found: Answer, names: Names) -> dict[str, Any]:
    given, page, question = request.GET, found.page, asked.question
    chosen = question.chosen or {}
    number = question.offset // PER_PAGE + 1
    last = min(LAST_PAGE, -(-page.total // PER_PAGE))
    hits = _found(page.hits, asked.searched, actor_of(request))
    return {
        "asked": bool(question.text or chosen),
        "from_records": found.from_records,
        "total": page.total,
        "found": hits,
        "facets": [(f, _values(f, page, chosen, names)) for f in question.facets if page.facets],
        "chips": _chips(given, chosen, names),
        "additions": asked.additions,
        "widened": _address(given, exact=None),
        "narrowed": _address(given, exact="1"),
        "instead": _instead(given, asked, found),
        "first": question.offset + 1,
        "number": number,
        "last": last,
        "previous": _address(given, page=number - 1, at=page.snapshot) if number > 1 else None,
        "next": _address(given, page=number + 1, at=page.snapshot) if number < last else None,
        "moved_on": page.snapshot_lost,
        "query_string": _address(given, ""),
        "passed_on": _passed_on(question),
        "sample": any(hit.notice.sample for hit in hits),
    }


def _found(hits: Sequence[Hit], tree: Node, actor: Actor) -> list[Found]:
    """The hits with their notices; one deleted since it was indexed is passed over."""
    claims = Prefetch("claims", ProductClaim.objects.defer("evidence", "model"))
    visible = Impact.objects.for_actor(actor).select_related("base")
    impacts = visible.order_by("-loudness", "-exposure_usd")
    touched = Prefetch("entries__impacts", impacts.defer("matches", "reasons", "firms"))
    notices = Notice.objects.defer("item").prefetch_related(claims, touched)
    wanted = notices.in_bulk([hit.notice_id for hit in hits])
    return [_shown(wanted[hit.notice_id], tree) for hit in hits if hit.notice_id in wanted]


def _shown(notice: Notice, tree: Node) -> Found:
    language = notice.language
    title = highlighting.spans(notice.title, language, tree)
    parts = (notice.abstract, notice.body)
    spans = ((text, highlighting.spans(text, language, tree)) for text in parts if text)
    texts = (passages(text, at, SHORT, MARGIN) for text, at in spans if at)
    return Found(
        notice,
        composed(notice, notice.claims.all()),
        marked(notice.title, title),
        list(chain.from_iterable(texts))[:PASSAGES],
        _touched(notice),
    )


def _touched(notice: Notice) -> list[tuple[str, Base]]:
    impacts = [impact for entry in notice.entries.all() for impact in entry.impacts.all()]
    impacts.sort(key=lambda impact: -impact.loudness)
    loudest = {impact.base: impact.level for impact in reversed(impacts)}
    return [(level, base) for base, level in reversed(loudest.items())]


def _values(facet: Facet, page: Page, chosen: Chosen, names: Names) -> list[Value]:
    """The commonest values, and those that are chosen even where nothing is left of them."""
    counted = dict(page.facets.get(facet, ()))
    offered = sorted(counted, reverse=True) if facet is Facet.YEAR else list(counted)
    own = chosen.get(facet, ())
    shown = dict.fromkeys([*own, *offered[:SHOWN]])
    return [
        Value(value, _name(facet, value, names), counted.get(value, 0), value in own)
        for value in shown
    ]


def _name(facet: Facet, value: str, bases: Names) -> str:
    return bases.get(value, value) if facet is Facet.BASE else facetvalue(value, facet)


def _chips(given: QueryDict, chosen: Chosen, names: Names) -> list[tuple[str, str, str]]:
    """(facet, name of the value, the address without it) of every chosen value."""
    found = []
    for facet, values in chosen.items():
        for value in values:
            rest = given.copy()
            rest.setlist(facet, [other for other in given.getlist(facet) if other != value])
            found.append((facet.value, _name(facet, value, names), _address(rest)))
    return found


def _instead(given: QueryDict, asked: Asked, found: Answer) -> tuple[str, str] | None:
    """The query as it may have been meant, and its address."""
    if found.from_records or found.page.total > FEW:
        return None
    better = meant_instead(asked.question.text, asked.typed)
    return (better, _address(given, q=better)) if better else None


def _passed_on(question: Question) -> str:
    """What the page of a hit is told, so that it marks the words that were asked for."""
    if not question.text:
        return ""
    return "?" + urlencode({"q": question.text} | ({"exact": "1"} if question.exact else {}))


def _address(given: QueryDict, start: str = "?", /, **changed: str | int | None) -> str:
    """The address with these parameters changed; another question begins at its first page."""
    rest = given.copy()
    for name in ("page", "at"):
        rest.pop(name, None)
    for name, value in changed.items():
        rest.pop(name, None)
        if value is not None:
            rest[name] = str(value)
    return start + rest.urlencode()
