"""What the library says, in sentences of the reader's language: rates, durations, why a case is
near, who followed whom."""

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from bundles import places
from monitor.cases.past.echoing import Chain, Heard, Link
from monitor.cases.past.labels import ENDINGS, STAGES, UNITS, WHOMS
from monitor.cases.past.library import Brought, brought, took
from monitor.cases.past.near import Near
from monitor.cases.past.own import OwnCase
from monitor.cases.past.tables import PastCase, Rate, Response, Stage
from monitor.impact.matching import Depth


def rate(given: Rate) -> str:
    """`17.9%`, `USD 13.85 per pair`, `lowest price USD 13.38 per pair`."""
    if given.percent is not None:
        return f"{given.percent:f}%"
    unit = UNITS[given.unit] if given.unit else ""
    amount = _("%(currency)s %(amount)s per %(unit)s") % {
        "currency": given.currency,
        "amount": f"{given.amount:f}",
        "unit": unit,
    }
    return _("lowest price %(amount)s") % {"amount": amount} if given.minimum else amount


def whose(given: Rate) -> str:
    return given.firm or str(WHOMS[given.whom])


def compared(found: Brought) -> str:
    """`answered: from 13.1%; all others: 36.1%`, with the stage where it is not the definitive one,
    and whether it is 待核实."""
    said = _("answered: from %(low)s; %(whose)s: %(high)s") % {
        "low": rate(found.answered),
        "whose": whose(found.rest),
        "high": rate(found.rest),
    }
    stage = found.rest.stage
    notes = [] if stage == Stage.DEFINITIVE else [str(STAGES[stage])]
    if not found.is_sourced:
        notes.append(pgettext("past case", "to be verified"))
    return _("%(said)s (%(notes)s)") % {"said": said, "notes": _list(notes)} if notes else said


def months(count: float) -> str:
    """Of durations; a middle may be a half."""
    whole = f"{count:g}"
    return npgettext("duration", "%(months)s month", "%(months)s months", _plural(count)) % {
        "months": whole
    }


def _plural(count: float) -> int:
    return 1 if count == 1 else 2


def reason(each: Near | OwnCase) -> str:
    """`same heading 6911; same market; same kind`."""
    if isinstance(each, Near) and each.itself:
        return _("this very case")
    codes = _list(f"{c[:4]}.{c[4:]}" if len(c) > 4 else c for c in each.shared[:4])
    parts = [
        {
            Depth.HS6: _("same subheading %(codes)s"),
            Depth.HEADING: _("same heading %(codes)s"),
            Depth.CHAPTER: _("same chapter %(codes)s only"),
        }[each.depth]
        % {"codes": codes}
    ]
    if each.same_market:
        parts.append(_("same market"))
    if each.same_kinds:
        parts.append(_("same kind"))
    return pgettext("between reasons", "; ").join(parts)


def headline(case: PastCase) -> str:
    """`Ceramic tableware · European Union 2012`."""
    return f"{case.say(_language())} · {place(case.jurisdiction)} {case.begun().first.year}"


def line(each: Near) -> str:
    """All that matters of it, for a message of one line."""
    case = each.case
    parts = [str(ENDINGS[case.outcome.how])]
    duration = took(case)
    if duration is not None:
        parts.append(_("after %(months)s") % {"months": months(duration)})
    parts += [compared(found) for found in brought(case)[:1]]
    told = pgettext("between facts", ", ").join(parts)
    return _("%(case)s (%(reason)s): %(told)s") % {
        "case": headline(case),
        "reason": reason(each),
        "told": told,
    }


def answered(response: Response) -> str:
    """`37 of 200 answered (18.5%)`; empty where the numbers are not known."""
    if response.rate is None:
        return ""
    return _("%(answered)d of %(touched)d answered (%(share)s)") % {
        "answered": response.answered,
        "touched": response.touched,
        "share": f"{response.rate:.1%}",
    }


def heard(found: Heard) -> str:
    """`The European Union opened on this product (2012-02-16); Brazil followed 10 months later
    (2012-12-26).`"""
    followers = _list(_follower(link, after) for link, after in found.then)
    first = _opener(found.first)
    said = (
        _("When %(first)s opened on %(product)s, there followed: %(followers)s.")
        if found.is_asked
        else _("It began with %(first)s on %(product)s; there followed: %(followers)s.")
    )
    return said % {
        "first": first,
        "product": found.chain.echo.say(_language()),
        "followers": followers,
    }


def _opener(link: Link) -> str:
    return _("%(market)s (%(day)s)") % {"market": place(link.jurisdiction), "day": link.day}


def _follower(link: Link, after: int | None) -> str:
    market = opener(link)
    if after is None:
        return _("%(market)s (%(day)s)") % {"market": market, "day": link.day}
    return ngettext(
        "%(market)s %(count)d month later (%(day)s)",
        "%(market)s %(count)d months later (%(day)s)",
        after,
    ) % {"market": market, "count": after, "day": link.day}


def opener(link: Link) -> str:
    """The market; with the origins where they are not China's goods."""
    market = place(link.jurisdiction)
    if not link.origins or "CN" in link.origins:
        return market
    return _("%(market)s on goods of %(origins)s") % {
        "market": market,
        "origins": _list(map(place, link.origins)),
    }


def span(chain: Chain) -> str:
    """How long the whole chain took."""
    known = [link.months for link in chain.links if link.months is not None]
    return months(max(known)) if len(known) > 1 else ""


def place(code: str) -> str:
    return places.name(code, _language())


def _language() -> str:
    return get_language() or "zh-hans"


def _list(words: Iterable[str]) -> str:
    return pgettext("between words", ", ").join(words)
