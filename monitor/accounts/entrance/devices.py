"""Devices from which somebody has signed in before.

A device keeps a signed cookie that says for which accounts it is known. Whoever comes from one is
not slowed by what strangers do to the account from elsewhere; it lets nobody in by itself.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from monitor.accounts.secrets.bearer import digest

COOKIE = "device"
KEPT = timedelta(days=365)
MOST = 12
"""Accounts that one device is known for: the last ones."""

_SALT = "monitor.accounts.entrance.devices"


def known(request: HttpRequest, account: str) -> str | None:
    """The device's name, if somebody has signed in to the account from it."""
    return _read(request).get(_short(account))


def remember(response: HttpResponseBase, request: HttpRequest, account: str) -> None:
    """From now on the device is known for the account."""
    devices = _read(request)
    name = devices.pop(_short(account), None) or secrets.token_urlsafe(12)
    devices[_short(account)] = name
    kept = dict(list(devices.items())[-MOST:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        devices = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        # None yet, too old, or not ours: a device like any other.
        return {}
    return dict(devices)


def _short(account: str) -> str:
    """The cookie names no address in clear."""
    return digest(account)[:16]
