"""How the pages write down what is done abroad."""

import re
from collections.abc import Sequence

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitor.cases.models import AbroadChange, Floor
from monitor.web.cases.abroad import labels
from monitor.web.cases.abroad.registers import floor_price
from monitor.web.text import tame

register = template.Library()
NOTHING = "—"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@register.filter
def abroadword(word: str, field: str) -> str | Promise:
    """A word of a field that says what it is in every register."""
    return labels.CHOICES[field][word]


@register.filter
def abroadkind(word: str, model: str) -> str | Promise:
    return labels.KINDS[model][word]


@register.filter
def abroadstatus(word: str, model: str) -> str | Promise:
    return labels.STATUSES[model][word]


@register.filter
def donename(change: AbroadChange) -> str | Promise:
    return labels.DONE[change.what]


@register.filter
def at(values: Sequence[str], place: int) -> str:
    return values[place]


@register.filter
def cell(text: str) -> SafeString | str:
    """In a narrow column a day is not broken."""
    if _DAY.fullmatch(text):
        return format_html('<span class="nowrap">{}</span>', text)
    return linebreaksbr(tame(text)) if text else NOTHING


@register.simple_tag
def floorprice(floor: Floor) -> str:
    return floor_price(floor)
