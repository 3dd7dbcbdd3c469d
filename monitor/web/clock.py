"""What the pages take for now: the wall clock, or the day that `--as-of` set."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def as_of() -> date | None:
    """The day that the pages are told it is (`fenghuo serve --as-of`), if they are told one."""
    given: date | None = getattr(settings, "FENGHUO_AS_OF", None)
    return given


def now() -> datetime:
    """Aware; noon in the reader's zone of the day that was set, else the present."""
    day = as_of()
    if day is None:
        return timezone.now()
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())


def today() -> date:
    """The date in the reader's zone."""
    return timezone.localdate(now())


def real_now() -> datetime:
    """The wall clock, whatever day the pages were told: links expire and people wait by it."""
    return timezone.now()
