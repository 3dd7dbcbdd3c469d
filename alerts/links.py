"""Absolute addresses of the pages that a message points to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def site(path: str) -> str:
    return f"{settings.FENGHUO_SITE_URL}{path}"


def host() -> str:
    """The site's host name, for identifiers (`Message-ID`, `tag:`)."""
    return urlsplit(settings.FENGHUO_SITE_URL).hostname or "localhost"


def impact(pk: int) -> str:
    return site(f"/impacts/{pk}/")


def notice(pk: int) -> str:
    return site(f"/notices/{pk}/")


def measure(pk: int) -> str:
    return site(f"/measures/{pk}/")


def task(case: int, pk: int) -> str:
    return site(f"/cases/{case}/#task-{pk}")


def base(code: str) -> str:
    return site(f"/bases/{code}/")


def feed(code: str, language: str) -> str:
    return site(f"{reverse('base_feed', args=[code])}?lang={language}")


def sentinel_feed(token: str, language: str) -> str:
    return site(f"{reverse('sentinel_feed', args=[token])}?lang={language}")


def unsubscribe(token: str) -> str:
    return site(reverse("unsubscribe", args=[token]))
