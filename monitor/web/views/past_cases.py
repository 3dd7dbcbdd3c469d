"""The library of past cases: all of them by product, market, kind and ending; each with its facts
and where they were read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bundles.words import Kind
from monitor.cases.past.echoing import chains, heard, of_case
from monitor.cases.past.figures import figures
from monitor.cases.past.library import PastCases, tally
from monitor.cases.past.near import Asked, near
from monitor.cases.past.tables import Ending, PastCase
from monitor.web.filters import chosen

BESIDE = 6
"""Past cases that are named beside one."""


@dataclass(frozen=True)
class Wanted:
    """What the page is asked for; of each filter none or several."""

    groups: Sequence[str]
    markets: Sequence[str]
    kinds: Sequence[str]
    endings: Sequence[str]

    def takes(self, case: PastCase, group: str) -> bool:
        return (
            (not self.groups or group in self.groups)
            and (not self.markets or case.jurisdiction in self.markets)
            and (not self.kinds or not set(self.kinds).isdisjoint(case.kinds))
            and (not self.endings or case.outcome.how in self.endings)
        )


def past_cases(request: HttpRequest) -> HttpResponse:
    library = PastCases.load()
    markets = sorted({case.jurisdiction for case in library.cases})
    kinds = [kind for kind in Kind if any(kind in case.kinds for case in library.cases)]
    wanted = Wanted(
        groups=chosen(request, "product", library.groups),
        markets=chosen(request, "market", markets),
        kinds=chosen(request, "kind", kinds),
        endings=chosen(request, "ending", Ending),
    )
    found = [case for case in library.cases if wanted.takes(case, library.group_of[case.id])]
    found.sort(key=lambda case: case.begun().first, reverse=True)
    context = {
        "cases": found,
        "wanted": wanted,
        "groups": library.groups,
        "markets": markets,
        "kinds": kinds,
        "endings": list(Ending),
        "total": len(library.cases),
        "tally": tally(library.cases),
        "figures": figures(library),
        "chains": chains(library),
    }
    return render(request, "web/past_cases.html", context)


def past_case(request: HttpRequest, slug: str) -> HttpResponse:
    library = PastCases.load()
    case = library.by_id.get(slug)
    if case is None:
        raise Http404
    asked = Asked.of(case.goods.hs, case.kinds, case.jurisdiction)
    others = near((other for other in library.cases if other is not case), asked, BESIDE)
    own = of_case(library, case)
    context = {
        "case": case,
        "group": library.groups[library.group_of[case.id]],
        "tally": tally([case]),
        "chains": own,
        "heard": [] if own else heard(library, case.goods.hs, case.jurisdiction),
        "others": others,
    }
    return render(request, "web/past_case.html", context)
