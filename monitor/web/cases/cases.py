"""The cases that somebody sees, and opening one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.gates import actor_of, needs, own
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from monitor.cases.affairs import affair
from monitor.cases.models import Case, CaseMeasure
from monitor.cases.opening import NotTouchedError, open_case
from monitor.cases.outcomes.reopening import with_news
from monitor.cases.permission import MayNotError
from monitor.cases.touching import touching
from monitor.notices.models import Measure
from monitor.web.cases import listing as shown
from monitor.web.clock import real_now, today
from monitor.web.filters import one, page_number

PER_PAGE = 50
OPEN, CLOSED = "open", "closed"


@require_safe
@needs(Action.READ_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """`?state=open|closed`, `?market=US`, `?base=forestry`."""
    actor = actor_of(request)
    state = one(request, "state", (OPEN, CLOSED), OPEN)
    seen = Case.objects.for_actor(actor)
    markets = sorted(set(seen.order_by().values_list("jurisdiction", flat=True)))
    bases = _bases(seen)
    market = one(request, "market", markets, "")
    base = one(request, "base", (each.code for each in bases), "")
    rows = seen.filter(closed_at__isnull=state == OPEN)
    if market:
        rows = rows.filter(jurisdiction=market)
    if base:
        rows = rows.filter(bases__code=base)
    found = shown.ordered(actor, rows, today())
    page = Paginator(found, PER_PAGE).get_page(page_number(request.GET))
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "with_news": with_news(page.object_list) if state == CLOSED else (),
        "lines": shown.lines(actor, list(page.object_list), today()),
        "state": state,
        "market": market,
        "markets": markets,
        "base": base,
        "bases": bases,
        "any": bool(markets),
        "is_firm": shown.is_firm(actor),
        "sample": any(case.sample for case in page.object_list),
    }
    return render(request, "web/cases.html", context)


def _bases(seen: "QuerySet[Case]") -> list[Base]:
    keys = set(seen.order_by().values_list("bases", flat=True))
    return list(Base.objects.filter(pk__in=keys - {None}))


# --- Opening one ---------------------------------------------------------------------------------


def case_of(actor: Actor, measure: Measure) -> Case | None:
    """In which the measure is answered, where the reader sees it."""
    found: Case | None = Case.objects.for_actor(actor).filter(subjects__measure=measure).first()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.EDIT_CASES)
def open_a_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the case would hold; by POST it is opened, or joined where others have opened it."""
    measure = get_object_or_404(Measure, pk=pk)
    actor = actor_of(request)
    if (there := case_of(actor, measure)) is not None:
        return redirect("case", pk=there.pk)
    if request.method == "POST":
        return _opened(request, measure)
    return _confirm(request, measure)


def _opened(request: HttpRequest, measure: Measure) -> HttpResponseBase:
    actor = actor_of(request)
    try:
        found = open_case([measure], own(actor), actor, real_now())
    except NotTouchedError:
        return _confirm(request, measure, status=400)
    except MayNotError as error:
        raise Http404 from error
    said = _("The case is open.") if found.is_new else _("Others answer it already: you joined.")
    messages.success(request, said)
    return redirect("case", pk=found.case.pk)


def _confirm(request: HttpRequest, measure: Measure, status: int = 200) -> HttpResponse:
    own_ = own(actor_of(request))
    with opened():  # what of others is shown is only which measures belong together
        subjects = affair([measure])
        answered = CaseMeasure.objects.filter(measure__in=subjects).exists()
        touched = touching(subjects)
        mine = [chamber for chamber in touched.chambers() if chamber.organisation_id == own_.pk]
        firms = touched.firms()
    context: dict[str, Any] = {
        "measure": measure,
        "measures": _with_keys(subjects),
        "bases": touched.bases,
        "firms": len(firms),
        "is_ours": bool(mine),
        "answered": answered,
        "sample": any(each.sample for each in subjects),
    }
    return render(request, "web/open_case.html", context, status=status)


def _with_keys(measures: Sequence[Measure]) -> "QuerySet[Measure]":
    rows = Measure.objects.filter(pk__in=[measure.pk for measure in measures])
    return rows.prefetch_related("keys").order_by("pk")
