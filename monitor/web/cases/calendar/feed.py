"""Legal dates of somebody's cases as iCalendar (RFC 5545), for the calendar that they keep already.

An entry keeps its UID however often its date moves, so that calendars move it instead of adding
another. Days left are not in it: every reader would see news daily.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Adopted
from monitor.cases.proceeding_names import proceeding_name
from monitor.web.cases.listing import open_dates
from monitor.web.templatetags.cases import duename, is_verified, said
from monitor.web.templatetags.fenghuo import own_name, tongue
from monitor.web.text import tame

BACK = timedelta(days=60)
"""What is over longer is history, not calendar."""
REFRESHED = timedelta(hours=6)


def dates(actor: Actor, day: date) -> list[Adopted]:
    """Of the open cases those that are the reader's; without what may only begin that day."""
    rows = open_dates(actor, day - BACK).filter(proceeding__case__closed_at=None)
    return list(rows.select_related("proceeding__case", "proceeding__measure"))


def calendar(rows: Iterable[Adopted]) -> bytes:
    """In the active language. `rows`: with the case and the measure of their proceeding."""
    made = Calendar()
    made.add("prodid", "-//Fenghuo//Legal calendar//" + tongue().upper())
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Fenghuo: legal dates"))
    made.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for row in rows:
        made.add_component(_event(row))
    return bytes(made.to_ical())


def _event(row: Adopted) -> Event:
    case = row.proceeding.case
    page = f"{settings.FENGHUO_SITE_URL}{reverse('case_calendar', args=[case.pk])}"
    event = Event()
    event.add("uid", f"legal-date-{row.pk}@{_host()}")
    event.add("dtstamp", row.adopted_at)
    event.add("last-modified", row.adopted_at)
    event.add("dtstart", row.day)
    event.add("summary", _summary(row))
    event.add("description", "\n\n".join([*_lines(row), page]))
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    event["categories"] = vText(tame(own_name(case)))
    return event


def _summary(row: Adopted) -> str:
    mark = _("[Sample data] ") if row.proceeding.case.sample else ""
    words = [tame(duename(row.due)), proceeding_name(row.proceeding)]
    return mark + " · ".join([*words, tame(own_name(row.proceeding.case))])


def _lines(row: Adopted) -> Iterable[str]:
    yield said(row.due, "explanation")
    if row.moment is not None:
        yield _("Filing ends at %(moment)s.") % {"moment": row.moment.isoformat(timespec="minutes")}
    if note := said(row.due, "note"):
        yield note
    if not is_verified(row.due):
        yield _("The rule is to be verified.")


def _host() -> str:
    return urlsplit(settings.FENGHUO_SITE_URL).hostname or "localhost"
