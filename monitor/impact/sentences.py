"""A reason (monitor.impact.reasons) as a sentence, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bundles import places
from bundles.words import Event, Outcome, Proceeding
from monitor.impact.money import percent, usd
from monitor.notices.labels import KINDS, PROCEEDINGS

Params = Mapping[str, Any]

HAPPENED: dict[str, str | Promise] = {
    Event.ORDER: gettext_lazy("an order has been issued"),
    Event.FINAL: gettext_lazy("the final determination has been issued"),
    Event.PRELIMINARY: gettext_lazy("the preliminary determination has been issued"),
    Event.INITIATED: gettext_lazy("it has been initiated"),
    Event.COMPLAINT: gettext_lazy("a petition or complaint has been received"),
    Event.CONTINUED: gettext_lazy("the measure is continued"),
    Event.REVOKED: gettext_lazy("the measure is revoked"),
    Event.TERMINATED: gettext_lazy("it has been terminated"),
    Event.RESCINDED: gettext_lazy("the review has been rescinded"),
    Event.SUSPENDED: gettext_lazy("it is suspended by an undertaking or agreement"),
    Event.COURT: gettext_lazy("a court has decided"),
    Event.AMENDED: gettext_lazy("the result has been amended"),
    Event.POSTPONED: gettext_lazy("it has been postponed"),
    Event.SCHEDULED: gettext_lazy("the schedule has been set"),
    Event.OPPORTUNITY: gettext_lazy("parties may ask for a review"),
    Event.UPCOMING: gettext_lazy("a review is announced"),
    Event.COMMENTS: gettext_lazy("comments are invited"),
    Event.WITHDRAWN: gettext_lazy("it has been withdrawn"),
    Event.IN_FORCE: gettext_lazy("it is in force"),
    Event.ADOPTED: gettext_lazy("it has been adopted"),
    Event.PROPOSED: gettext_lazy("a draft has been published"),
    Event.DELAYED: gettext_lazy("its application is delayed"),
    Event.COMMENT_EXTENDED: gettext_lazy("the comment period is extended"),
    Event.GUIDANCE: gettext_lazy("guidance has been published"),
    Event.RECALLED: gettext_lazy("the product has been recalled"),
    Event.REFUSED: gettext_lazy("goods have been refused at the border"),
    Event.ALERT_ADDED: gettext_lazy("an alert on the goods has been issued"),
    Event.ALERT_REMOVED: gettext_lazy("the alert on the goods has been lifted"),
    Event.CLOSED: gettext_lazy("it has been closed"),
    Event.CORRECTED: gettext_lazy("a correction has been published"),
    Event.OTHER: gettext_lazy("a new document has been published"),
}

DECIDED: dict[tuple[str, str], str | Promise] = {
    (Event.FINAL, Outcome.AFFIRMATIVE): gettext_lazy("the final determination is affirmative"),
    (Event.FINAL, Outcome.NEGATIVE): gettext_lazy("the final determination is negative"),
    (Event.FINAL, Outcome.MIXED): gettext_lazy("the final determination is affirmative in part"),
    (Event.PRELIMINARY, Outcome.AFFIRMATIVE): gettext_lazy(
        "the preliminary determination is affirmative"
    ),
    (Event.PRELIMINARY, Outcome.NEGATIVE): gettext_lazy(
        "the preliminary determination is negative"
    ),
    (Event.PRELIMINARY, Outcome.MIXED): gettext_lazy(
        "the preliminary determination is affirmative in part"
    ),
}

EVIDENCE: dict[str, str | Promise] = {
    "confirmed": gettext_lazy("confirmed by hand"),
    "printed": gettext_lazy("by the codes printed in the notice"),
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
    words = {
        "place": _place(params["jurisdiction"]),
        "kind": _kind(params["kind"], params["proceeding"]),
        "origins": _list([_place(code) for code in params["origins"]]),
        "happened": _event(params["event"], params["outcome"]),
        "product": params["product"],
    }
    return _subject(params["against"], bool(params["product"])) % words


def _subject(against: str, has_product: bool) -> str:  # noqa: FBT001 - one of six forms
    return {
        ("ours", True): _("%(place)s, %(kind)s against China (%(product)s): %(happened)s"),
        ("ours", False): _("%(place)s, %(kind)s against China: %(happened)s"),
        ("others", True): _("%(place)s, %(kind)s against %(origins)s (%(product)s): %(happened)s"),
        ("others", False): _("%(place)s, %(kind)s against %(origins)s: %(happened)s"),
        ("any", True): _("%(place)s, %(kind)s (%(product)s): %(happened)s"),
        ("any", False): _("%(place)s, %(kind)s: %(happened)s"),
    }[against, has_product]


def _kind(kind: str, proceeding: str | None) -> str:
    label = _lowered(str(KINDS[kind]))
    if proceeding is None or proceeding == Proceeding.INVESTIGATION:
        return label
    return _("%(kind)s, %(proceeding)s") % {
        "kind": label,
        "proceeding": _lowered(str(PROCEEDINGS[proceeding])),
    }


def _event(event: str, outcome: str | None) -> str:
    return str(DECIDED.get((event, outcome or ""), HAPPENED[event]))


def _match(params: Params) -> str:
    named = [f"{good['code']} {_ours(good)}".strip() for good in params["goods"]]
    goods = _list(named)
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
        "place": _place(params["market"]),
        "money": usd(Decimal(params["usd"])),
        "share": percent(Decimal(params["share"])),
        "month": params["as_of"],
    }


def _exposure_none(params: Params) -> str:
    return _("The base makes this, but exported none to %(place)s in 12 months (to %(month)s)") % {
        "place": _place(params["market"]),
        "month": params["as_of"],
    }


def _exposure_unknown(params: Params) -> str:
    return _(
        "No export figures of this base are known: its exports to %(place)s are not counted"
    ) % {"place": _place(params["market"])}


def _deadline(params: Params) -> str:
    return _("Next date: %(date)s, %(what)s (%(source)s)") % {
        "date": params["date"],
        "what": _ours(params),
        "source": _source(params),
    }


def _source(params: Params) -> str:
    if params["source"] == "printed":
        return _("printed in the notice")
    if params["verified"]:
        return _("computed, %(basis)s") % params
    return _("computed, %(basis)s; not yet verified") % params


def _echo(params: Params) -> str:
    return _("It names the goods of %(origins)s only, not China's; it can echo") % {
        "origins": _list([_place(code) for code in params["origins"]])
    }


def _rule(params: Params) -> str:
    return _("Level: %(why)s (rule %(id)s)") % {"why": _ours(params), "id": params["id"]}


def _withdrawn(_params: Params) -> str:
    return _("Assessed again: this base is not touched any more")


SENTENCES: dict[str, Callable[[Params], str]] = {
    "happened": _happened,
    "match": _match,
    "exposure": _exposure,
    "exposure_none": _exposure_none,
    "exposure_unknown": _exposure_unknown,
    "deadline": _deadline,
    "echo": _echo,
    "rule": _rule,
    "withdrawn": _withdrawn,
}


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _ours(texts: Params) -> str:
    """The one of two texts that the data holds in the reader's language."""
    return str(texts["zh"] if _is_chinese() else texts["en"])


def _place(code: str) -> str:
    """The place's name; the code itself where it is none that has a name."""
    try:
        return places.name(code, get_language() or "en")
    except KeyError:
        return code


def _list(words: Sequence[str]) -> str:
    return ("、" if _is_chinese() else ", ").join(words)


def _lowered(label: str) -> str:
    """Within a sentence; `SPS measure` and `Section 337` are names."""
    is_word = label[1:2].islower() and label.isascii() and not label[-1:].isdigit()
    return label[:1].lower() + label[1:] if is_word else label
