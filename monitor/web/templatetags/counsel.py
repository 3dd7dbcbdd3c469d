"""How the pages write down counsel, offers and what they cost."""

from decimal import Decimal

from django import template
from django.utils.functional import Promise

from monitor.bases.confidential import Shown, is_hidden
from monitor.cases.counsel.currencies import PLACES
from monitor.cases.counsel.words import Rule
from monitor.cases.models import SharingRule
from monitor.web.cases.counsel import labels as counsel_labels
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import tame

register = template.Library()


@register.filter
def insum(amount: Shown, currency: str) -> str:
    """1234.5 → USD 1,234.50, with the decimals of the currency."""
    if is_hidden(amount):
        return str(amount)
    return f"{currency} {amount:,.{PLACES[currency]}f}"


@register.filter
def plainly(figure: Shown | None) -> str:
    """A weight or a rate, without zeros that say nothing."""
    if figure is None:
        return "—"
    if not isinstance(figure, Decimal):
        return str(figure)
    return f"{figure.normalize():,f}"


@register.filter
def weighed(weight: Shown | None, rule: str) -> str:
    """Exports are US dollars; other weights have no unit."""
    if rule == Rule.BY_EXPORTS and isinstance(weight, Decimal):
        return f"USD {plainly(weight)}"
    return plainly(weight)


@register.filter
def feeword(word: str) -> str | Promise:
    return counsel_labels.FEES[word]


@register.filter
def conflictword(word: str) -> str | Promise:
    return counsel_labels.CONFLICTS[word]


@register.filter
def verdictword(word: str) -> str | Promise:
    return counsel_labels.VERDICTS[word]


@register.filter
def ruleword(word: str) -> str | Promise:
    return counsel_labels.RULES[word]


@register.filter
def payerword(word: str) -> str | Promise:
    return counsel_labels.PAYERS[word]


@register.filter
def bearername(rule: SharingRule) -> str:
    """Who bears a part before the firms do: the office by its name, where it is known which."""
    return tame(own_name(rule.bearer)) if rule.bearer else str(payerword(rule.payer))


@register.filter
def missingword(word: str) -> str | Promise:
    return counsel_labels.MISSING[word]


@register.filter
def waitsword(word: str) -> str | Promise:
    return counsel_labels.WAITS[word]
