"""What changes while a request is served is its actor's doing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from monitor.accounts.walls.gates import actor_of
from monitor.trail.hand import by

Respond = Callable[[HttpRequest], HttpResponse]


class Recorded:
    """After the walls, which know the actor."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with by(actor_of(request), timezone.now(), address_of(request)):
            return self._respond(request)


def address_of(request: HttpRequest) -> str:
    """Of whoever speaks to us; behind a proxy, the proxy has to say it for them."""
    address: str = request.META.get("REMOTE_ADDR", "")
    return address
