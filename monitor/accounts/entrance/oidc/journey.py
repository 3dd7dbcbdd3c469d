"""There and back: to the provider with a question, and back with its answer.

The authorization code flow with PKCE (RFC 7636), state and nonce. Only the browser that set out
comes back: what it has to bring is in its session, once and not for long, and so is which provider
it went to and where that one is asked, so that no other one can answer in its place (RFC 9207).
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from monitor.accounts.entrance.oidc import asking
from monitor.accounts.entrance.oidc.asking import Client, Endpoints
from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.entrance.oidc.tokens import Expected, verified
from monitor.accounts.models import Provider
from monitor.accounts.walls.door import opened

TRIP = "trip to a provider"
"""Of a session: where it has gone, and what it has to bring back."""
PATIENCE = timedelta(minutes=15)
"""As long as signing in there may take."""
SCOPE = "openid email profile"


@dataclass(frozen=True)
class Purpose:
    """`then`: where they want to go on; `connecting`: the person who is signed in and wants the
    account there to be theirs."""

    then: str = ""
    connecting: int | None = None


@dataclass(frozen=True)
class Arrival:
    """`claims`: what the provider says, verified."""

    provider: Provider
    claims: Mapping[str, Any]
    purpose: Purpose


def back() -> str:
    """Where the provider sends people; its owner registers it there."""
    return str(settings.FENGHUO_SITE_URL) + reverse("sign_in_back")


def depart(session: SessionBase, provider: Provider, purpose: Purpose, now: datetime) -> str:
    """Where the browser is to go. Raises `Refused`."""
    at = asking.endpoints(provider.issuer)
    if at.issuer != provider.issuer:
        raise Refused(Why.UNCLEAR, "its issuer has changed")
    verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    session[TRIP] = {
        "provider": provider.pk,
        "client": provider.client_id,
        "at": at.plain(),
        "verifier": verifier,
        "state": state,
        "nonce": nonce,
        "since": now.isoformat(),
        "then": purpose.then,
        "connecting": purpose.connecting,
    }
    question = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back(),
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    }
    if provider.second_factor:
        question["acr_values"] = " ".join(provider.second_factor)
    joint = "&" if "?" in at.authorization else "?"
    return f"{at.authorization}{joint}{urlencode(question)}"


def arrive(session: SessionBase, brought: Mapping[str, str], now: datetime) -> Arrival:
    """Whoever comes back with an answer. `brought`: the address's question. Raises `Refused`."""
    trip = _trip(session, brought, now)
    at = Endpoints(**trip["at"])
    if brought.get("iss", at.issuer) != at.issuer:
        raise Refused(Why.FORGED, "the answer names another issuer")
    if "error" in brought:
        raise Refused(Why.DENIED, asking.worded(brought["error"]))
    provider = _provider(trip, at)
    client = Client(provider.client_id, provider.secret)
    given = asking.tokens(
        at,
        client,
        {
            "grant_type": "authorization_code",
            "code": brought.get("code", ""),
            "redirect_uri": back(),
            "code_verifier": trip["verifier"],
        },
    )
    expected = Expected(at.issuer, client.id, trip["nonce"])
    claims = verified(given.identity, asking.keys(at), expected, now)
    if "email" not in claims:
        claims |= _told_beside(at, given.access, claims["sub"])
    return Arrival(provider, claims, Purpose(trip["then"], trip["connecting"]))


def whither(session: SessionBase) -> str:
    """The issuer that the session's journey leads to, for the log; empty: it is on none."""
    trip = session.get(TRIP)
    return str(trip["at"]["issuer"]) if trip else ""


def _trip(session: SessionBase, brought: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The journey that the session is on; it ends here, whatever comes of it."""
    trip: dict[str, Any] | None = session.pop(TRIP, None)
    if trip is None or now - datetime.fromisoformat(trip["since"]) > PATIENCE:
        raise Refused(Why.STRAY, "no journey, or too long ago")
    if not constant_time_compare(brought.get("state", ""), trip["state"]):
        raise Refused(Why.STRAY, "another state")
    return trip


def _provider(trip: Mapping[str, Any], at: Endpoints) -> Provider:
    """As it was when they set out, or they are not let in by it."""
    with opened():  # the server asks for itself: nobody is shown it
        rows = Provider.objects.filter(
            pk=trip["provider"], issuer=at.issuer, client_id=trip["client"]
        )
        found = rows.select_related("organisation").first()
    if found is None:
        raise Refused(Why.STRAY, "the provider has changed meanwhile")
    return found


def _told_beside(at: Endpoints, access: str, subject: str) -> dict[str, Any]:
    """What many providers tell only where they are asked for it (Core 5.4): the address and the
    name, and nothing else of what they say there."""
    told = asking.person(at, access)
    if told and told.get("sub") != subject:
        raise Refused(Why.FORGED, "UserInfo is of another subject")
    return {name: told.get(name) for name in ("email", "email_verified", "name")}


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
