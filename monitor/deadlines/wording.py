"""The words of periods and sources, in the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitor.deadlines.authority import Source
from monitor.deadlines.rules import Direction, Period, Unit

MONTH_ENDS = frozenset({Unit.MONTH_END, Unit.ANNIVERSARY_MONTH_END})


def sourced(source: Source) -> str:
    """Where it stands, and when somebody read that."""
    about = {"basis": source.basis, "day": source.verified}
    if source.is_verified:
        return _("%(basis)s; read %(day)s") % about
    return _("%(basis)s; not yet verified") % about


def described(period: Period, event: str) -> str:
    """A period of a rule, without a case: `37 days from: questionnaire issued`."""
    return _described(period) % {"span": span(period), "event": event}


def _described(period: Period) -> str:
    if period.direction is Direction.ON:
        return _("the day of: %(event)s")
    if period.unit in MONTH_ENDS and not period.count:
        return _("the last day of the month of: %(event)s")
    if period.unit in MONTH_ENDS:
        return _("the last day of the month, %(span)s from: %(event)s")
    if period.direction is Direction.BEFORE:
        return _("%(span)s before: %(event)s")
    if period.first_day:
        return _("%(span)s from this day on, it included: %(event)s")
    return _("%(span)s from: %(event)s")


def counting(period: Period) -> str:
    """The sentence of a unit and direction, with places for `span`, `day` and `event`."""
    if period.direction is Direction.ON:
        return _("the day of %(event)s, %(day)s")
    if period.unit in MONTH_ENDS and not period.count:
        return _("the last day of the month of %(day)s (%(event)s)")
    before = period.direction is Direction.BEFORE
    match period.unit:
        case Unit.MONTH_END | Unit.ANNIVERSARY_MONTH_END if before:
            return _("the last day of the month %(span)s before %(day)s (%(event)s)")
        case Unit.MONTH_END:
            return _("the last day of the month %(span)s after %(day)s (%(event)s)")
        case Unit.ANNIVERSARY_MONTH_END:
            return _("the last day of the anniversary month, %(span)s after %(day)s (%(event)s)")
    if before:
        return _("%(span)s before %(day)s (%(event)s)")
    if period.first_day:
        return _("%(span)s from %(day)s on, that day included (%(event)s)")
    return _("%(span)s after %(day)s (%(event)s)")


def span(period: Period) -> str:
    """`37 days`, in the active language."""
    count = {"count": period.count}
    match period.unit:
        case Unit.DAYS:
            return ngettext("%(count)d day", "%(count)d days", period.count) % count
        case Unit.BUSINESS_DAYS:
            words = ngettext("%(count)d working day", "%(count)d working days", period.count)
            return words % count
        case Unit.WEEKS:
            return ngettext("%(count)d week", "%(count)d weeks", period.count) % count
        case Unit.MONTHS | Unit.MONTH_END:
            return ngettext("%(count)d month", "%(count)d months", period.count) % count
        case Unit.YEARS | Unit.ANNIVERSARY_MONTH_END:
            return ngettext("%(count)d year", "%(count)d years", period.count) % count


def compared(difference: int) -> str:
    """The printed date beside the computed one."""
    days = abs(difference)
    if not difference:
        return _("the same day")
    if difference > 0:
        return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}
    return ngettext("%(days)d day earlier", "%(days)d days earlier", days) % {"days": days}
