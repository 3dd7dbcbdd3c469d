"""How the pages write down days and moments."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from monitor.web.clock import as_of, now, today
from monitor.web.templatetags.fenghuo import NOTHING

register = template.Library()


@register.filter
def day(value: date | str | None) -> SafeString | str:
    """A legal day, as ISO 8601 writes it in every language."""
    read = parse_date(value) if isinstance(value, str) else value
    return format_html('<time datetime="{0}">{0}</time>', read.isoformat()) if read else NOTHING


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment in the reader's zone, to the minute."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%Y-%m-%d %H:%M")
    )


@register.filter
def month(value: date | None) -> str:
    return value.strftime("%Y-%m") if value else NOTHING


@register.filter
def daysleft(value: date | None) -> str:
    """How far away a day is."""
    if value is None:
        return ""
    days = (value - today()).days
    if days == 0:
        return pgettext("page", "today")
    if days < 0:
        return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.simple_tag
def now_shown() -> SafeString | str:
    """The moment that the page is of, with its zone."""
    return format_html("{} ({})", moment(now()), timezone.get_current_timezone_name())


@register.simple_tag
def date_was_set() -> bool:
    return as_of() is not None
