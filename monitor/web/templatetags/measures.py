"""How the pages write down what a notice or a measure says: kinds, events, levels, reasons."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitor.impact import labels as impact_labels
from monitor.impact.headline import composed
from monitor.impact.models import Impact
from monitor.impact.sentences import sentence as written_sentence
from monitor.notices import labels
from monitor.web import labels as web_labels
from monitor.web.templatetags.fenghuo import labelled, tongue
from monitor.web.templatetags.goods import place

register = template.Library()


@register.filter
def kind(word: str | None) -> str | Promise:
    return labelled(labels.KINDS, word)


@register.filter
def event(word: str | None) -> str | Promise:
    return labelled(labels.EVENTS, word)


@register.filter
def proceeding(word: str | None) -> str | Promise:
    return labelled(labels.PROCEEDINGS, word)


@register.filter
def outcome(word: str | None) -> str | Promise:
    return labelled(labels.OUTCOMES, word)


@register.filter
def datekind(word: str | None) -> str | Promise:
    return labelled(labels.DATES, word)


@register.filter
def levelword(word: str) -> str | Promise:
    return impact_labels.LEVELS[word]


@register.simple_tag
def level(word: str, more: str = "", size: str = "") -> SafeString:
    """The badge of a level: its colour and its word, with `more` (a count) behind it."""
    text = f"{impact_labels.LEVELS[word]} {more}".strip()
    return format_html('<span class="level level-{} {}">{}</span>', word, size, text)


@register.filter
def datewhat(what: dict[str, Any] | None) -> str | Promise:
    """What the next date is: the rule's own words, else the kind of date that was printed."""
    what = what or {}
    return what.get(tongue()) or labelled(labels.DATES, what.get("kind"))


@register.filter
def unverified(what: dict[str, Any] | None) -> bool:
    """Computed by a rule that nobody has checked against the law."""
    return bool(what and what.get("source") == "computed" and not what.get("verified"))


@register.filter
def changeword(word: str) -> str | Promise:
    return web_labels.CHANGES[word]


@register.filter
def proofword(word: str) -> str | Promise:
    return web_labels.PROOFS[word]


@register.filter
def whereword(where: str) -> str:
    """`abstract:120` → where in the notice something is printed."""
    part, _colon, rest = where.partition(":")
    name = str(web_labels.PARTS.get(part, part))
    return f"{name} {rest.partition(':')[0]}" if part == "field" else name


@register.filter
def depth(word: str) -> str | Promise:
    """How deep a match goes: same subheading, same heading, chapter only."""
    return impact_labels.DEPTHS[word]


@register.filter
def headline(impact: Impact) -> str:
    """What happened, in Chinese; empty where the publisher's title serves the reader."""
    return composed(impact)


@register.filter
def sentence(reason: dict[str, Any]) -> str:
    return str(written_sentence(reason))


@register.filter
def keyname(key: str) -> str:
    """A name of a measure without the system that it is of (`us:A-570-117`); where it is kind,
    origin and product (`us:anti_dumping:CN:steel nail`), in words."""
    parts = key.split(":")[1:]
    if len(parts) in {2, 3} and parts[0] in labels.KINDS:
        origin = [place(code) for code in parts[1:-1]]
        return " · ".join([str(labels.KINDS[parts[0]]), *origin, parts[-1]])
    return ":".join(parts)
