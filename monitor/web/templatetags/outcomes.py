"""How the pages write down what came of cases: results, rates, shares, how long it took."""

from datetime import timedelta
from decimal import Decimal

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monitor.cases.learning.counting import Share
from monitor.cases.models import Outcome
from monitor.cases.outcomes.paying import Paid
from monitor.cases.past.own import Came
from monitor.notices.labels import KINDS
from monitor.web.cases.outcomes.labels import FORCES, RESULTS
from monitor.web.text import tame

register = template.Library()
NOTHING = "—"


@register.filter
def resultword(word: str) -> str | Promise:
    return RESULTS[word]


@register.filter
def forceword(word: str) -> str | Promise:
    return FORCES[word]


@register.filter
def ratepercent(rate: Decimal | None) -> str:
    """As notices print it: two digits, a third only where there is one."""
    if rate is None:
        return NOTHING
    plain = f"{rate:.3f}"
    return f"{plain.removesuffix('0')}%"


@register.filter
def ratewords(outcome: Outcome) -> str:
    """The rate, what is deposited where that is another, the amount."""
    words = []
    if outcome.rate is not None:
        words.append(ratepercent(outcome.rate))
    if outcome.deposit_rate is not None:
        words.append(_("deposit %(rate)s") % {"rate": ratepercent(outcome.deposit_rate)})
    if outcome.amount is not None:
        words.append(f"{outcome.amount.normalize():f} {outcome.currency}/{tame(outcome.unit)}")
    return pgettext("between words", ", ").join(words) or NOTHING


@register.filter
def paidword(cell: Paid | None) -> str:
    if cell is None:
        return NOTHING
    return ratepercent(cell.rate) if cell.rate is not None else ratewords(cell.outcome)


@register.filter
def shareword(share: Share) -> str:
    """“12 of 20 (60%)”; of few, without the percentage."""
    if not share.whole:
        return NOTHING
    plain = _("%(part)d of %(whole)d") % {"part": share.part, "whole": share.whole}
    return plain if share.ratio is None else f"{plain} ({share.ratio:.0%})"


@register.filter
def tookword(took: timedelta | None) -> str:
    """In hours up to three days, then in days."""
    if took is None:
        return NOTHING
    hours = took.total_seconds() / 3600
    if hours < 72:
        return _("%(hours)s h") % {"hours": f"{hours:.1f}"}
    days = round(hours / 24)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@register.filter
def points(gain: Decimal | None) -> str:
    """Percentage points, with their sign."""
    return NOTHING if gain is None else f"{gain:+.2f}"


@register.filter
def width(share: Share) -> str:
    """Of a bar, as SVG reads it."""
    return f"{100 * share.part / share.whole:.2f}%" if share.whole else "0%"


@register.filter
def cameword(came: Came) -> str:
    """What a case of ours came to under one measure."""
    words = []
    if came.firms:
        low, high = ratepercent(came.lowest), ratepercent(came.highest)
        count = ngettext("%(n)d firm of ours", "%(n)d firms of ours", came.firms)
        rates = low if low == high else f"{low}–{high}"
        words.append(f"{count % {'n': came.firms}} {rates}")
    if came.others is not None:
        words.append(_("all others %(rate)s") % {"rate": ratepercent(came.others)})
    said = pgettext("between words", ", ").join(words)
    return str(KINDS[came.kind]) + pgettext("before what is said", ": ") + said
