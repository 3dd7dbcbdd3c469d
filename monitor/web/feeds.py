"""Where a base's Atom feed stands.

It is served by `alerts`, which nobody may import: its address is a contract, not a name.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from monitor.bases.models import Base


def feed(base: Base) -> str:
    """The feed in the reader's language, for a browser in which somebody has signed in."""
    return f"/feeds/bases/{base.code}.atom?lang={get_language()}"


def keyed(base: Base, secret: str) -> str:
    """The whole address for a feed reader, which cannot sign in: with the secret of a link."""
    return f"{settings.FENGHUO_SITE_URL}{feed(base)}&{urlencode({'key': secret})}"


def of_cases(secret: str) -> str:
    """The whole address of the legal dates of somebody's cases, for a calendar program."""
    path = reverse("case_feed", args=[secret])
    return f"{settings.FENGHUO_SITE_URL}{path}?{urlencode({'lang': _tongue()})}"


def _tongue() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
