"""How the pages write down the facets of a search."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monitor.impact.labels import LEVELS
from monitor.notices import labels
from monitor.search.engine import Facet
from monitor.web.sources import source_name as registered_name
from monitor.web.templatetags.goods import _short, hscode, hsname, place

register = template.Library()


@register.filter
def facetvalue(value: str, facet: str) -> str:
    """A facet's value as people read it."""
    labelled = {Facet.KIND: labels.KINDS, Facet.EVENT: labels.EVENTS, Facet.LEVEL: LEVELS}
    if facet in labelled:
        return str(labelled[Facet(facet)].get(value, value))
    match facet:
        case Facet.MARKET:
            return place(value)
        case Facet.CHAPTER | Facet.HEADING:
            return f"{hscode(value)} {_short(hsname(value))}".strip()
        case Facet.SOURCE:
            return registered_name(value)
        case _:
            return value


@register.filter
def facetname(facet: str) -> str:
    return {
        Facet.KIND: _("Kind of measure"),
        Facet.EVENT: pgettext("page", "What happened"),
        Facet.MARKET: pgettext("page", "Market"),
        Facet.CHAPTER: _("HS chapter"),
        Facet.HEADING: _("HS heading"),
        Facet.BODY: _("Authority"),
        Facet.SOURCE: _("Source"),
        Facet.YEAR: _("Year"),
        Facet.LEVEL: pgettext("page", "Level"),
        Facet.BASE: _("Base"),
    }[Facet(facet)]
