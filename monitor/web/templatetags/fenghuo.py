"""How the pages write down what they show: levels, words, places, money, dates, others' text."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from bundles import places
from models.nomenclature import hs
from monitor.accounts import labels as account_labels
from monitor.accounts.models import User
from monitor.accounts.sample import english_name
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.bases.confidential import CONFIDENTIAL, Confidential, Shown, is_hidden
from monitor.cases.models import Version
from monitor.impact import labels as impact_labels
from monitor.impact import money as written
from monitor.impact.headline import composed
from monitor.impact.labels import LEVELS
from monitor.impact.models import Impact
from monitor.impact.sentences import sentence as written_sentence
from monitor.notices import labels
from monitor.search.engine import Facet
from monitor.sources.registry import Bilingual
from monitor.web import labels as web_labels
from monitor.web.cases.file import labels as file_labels
from monitor.web.clock import as_of, now, today
from monitor.web.sources import source_name as registered_name
from monitor.web.text import Piece, html, safe_url, tame

register = template.Library()
NOTHING = "—"


def tongue() -> hs.Language:
    """The page's language, as `models` and `bundles` name it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@register.filter
def may(actor: object, action: str) -> bool:
    """Whether whoever the page is for may do it to any rows; a page of an error is for nobody."""
    return isinstance(actor, Actor) and bool(actor.whose(Action(action)))


# --- Words ---------------------------------------------------------------------------------------


def _word(table: labels.Labels, word: str | None) -> str | Promise:
    """The label; a word of the contract always has one, and `KeyError` says which has not."""
    return table[word] if word else ""


@register.filter
def kind(word: str | None) -> str | Promise:
    return _word(labels.KINDS, word)


@register.filter
def event(word: str | None) -> str | Promise:
    return _word(labels.EVENTS, word)


@register.filter
def proceeding(word: str | None) -> str | Promise:
    return _word(labels.PROCEEDINGS, word)


@register.filter
def outcome(word: str | None) -> str | Promise:
    return _word(labels.OUTCOMES, word)


@register.filter
def datekind(word: str | None) -> str | Promise:
    return _word(labels.DATES, word)


@register.filter
def levelword(word: str) -> str | Promise:
    return impact_labels.LEVELS[word]


@register.simple_tag
def level(word: str, more: str = "", size: str = "") -> SafeString:
    """The badge of a level: its colour and its word, with `more` (a count) behind it."""
    text = f"{impact_labels.LEVELS[word]} {more}".strip()
    return format_html('<span class="level level-{} {}">{}</span>', word, size, text)


@register.filter
def place(code: str | None) -> str:
    """The name of a country, a union, or the code itself where it is none that we know."""
    if not code:
        return ""
    try:
        return places.name(code, tongue())
    except KeyError:
        return code


@register.filter
def placelist(codes: Iterable[str]) -> str:
    return pgettext("between words", ", ").join(place(code) for code in codes)


@register.filter
def hsname(code: str) -> str:
    try:
        return hs.name(code, tongue())
    except KeyError:
        return ""


@register.filter
def hscode(code: str) -> str:
    """`4409`, `4409.10`: as tariffs print them."""
    return f"{code[:4]}.{code[4:]}" if len(code) > 4 else code


@register.filter
def goods(matches: list[dict[str, Any]]) -> str:
    """The first two headings that matched, by name: a title may be in a language that few read."""
    headings = dict.fromkeys(match["hs6"][:4] for match in matches)
    return pgettext("between words", ", ").join(_short(hsname(c)) for c in list(headings)[:2])


def _short(name: str) -> str:
    """A heading's name without what it includes and excludes."""
    return Truncator(re.split(r"[;(；（]", name)[0].strip()).chars(48)


@register.filter
def own_name(row: Model | dict[str, Any]) -> str:
    """The name in the page's language of whatever has `name_zh` and `name_en`."""
    names = row if isinstance(row, dict) else vars(row)
    first, second = ("name_zh", "name_en") if tongue() == "zh" else ("name_en", "name_zh")
    return names.get(first) or names.get(second) or ""


@register.filter
def person_name(person: User) -> str:
    """What somebody is called; of sample people in the page's language."""
    return (english_name(person) if tongue() == "en" else "") or tame(str(person))


@register.filter
def own_text(text: Bilingual) -> str:
    return text.say(tongue())


@register.filter
def datewhat(what: dict[str, Any] | None) -> str | Promise:
    """What the next date is: the rule's own words, else the kind of date that was printed."""
    what = what or {}
    return what.get(tongue()) or _word(labels.DATES, what.get("kind"))


@register.filter
def unverified(what: dict[str, Any] | None) -> bool:
    """Computed by a rule that nobody has checked against the law."""
    return bool(what and what.get("source") == "computed" and not what.get("verified"))


@register.filter
def changeword(word: str) -> str | Promise:
    return web_labels.CHANGES[word]


@register.filter
def roleword(word: str) -> str | Promise:
    return web_labels.ROLES[word]


@register.filter
def actingrole(word: str) -> str | Promise:
    """As what somebody acts for an organisation."""
    return account_labels.ROLES[word]


@register.filter
def organisationkind(word: str) -> str | Promise:
    return account_labels.KINDS[word]


@register.filter
def invitationword(word: str) -> str | Promise:
    return web_labels.INVITATIONS[word]


@register.filter
def applicationword(word: str) -> str | Promise:
    return web_labels.APPLICATIONS[word]


@register.filter
def duplicateword(word: str) -> str | Promise:
    return web_labels.DUPLICATES[word]


@register.filter
def paperword(word: str) -> str | Promise:
    return _word(file_labels.PAPERS, word)


@register.filter
def formword(word: str) -> str | Promise:
    return _word(file_labels.FORMS, word)


@register.filter
def textwords(version: Version) -> list[str | Promise]:
    """What a reader has to know of the text of a file."""
    waits = file_labels.STATES.get(version.text_state)
    return [waits] if waits else [_word(file_labels.NOTES, note) for note in version.notes]


@register.filter
def proofword(word: str) -> str | Promise:
    return web_labels.PROOFS[word]


@register.filter
def runword(word: str) -> str | Promise:
    return web_labels.RUNS[word]


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
def facetvalue(value: str, facet: str) -> str:
    """A facet's value as people read it."""
    labelled = {Facet.KIND: labels.KINDS, Facet.EVENT: labels.EVENTS, Facet.LEVEL: LEVELS}
    if facet in labelled:
        return str(labelled[Facet(facet)].get(value, value))
    match facet:
        case Facet.MARKET:
            return place(value)
        case Facet.CHAPTER | Facet.HEADING:
            return f"{hscode(value)} {_short(hsname(value))}".strip()
        case Facet.SOURCE:
            return registered_name(value)
        case _:
            return value


@register.filter
def facetname(facet: str) -> str:
    return {
        Facet.KIND: _("Kind of measure"),
        Facet.EVENT: pgettext("page", "What happened"),
        Facet.MARKET: pgettext("page", "Market"),
        Facet.CHAPTER: _("HS chapter"),
        Facet.HEADING: _("HS heading"),
        Facet.BODY: _("Authority"),
        Facet.SOURCE: _("Source"),
        Facet.YEAR: _("Year"),
        Facet.LEVEL: pgettext("page", "Level"),
        Facet.BASE: _("Base"),
    }[Facet(facet)]


# --- Figures -------------------------------------------------------------------------------------


@register.filter
def money(usd: Shown | str | None) -> str:
    """US dollars in the reader's units: 1.23 亿美元, US$123 million."""
    if usd is None:
        return NOTHING
    return written.usd(usd if isinstance(usd, Confidential) else Decimal(usd))


@register.filter
def thousands(usd: Shown | None) -> str:
    """For narrow columns whose heading names the unit: 万美元 in Chinese, thousands in English."""
    if usd is None or isinstance(usd, Confidential):
        return NOTHING if usd is None else str(usd)
    return f"{usd / (10000 if tongue() == 'zh' else 1000):,.1f}"


@register.filter
def percent(share: Shown | None) -> str:
    """0.1234 → 12.3%."""
    if share is None:
        return NOTHING
    return written.percent(share if isinstance(share, Confidential) else Decimal(str(share)))


@register.filter
def is_confidential(value: object) -> bool:
    return is_hidden(value)


@register.filter
def probability(value: float) -> str:
    return f"{value:.0%}"


@register.filter
def is_exported(match: dict[str, Any]) -> bool:
    """Whether a matched good brings money at all; it is named even where it does not."""
    value: Shown | str = match["value_usd"]
    return isinstance(value, Confidential) or Decimal(value) > 0


@register.filter
def weighs_less(weight: Any) -> bool:
    """Whether a match counts less than its whole exports."""
    return Decimal(str(weight)) < 1


@register.filter
def unitvalue(value: Shown) -> str:
    """A price: two decimals, four where it is less than a dollar."""
    if isinstance(value, Confidential):
        return str(value)
    return f"{value:,.2f}" if value >= 1 else f"{value:,.4f}"


@register.filter
def unitword(unit: str) -> str | Promise:
    return web_labels.UNITS.get(unit, unit)


@register.filter
def change(ratio: Shown | None) -> str:
    if isinstance(ratio, Confidential):
        return str(ratio)
    return NOTHING if ratio is None else f"{ratio * 100:+.1f}%".replace("-", "−")


@register.filter
def bar(share: Shown | None) -> str:
    """The width of a bar, as SVG reads it; none where the figure is confidential."""
    if isinstance(share, Confidential):
        return "0%"
    return f"{min(max(float(share or 0), 0), 1) * 100:.1f}%"


@register.filter
def of(part: Shown, whole: Shown) -> Shown:
    if isinstance(part, Confidential) or isinstance(whole, Confidential):
        return CONFIDENTIAL
    return part / whole if whole else Decimal(0)


# --- Dates ---------------------------------------------------------------------------------------


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


# --- Other people's text -------------------------------------------------------------------------


def _lang(language: str) -> SafeString:
    """The `lang` attribute, where the text's language is not the page's."""
    return SafeString("") if language == tongue() else format_html(' lang="{}"', language)


@register.simple_tag
def foreign(text: str, language: str) -> SafeString:
    """A publisher's text: escaped, its direction kept to itself, its language named."""
    return format_html("<bdi{}>{}</bdi>", _lang(language), tame(text))


@register.simple_tag
def pieces(parts: Iterable[Piece], language: str) -> SafeString:
    return format_html("<bdi{}>{}</bdi>", _lang(language), html(parts))


@register.simple_tag
def outward(url: object, label: str = "") -> SafeString:
    """A link to a publisher's page; an address that may not be followed is shown, not linked."""
    safe = safe_url(str(url))
    if safe is None:
        return format_html("<code>{}</code>", tame(str(url)))
    return format_html(
        '<a class="{}" href="{}" rel="noopener noreferrer external">{}</a>',
        "outward" if label else "address",  # on paper a labelled link has its address beside it
        safe,
        label or tame(safe),
    )


@register.simple_tag
def linked(text: str) -> SafeString | str:
    """A citation: linked where it is an address, else as it is."""
    return outward(text) if safe_url(text) else tame(text)


@register.filter
def keyname(key: str) -> str:
    """A name of a measure without the system that it is of (`us:A-570-117`); where it is kind,
    origin and product (`us:anti_dumping:CN:steel nail`), in words."""
    parts = key.split(":")[1:]
    if len(parts) in {2, 3} and parts[0] in labels.KINDS:
        origin = [place(code) for code in parts[1:-1]]
        return " · ".join([str(labels.KINDS[parts[0]]), *origin, parts[-1]])
    return ":".join(parts)


@register.filter
def source_name(source: str) -> str:
    return registered_name(source)


@register.filter
def tamed(text: str) -> str:
    return tame(str(text))
