"""How the pages write down what a letter is."""

from django import template
from django.utils.functional import Promise

from monitor.cases.letters.catalog import Blank, Sort
from monitor.web.cases.letters.labels import LANGUAGES
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.fenghuo import tongue

register = template.Library()
register.filter(firmname)


@register.filter
def sortname(sort: Sort | Blank) -> str:
    return sort.zh if tongue() == "zh" else sort.en


@register.filter
def sortabout(sort: Sort) -> str:
    return sort.about_zh if tongue() == "zh" else sort.about_en


@register.filter
def sortsigned(sort: Sort) -> str:
    return sort.signed_zh if tongue() == "zh" else sort.signed_en


@register.filter
def letterlanguage(word: str) -> str | Promise:
    return LANGUAGES[word]
