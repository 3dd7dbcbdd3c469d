"""How the pages name places and goods."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.text import Truncator
from django.utils.translation import pgettext

from bundles import places
from models.nomenclature import hs
from monitor.web.templatetags.fenghuo import tongue

register = template.Library()


@register.filter
def place(code: str | None) -> str:
    """The name of a country, a union, or the code itself where it is none that we know."""
    if not code:
        return ""
    try:
        return places.name(code, tongue())
    except KeyError:
        return code


@register.filter
def placelist(codes: Iterable[str]) -> str:
    return pgettext("between words", ", ").join(place(code) for code in codes)


@register.filter
def hsname(code: str) -> str:
    try:
        return hs.name(code, tongue())
    except KeyError:
        return ""


@register.filter
def hscode(code: str) -> str:
    """`4409`, `4409.10`: as tariffs print them."""
    return f"{code[:4]}.{code[4:]}" if len(code) > 4 else code


@register.filter
def goods(matches: list[dict[str, Any]]) -> str:
    """The first two headings that matched, by name: a title may be in a language that few read."""
    headings = dict.fromkeys(match["hs6"][:4] for match in matches)
    return pgettext("between words", ", ").join(_short(hsname(c)) for c in list(headings)[:2])


def _short(name: str) -> str:
    """A heading's name without what it includes and excludes."""
    return Truncator(re.split(r"[;(；（]", name)[0].strip()).chars(48)
