"""What happened to whom, in one line of the reader's language, composed of a notice's fields.

A publisher's title is in the publisher's language, and most readers here read Chinese: for them
the composed line heads a notice, and the title stands below it as the original. Readers of English
see the title alone: nearly all are English, and say more than the fields do.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from bundles import places
from bundles.words import INCIDENTS, TRADE_REMEDIES, Event, Kind, Outcome, Proceeding
from models.nomenclature import hs
from monitor.notices.labels import KINDS, PROCEEDINGS
from monitor.notices.models import Notice, ProductClaim

LIKELY = 0.5
"""A product less probable than this is more likely wrong than right: it heads nothing."""
NAMED = 2
"""Products that a headline names."""
ORIGINS = 3
"""Origins that it names."""
OWN_WORDS = 60
"""Characters of the notice's own words for its product."""

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
    Event.UPCOMING: gettext_lazy("it is announced"),
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

ORDERED: dict[str, str | Promise] = {
    Kind.SAFEGUARD: gettext_lazy("safeguard measures have been imposed"),
    Kind.SECTION_337: gettext_lazy("an exclusion or cease and desist order has been issued"),
}
"""Orders that are no duty orders."""

_SAYS_ITS_KIND = frozenset({Event.RECALLED, Event.REFUSED})
_SEAM = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9(])"
    r"|(?<=[A-Za-z0-9)%])(?=[\u4e00-\u9fff])"
    r"|(?<=[A-Za-z])(?=337 )"
)
_REMARK = re.compile(r"[（(][^）)]*[）)]")


@dataclass(frozen=True)
class About:
    """What a headline is composed of, in the words of `bundles.words`; places as codes.

    `origins`: empty where no origin is named. `product`: as the reader is to read it.
    """

    jurisdiction: str
    kinds: Sequence[str]
    origins: Sequence[str] = ()
    product: str = ""
    proceeding: str | None = None
    event: str = Event.OTHER
    outcome: str | None = None


def composed(notice: Notice, claims: Iterable[ProductClaim]) -> str:
    """The headline of a notice. Empty where its title serves the reader as it is."""
    if not wanted(notice):
        return ""
    return sentence(
        About(
            jurisdiction=notice.jurisdiction,
            kinds=notice.kinds,
            origins=notice.origins,
            product=products(_headings(claims)) or own_words(notice),
            proceeding=notice.proceeding,
            event=notice.event,
            outcome=notice.outcome,
        )
    )


def wanted(notice: Notice) -> bool:
    """Whether the reader needs more than the title: she reads Chinese, and it is in another
    language. Of documents that are no measure the fields say nothing."""
    return is_chinese() and notice.language != "zh" and Kind.OTHER not in notice.kinds


def sentence(about: About) -> str:
    """`美国对华陶瓷砖反倾销调查：肯定性终裁`."""
    words = {"subject": subject(about), "happened": _happened(about)}
    return _seamed(_("%(subject)s: %(happened)s") % words)


def subject(about: About) -> str:
    """Who does what about which goods, without what happened: `美国对华陶瓷砖反倾销调查`."""
    forms = _incident if set(about.kinds) <= INCIDENTS else _measure
    words = {
        "place": place(about.jurisdiction),
        "kind": _kind(about),
        "origins": _origins(about),
        "product": about.product or pgettext("of any kind", "goods"),
    }
    return _seamed(forms(about) % words)


def products(names: Iterable[str]) -> str:
    """At most two of the names of goods, which may be lists of goods themselves: the first of each
    name, or the first two of the only one."""
    lists = [_terms(name) for name in dict.fromkeys(names)]
    every = list(dict.fromkeys(term for terms in lists for term in terms))
    firsts = list(dict.fromkeys(terms[0] for terms in lists if terms))
    shown = (firsts if len(firsts) > 1 else every)[:NAMED]
    listed = joined(shown)
    return _("%(goods)s and others") % {"goods": listed} if len(every) > len(shown) else listed


def own_words(notice: Notice) -> str:
    return Truncator(" ".join(notice.product.split())).chars(OWN_WORDS)


def is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def place(code: str) -> str:
    """The place's name; the code itself where it is none that has a name."""
    try:
        return places.name(code, get_language() or "en")
    except KeyError:
        return code


def joined(words: Iterable[str]) -> str:
    return ("、" if is_chinese() else ", ").join(words)


def _measure(about: About) -> str:
    return {
        (True, True): _("%(place)s, %(kind)s against %(origins)s (%(product)s)"),
        (True, False): _("%(place)s, %(kind)s against %(origins)s"),
        (False, True): _("%(place)s, %(kind)s (%(product)s)"),
        (False, False): _("%(place)s, %(kind)s"),
    }[bool(about.origins), bool(about.product)]


def _incident(about: About) -> str:
    """A recall is not against an origin: it is about goods, here or from there."""
    if about.origins:
        return _("%(place)s, %(product)s from %(origins)s")
    return _("%(place)s, %(product)s on its market")


def _origins(about: About) -> str:
    if list(about.origins) == ["CN"] and not set(about.kinds) <= INCIDENTS:
        return pgettext("against", "China")
    ours_first = sorted(about.origins, key=lambda code: code != "CN")
    listed = joined(place(code) for code in ours_first[:ORIGINS])
    if len(ours_first) <= ORIGINS:
        return listed
    return _("%(places)s and others, %(count)d in all") % {
        "places": listed,
        "count": len(ours_first),
    }


def _kind(about: About) -> str:
    label = _kind_label(about.kinds)
    if about.proceeding == Proceeding.INVESTIGATION:
        is_open = TRADE_REMEDIES.issuperset(about.kinds) and about.event != Event.ORDER
        return _("%(kind)s investigation") % {"kind": label} if is_open else label
    if about.proceeding is None:
        return label
    proceeding = _lowered(str(PROCEEDINGS[about.proceeding]))
    return _("%(kind)s, %(proceeding)s") % {"kind": label, "proceeding": proceeding}


def _kind_label(kinds: Sequence[str]) -> str:
    if {Kind.ANTI_DUMPING, Kind.COUNTERVAILING}.issubset(kinds):
        return _("anti-dumping and countervailing")
    return _lowered(str(KINDS[next(kind for kind in Kind if kind in kinds)]))


def _happened(about: About) -> str:
    if about.event == Event.ORDER and len(about.kinds) == 1 and about.kinds[0] in ORDERED:
        return str(ORDERED[about.kinds[0]])
    said = str(DECIDED.get((about.event, about.outcome or ""), HAPPENED[about.event]))
    if not set(about.kinds) <= INCIDENTS or about.event in _SAYS_ITS_KIND:
        return said
    return _("%(happened)s (%(kind)s)") % {"happened": said, "kind": _kind_label(about.kinds)}


def _headings(claims: Iterable[ProductClaim]) -> list[str]:
    """The Chinese names of the headings claimed, the most probable first."""
    likely = [
        claim
        for claim in claims
        if claim.probability >= LIKELY and claim.verdict != ProductClaim.Verdict.REJECTED
    ]
    likely.sort(key=lambda claim: (-claim.probability, claim.code))
    deepest = max((min(len(claim.code), 4) for claim in likely), default=0)
    return [heading(claim.code) for claim in likely if len(claim.code) >= deepest]


def heading(code: str) -> str:
    return hs.name(code[:4], "zh")


def _terms(name: str) -> list[str]:
    """The goods that one name lists, without remarks; `其他` says what a line leaves to others,
    which no reader of a headline sees."""
    bare = _REMARK.sub("", name).removeprefix("其他").removeprefix("方法制作的")
    return [term.strip() for term in bare.split("、") if term.strip()]


def _seamed(text: str) -> str:
    """With a space between Chinese and what is not, as the house writes `LED 灯具`."""
    return _SEAM.sub(" ", text)


def _lowered(label: str) -> str:
    """Within a sentence; `SPS measure` and `Section 337` are names."""
    is_word = label[1:2].islower() and label.isascii() and not label[-1:].isdigit()
    return label[:1].lower() + label[1:] if is_word else label
