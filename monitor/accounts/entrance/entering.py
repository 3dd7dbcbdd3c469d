"""Coming in: the password, what has to follow it, and being in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, authenticate, login
from django.contrib.auth.hashers import make_password
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from monitor.accounts.addresses import folded
from monitor.accounts.entrance import braking, devices, factors, sessions
from monitor.accounts.entrance.braking import Place
from monitor.accounts.models import User
from monitor.accounts.walls.middleware import VOUCHED

HALF_IN = "half in"
"""Of a session: whose password was right, and who has yet to show the second factor."""
PATIENCE = timedelta(minutes=10)
"""For how long after the password the second factor may follow."""
VOUCHED_FOR = timedelta(hours=12)
"""How long a provider's word counts: we do not hear when it takes somebody's account away."""
BACKEND = "monitor.accounts.entrance.backend.PeopleBackend"


@dataclass(frozen=True)
class HalfIn:
    """Somebody whose password was right, or whom a provider has vouched for; `then`: where they
    want to go on."""

    user: User
    then: str
    vouched: int | None = None
    """The identity by which a provider knows them, where it was not a password."""


@sensitive_variables("password")
def checked(request: HttpRequest, address: str, password: str, now: datetime) -> User | None:
    """Whose address and password these are. None says no more than that it cannot be done: whether
    nobody has the address, the password is wrong, or it has to wait, takes the same work."""
    account = folded(address)
    marks = place_of(request, account).marks(account)
    if not braking.attempt(marks, now):
        make_password(password)
        failed(request, username=account)
        return None
    user = authenticate(request, username=account, password=password)
    if not isinstance(user, User):
        return None
    braking.forgive(marks)
    return user


def failed(request: HttpRequest, **credentials: str) -> None:
    """As Django says it of a wrong password: whoever keeps the trail listens."""
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def place_of(request: HttpRequest, account: str) -> Place:
    return Place(request.META.get("REMOTE_ADDR") or "", devices.known(request, folded(account)))


def wait_for_second(
    request: HttpRequest, user: User, then: str, now: datetime, vouched: int | None = None
) -> None:
    """The password was right; the session remembers whose, and lets nobody in yet."""
    request.session.cycle_key()
    request.session[HALF_IN] = {
        "user": user.pk,
        "since": now.isoformat(),
        "then": then,
        "vouched": vouched,
    }


def half_in(request: HttpRequest, now: datetime) -> HalfIn | None:
    """Whoever may now show the second factor."""
    said = request.session.get(HALF_IN)
    if not said or now - datetime.fromisoformat(said["since"]) > PATIENCE:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    return HalfIn(user, said["then"], said.get("vouched")) if user else None


def second_shown(request: HttpRequest, user: User, code: str, now: datetime) -> bool:
    """Whether it is a code of their authenticator, or one of their recovery codes."""
    account = folded(user.username)
    marks = place_of(request, account).code_marks(account)
    right = braking.attempt(marks, now) and (
        factors.accept(user, code, now) or factors.recover(user, code, now)
    )
    if right:
        braking.forgive(marks)
    else:
        failed(request, username=account, second_factor="wrong")
    return right


def enter(request: HttpRequest, user: User, *, proven: bool, vouched: int | None = None) -> None:
    """They are in. `proven`: they have shown a second factor; `vouched`: the identity by which a
    provider knows them, whose word counts for a working day and for its own organisation."""
    if SESSION_KEY in request.session:
        # Also of whoever is nobody by now: what a provider's word left behind is not to stay.
        request.session.flush()
    request.session.pop(HALF_IN, None)
    login(request, user, BACKEND)
    request.session[factors.PROVEN] = proven
    if vouched is not None:
        request.session[VOUCHED] = vouched
        request.session.set_expiry(timezone.now() + VOUCHED_FOR)


def prove(request: HttpRequest, user: User) -> None:
    """Whoever is in has set up a second factor: this session has shown it, every other one, which
    has not, ends."""
    request.session.cycle_key()
    request.session[factors.PROVEN] = True
    sessions.end_others(user, request.session)


def greet(response: HttpResponseBase, request: HttpRequest, user: User) -> None:
    """What the browser is to remember of somebody who has come in: that it is known, unless it was
    another's word that let them in, and which language they read."""
    if not user.sample and VOUCHED not in request.session:
        devices.remember(response, request, folded(user.username))
    speak(response, user.language)


def speak(response: HttpResponseBase, language: str) -> None:
    """From now on pages are in this language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=devices.KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
