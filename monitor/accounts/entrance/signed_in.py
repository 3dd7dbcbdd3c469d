"""What holds at every page for whoever has signed in."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.entrance import factors, sessions
from monitor.accounts.walls.gates import actor_of, memberships_of

BEFORE_SECOND_FACTOR = frozenset(
    {
        "second_factor",
        "authenticator",
        "keep_passkey",
        "passkey_creation",
        "sign_out",
        "set_language",
        "health",
    }
)
"""Names of what somebody may open who has yet to set up the second factor that they have to have:
where that is done, the way out, and the health of the house."""


class SignedIn:
    """After `Walls`: the reader's zone, when they were last seen, and that an office's people and
    operators set up a second factor before they do anything else."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = actor_of(request).user
        if user is None:
            timezone.deactivate()
        else:
            timezone.activate(ZoneInfo(user.time_zone))
            sessions.see(request, timezone.now())
        return self._respond(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        user = actor_of(request).user
        if user is None or factors.is_proven(request.session):
            return None
        if not factors.obliged(user, memberships_of(request)) or _is_open(request):
            return None
        return HttpResponseRedirect(reverse("second_factor"))


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in BEFORE_SECOND_FACTOR
