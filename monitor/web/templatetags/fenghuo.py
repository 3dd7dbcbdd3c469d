"""What nearly every page needs: the reader's language and rights, names, others' text."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from models.nomenclature import hs
from monitor.accounts.models import User
from monitor.accounts.sample import english_name
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.notices import labels
from monitor.sources.registry import Bilingual
from monitor.web import labels as web_labels
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


def labelled(table: labels.Labels, word: str | None) -> str | Promise:
    """The label; a word of the contract always has one, and `KeyError` says which has not."""
    return table[word] if word else ""


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
def runword(word: str) -> str | Promise:
    return web_labels.RUNS[word]


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
def source_name(source: str) -> str:
    return registered_name(source)


@register.filter
def tamed(text: str) -> str:
    return tame(str(text))
