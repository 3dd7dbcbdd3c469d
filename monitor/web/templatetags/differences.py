"""How the pages write down what changed, and what a measure is similar in."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bundles.words import Kind
from monitor.notices import headline
from monitor.search.similar import Similar
from monitor.web.differences import Edit, Op
from monitor.web.templatetags.fenghuo import tongue
from monitor.web.templatetags.goods import hscode
from monitor.web.text import tame

register = template.Library()

FEW = 3
"""Codes that a reason names."""
_LINE = re.compile(r"\n")


@register.simple_tag
def difference(edits: Iterable[Edit], language: str) -> SafeString:
    """The pieces of two texts: what was taken out struck through, what was put in underlined, both
    said in words to those who do not see them."""
    shown = format_html_join("", "{}", ((_piece(edit),) for edit in edits))
    if language == tongue():
        return format_html("<bdi>{}</bdi>", shown)
    return format_html('<bdi lang="{}">{}</bdi>', language, shown)


def _piece(edit: Edit) -> SafeString | str:
    if edit.hidden:
        return format_html('<span class="left-out" lang="{}">{}</span>', tongue(), _left_out(edit))
    if edit.op is Op.SAME:
        return tame(edit.text)
    return taken_out(edit.text) if edit.op is Op.OUT else put_in(edit.text)


def _left_out(edit: Edit) -> str:
    count = len(edit.text)
    return ngettext(
        "… %(count)d character unchanged …", "… %(count)d characters unchanged …", count
    ) % {"count": count}


@register.filter
def taken_out(text: str) -> SafeString:
    said = pgettext("difference", "Taken out:")
    return format_html('<del><span class="hidden">{} </span>{}</del>', said, visible(text))


@register.filter
def put_in(text: str) -> SafeString:
    said = pgettext("difference", "Put in:")
    return format_html('<ins><span class="hidden">{} </span>{}</ins>', said, visible(text))


def visible(text: str) -> str:
    """The text with what the eye does not see written out: a change of it is a change."""
    if text.strip() == "":
        text = _LINE.sub("¶\n", text).replace("\u00a0", "⍽")
    return "".join(char if tame(char) else f"⟨U+{ord(char):04X}⟩" for char in text)


@register.filter
def similar_headline(found: Similar) -> str:
    """What the measure is in Chinese, for those who read Chinese and not its title; else empty."""
    measure = found.measure
    if not headline.is_chinese() or found.language == "zh" or measure.kind == Kind.OTHER:
        return ""
    codes = dict.fromkeys(code[:4] for code in (*found.subheadings, *found.headings))
    return headline.subject(
        headline.About(
            jurisdiction=measure.jurisdiction,
            kinds=[measure.kind],
            origins=[measure.origin] if measure.origin else [],
            product=headline.products(headline.heading(code) for code in codes),
        )
    )


@register.filter
def shared(found: Similar) -> str:
    """`same subheading 6911.10`; the headings only where no subheading is shared."""
    codes = found.subheadings or found.headings
    listed = pgettext("between words", ", ").join(hscode(code) for code in codes[:FEW])
    if len(codes) > FEW:
        listed = _("%(codes)s and %(more)d more") % {"codes": listed, "more": len(codes) - FEW}
    forms = (
        ngettext("same subheading %(codes)s", "same subheadings %(codes)s", len(codes))
        if found.subheadings
        else ngettext("same heading %(codes)s", "same headings %(codes)s", len(codes))
    )
    return forms % {"codes": listed}
