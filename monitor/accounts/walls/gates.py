"""What a view asks of whoever comes: who they are, and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.secrets.links import bearer
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]


def actor_of(request: HttpRequest) -> Actor:
    """Whoever the request comes from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Everything that whoever the request comes from may act for, longest first."""
    mine: list[Membership] = getattr(request, "memberships", [])
    return mine


def person_of(request: HttpRequest) -> User:
    """Of a view that is only for people who have signed in."""
    user = actor_of(request).user
    if user is None:
        raise PermissionDenied
    return user


def signed_in(view: View[P, R]) -> View[P, R | HttpResponseRedirect]:
    """The view is for everybody who has signed in, and shows them what is theirs alone."""

    @wraps(view)
    def asked(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> R | HttpResponseRedirect:
        if actor_of(request).user is None:
            return HttpResponseRedirect(sign_in(request.get_full_path()))
        return view(request, *args, **kwargs)

    return asked


def by_key(view: View[P, R]) -> View[P, R]:
    """The view may be asked with `?key=SECRET`, by programs that cannot sign in, and is then asked
    for whoever made that link; whoever has signed in beside counts for nothing.

    Raises Http404 where the link lets nobody in.
    """

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if (secret := request.GET.get("key")) is not None:
            actor = bearer(secret, timezone.now())
            if actor is None:
                raise Http404
            request.actor = actor  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return asked


def needs(action: Action) -> Callable[[View[P, R]], View[P, R | HttpResponseRedirect]]:
    """The view is for those who may do it to any rows at all; which ones is the door's to say.

    Whoever has not signed in is sent to do so; to others, what they may not see does not exist.
    """

    def decorated(view: View[P, R]) -> View[P, R | HttpResponseRedirect]:
        @wraps(view)
        def asked(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> R | HttpResponseRedirect:
            actor = actor_of(request)
            if actor.whose(action):
                return view(request, *args, **kwargs)
            if actor.user is None and actor.key is None:
                return HttpResponseRedirect(sign_in(request.get_full_path()))
            raise Http404

        asked.needs = action  # type: ignore[attr-defined]
        return asked

    return decorated


def own(actor: Actor) -> Organisation:
    """The organisation that the actor acts for. Raises Http404 where there is none."""
    if actor.organisation is None:
        raise Http404
    return actor.organisation


def person(actor: Actor) -> User:
    """Raises Http404 where it is nobody, or a program."""
    if actor.user is None:
        raise Http404
    return actor.user


def demand(actor: Actor, action: Action, organisation: Organisation) -> None:
    """Before a write: raises Http404 where the actor may not do it to rows of the organisation."""
    if not reaches(actor, action, organisation):
        raise Http404


def for_programs(view: View[P, R]) -> View[P, R]:
    """Whoever holds a key may ask the view; all others are closed to keys. Outermost, because other
    decorators need not pass it on."""
    view.for_programs = True  # type: ignore[attr-defined]
    return view


def sign_in(then: str) -> str:
    """The address of the page to sign in, and where to go on afterwards."""
    return f"{reverse('sign_in')}?{urlencode({'next': then})}"
