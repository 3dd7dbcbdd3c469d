"""Sessions in the records: kept by their owner, listed and ended by them.

`settings.SESSION_ENGINE` names this module. Only the synchronous half is used: the pages are served
by WSGI.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from monitor.accounts.models import Session, User
from monitor.accounts.secrets.bearer import digest
from monitor.accounts.walls.door import opened

SEAT = "seat"
"""Of a session: where its person sits, and since when."""
LOOK = timedelta(minutes=5)
"""How exactly it is known when somebody was last seen: a row is written so often, not at every
page."""


class SessionStore(db.SessionStore):
    """Who somebody is has to be found out before there is an actor, so all of it goes through the
    walls."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        with opened():
            alive = Session.objects.filter(expire_date__gt=timezone.now())
            found = alive.filter(session_key=digest(self.session_key or "")).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        with opened():
            return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        seat = data.get(SEAT, {})
        return Session(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined] # not in the stubs
            session_data=self.encode(dict(data)),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            address=seat.get("address"),
            device=seat.get("device", ""),
            since=seat.get("since"),
            seen_at=seat.get("seen_at"),
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django calls it so
        with opened():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            with opened():
                Session.objects.filter(session_key=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lt=timezone.now()).delete()


def take_seat(request: HttpRequest, now: datetime) -> None:
    """Note in the session from where somebody signed in."""
    request.session[SEAT] = {
        "address": request.META.get("REMOTE_ADDR") or None,
        "device": request.headers.get("User-Agent", "")[:300],
        "since": now.isoformat(),
        "seen_at": now.isoformat(),
    }


def see(request: HttpRequest, now: datetime) -> None:
    """Note that they are still there, and from where, if that is not fresh."""
    seat = request.session.get(SEAT)
    if seat and now - datetime.fromisoformat(seat["seen_at"]) >= LOOK:
        address = request.META.get("REMOTE_ADDR") or None
        request.session[SEAT] = {**seat, "address": address, "seen_at": now.isoformat()}


def end_others(user: User, session: SessionBase) -> int:
    """End every session of the person but this one; how many there were."""
    with opened():
        others = Session.objects.filter(user=user).exclude(session_key=current(session))
        return others.delete()[0]


def end_all(user: User) -> int:
    with opened():
        return Session.objects.filter(user=user).delete()[0]


def end(user: User, session_key: str) -> bool:
    """End one of the person's sessions; whether there was one."""
    with opened():
        return Session.objects.filter(user=user, session_key=session_key).delete()[0] > 0


def current(session: SessionBase) -> str:
    """The primary key of the session that a request comes with."""
    return digest(session.session_key or "")
