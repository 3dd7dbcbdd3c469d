"""How often one party may ask for what costs much.

Counted in this process, over a moving minute: one process serves the pages (`fenghuo serve`), and a
limit that forgets with it is good enough against somebody who asks without end. A person or a
program is counted wherever it comes from; whoever has not signed in, by their network, with whom
they share it.
"""

from collections.abc import Callable
from functools import cache, wraps
from math import ceil
from time import time
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from monitor.accounts.entrance.braking import network_of
from monitor.accounts.walls.gates import actor_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def paced(what: str) -> Callable[[View[P]], View[P]]:
    """The view answers a party as often as `settings.FENGHUO_PACES[what]` says, else 429 with the
    seconds to wait (`Retry-After`)."""

    def decorated(view: View[P]) -> View[P]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            item, party = _item(settings.FENGHUO_PACES[what]), party_of(request)
            if _limiter().hit(item, what, party):
                return view(request, *args, **kwargs)
            return _refused(_limiter().get_window_stats(item, what, party).reset_time)

        return asked

    return decorated


def party_of(request: HttpRequest) -> str:
    actor = actor_of(request)
    if actor.key is not None:
        return f"key {actor.key}"
    if actor.user is not None:
        return f"user {actor.user.pk}"
    return f"network {network_of(request.META.get('REMOTE_ADDR') or '')}"


def _refused(until: float) -> HttpResponse:
    said = _("Too many requests: try again a little later.")
    response = HttpResponse(said, status=429, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(max(1, ceil(until - time())))
    return response


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@cache
def _item(pace: str) -> RateLimitItem:
    return parse(pace)
