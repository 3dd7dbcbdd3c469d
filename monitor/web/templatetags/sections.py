"""Where in the navigation a page stands."""

from django import template
from django.template.context import Context
from django.utils.html import format_html

from monitor.web.sections import section_of

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context: Context, address: str, *sections: str) -> str:
    """Marks a link of the navigation: the name of its own address, then the sections that it stands
    for."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is not None and match.url_name == address:
        said = "page"
    else:
        # "page" would say that the link leads to where one is.
        said = "true" if section_of(match) in sections else ""
    return format_html(' aria-current="{}"', said) if said else ""
