"""Finds out who asks, and serves them behind the guard of the walls."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from monitor.accounts.models import User
from monitor.accounts.secrets.keys import KeyRefused, holder
from monitor.accounts.walls.acting import chosen, memberships, vouched_for
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import guarded
from monitor.accounts.walls.gates import actor_of, memberships_of

ACTING_FOR = "acting for"
"""Of a session: the primary key of the organisation that the person acts for."""
VOUCHED = "vouched for"
"""Of a session that began by the word of an organisation's provider: the primary key of the
identity by which it knows the person."""

Respond = Callable[[HttpRequest], HttpResponse]


class Walls:
    """After Django's own authentication."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with guarded():
            try:
                request.actor = _actor(request)  # type: ignore[attr-defined]
            except KeyRefused as refused:
                return _refused(401, f"{refused.code}_key")
            response = self._respond(request)
            if actor_of(request).key is not None:
                patch_vary_headers(response, ["Authorization"])
                patch_cache_control(response, private=True)
        if isinstance(response, StreamingHttpResponse):
            # Its content is made when it is sent, after this returns.
            response.streaming_content = _behind(response.streaming_content)
        return response

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """A key opens only what is made for programs (`doors.for_programs`)."""
        if actor_of(request).key is None or getattr(view, "for_programs", False):
            return None
        return _refused(403, "not_for_programs")


def _actor(request: HttpRequest) -> Actor:
    if (shown := _bearer(request)) is not None:
        # Only the key counts. Cookies that come along do not, so there is nothing that another
        # site could make a browser do, and no need of a token against it.
        request.user = AnonymousUser()
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined] # noqa: SLF001 - as Django's own test client does
        return holder(shown, timezone.now())
    user = request.user
    if not isinstance(user, User):
        return ANYBODY
    if (identity := request.session.get(VOUCHED)) is not None:
        return _vouched(request, user, identity)
    request.memberships = memberships(user)  # type: ignore[attr-defined]
    return chosen(user, memberships_of(request), request.session.get(ACTING_FOR))


def _vouched(request: HttpRequest, user: User, identity: int) -> Actor:
    """Acts for that organisation alone; once its provider is taken away, or the person has left,
    the session is nobody's."""
    mine = vouched_for(user, identity)
    if not mine:
        request.user = AnonymousUser()
        return ANYBODY
    request.memberships = mine  # type: ignore[attr-defined]
    return chosen(user, mine, None, vouched=True)


def _bearer(request: HttpRequest) -> str | None:
    """The key in `Authorization: Bearer …` (RFC 6750)."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else None


def _refused(status: int, code: str) -> JsonResponse:
    response = JsonResponse({"error": code}, status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="fenghuo", error="invalid_token"'
    return response


def _behind(content: Iterable[bytes]) -> Iterator[bytes]:
    parts = iter(content)
    while True:
        with guarded():
            part = next(parts, None)
        if part is None:
            return
        yield part
