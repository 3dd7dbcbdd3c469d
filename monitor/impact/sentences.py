"""A reason (monitor.impact.reasons) as a sentence, in the reader's language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitor.bases.confidential import CONFIDENTIAL
from monitor.impact.money import percent, usd
from monitor.notices import headline
from monitor.notices.headline import About, is_chinese, joined, place

Params = Mapping[str, Any]

EVIDENCE: dict[str, str | Promise] = {
    "confirmed": gettext_lazy("confirmed by hand"),
    "printed": gettext_lazy("by the codes printed in the notice"),
    "measure": gettext_lazy("by the codes of another notice of the measure"),
    "ics": gettext_lazy("by the standard's ICS class"),
    "text": gettext_lazy("judged by the text, %(probability)s probable"),
}

TOUCHED: dict[str, str | Promise] = {
    "hs6": gettext_lazy("Touches the base's goods %(goods)s (%(evidence)s)"),
    "heading": gettext_lazy("Touches the base's goods %(goods)s by their heading (%(evidence)s)"),
    "chapter": gettext_lazy(
        "Touches the base's goods %(goods)s by their chapter only (%(evidence)s)"
    ),
}


def sentence(reason: Mapping[str, Any]) -> str:
    """The reason in the active language. KeyError: a code that no reason has."""
    return SENTENCES[reason["code"]](reason["params"])


def _happened(params: Params) -> str:
    return headline.sentence(
        About(
            jurisdiction=params["jurisdiction"],
            kinds=[params["kind"]],
            origins=params["origins"],
            product=params["product"],
            proceeding=params["proceeding"],
            event=params["event"],
            outcome=params["outcome"],
        )
    )


def _match(params: Params) -> str:
    named = [f"{good['code']} {_ours(good)}".strip() for good in params["goods"]]
    goods = joined(named)
    if params["count"] > len(named):
        goods = _("%(goods)s and %(more)d more") % {
            "goods": goods,
            "more": params["count"] - len(named),
        }
    probability = {"probability": f"{params['probability']:.0%}"}
    return str(TOUCHED[params["depth"]]) % {
        "goods": goods,
        "evidence": str(EVIDENCE[params["evidence"]]) % probability,
    }


def _exposure(params: Params) -> str:
    form = (
        _(
            "Exports to %(place)s in 12 months: %(money)s (weighted by the depth of the match), "
            "%(share)s of the base's exports (to %(month)s)"
        )
        if params["weighted"]
        else _(
            "Exports to %(place)s in 12 months: %(money)s, %(share)s of the base's exports "
            "(to %(month)s)"
        )
    )
    return form % {
        "place": place(params["market"]),
        "money": usd(Decimal(params["usd"])),
        "share": percent(Decimal(params["share"])),
        "month": params["as_of"],
    }


def _exposure_confidential(params: Params) -> str:
    return _("Exports to %(place)s in 12 months (to %(month)s): %(money)s") % {
        "place": place(params["market"]),
        "month": params["as_of"],
        "money": CONFIDENTIAL,
    }


def _exposure_none(params: Params) -> str:
    return _("The base makes this, but exported none to %(place)s in 12 months (to %(month)s)") % {
        "place": place(params["market"]),
        "month": params["as_of"],
    }


def _exposure_unknown(params: Params) -> str:
    return _(
        "No export figures of this base are known: its exports to %(place)s are not counted"
    ) % {"place": place(params["market"])}


def _deadline(params: Params) -> str:
    said = _("Next date: %(date)s, %(what)s (%(source)s)") % {
        "date": params["date"],
        "what": _ours(params),
        "source": _source(params),
    }
    counted = params.get("explanation_zh" if is_chinese() else "explanation_en")
    return (
        _("%(said)s. Counted: %(counted)s") % {"said": said, "counted": counted}
        if counted
        else said
    )


def _source(params: Params) -> str:
    if params["source"] == "printed":
        return _("printed in the notice")
    if params["verified"]:
        return _("computed, %(basis)s") % params
    return _("computed, %(basis)s; not yet verified") % params


def _echo(params: Params) -> str:
    return _("It names the goods of %(origins)s only, not China's; it can echo") % {
        "origins": joined([place(code) for code in params["origins"]])
    }


def _rule(params: Params) -> str:
    return _("Level: %(why)s (rule %(id)s)") % {"why": _ours(params), "id": params["id"]}


def _withdrawn(_params: Params) -> str:
    return _("Assessed again: this base is not touched any more")


SENTENCES: dict[str, Callable[[Params], str]] = {
    "happened": _happened,
    "match": _match,
    "exposure": _exposure,
    "exposure_confidential": _exposure_confidential,
    "exposure_none": _exposure_none,
    "exposure_unknown": _exposure_unknown,
    "deadline": _deadline,
    "echo": _echo,
    "rule": _rule,
    "withdrawn": _withdrawn,
}


def _ours(texts: Params) -> str:
    """The one of two texts that the data holds in the reader's language."""
    return str(texts["zh"] if is_chinese() else texts["en"])
