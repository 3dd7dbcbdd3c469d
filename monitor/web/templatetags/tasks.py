"""How the pages write down what a task says."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise

from monitor.web.cases.work.labels import DROPPED, WHOSE
from monitor.web.templatetags.fenghuo import tongue

register = template.Library()


@register.filter
def whosework(word: str) -> str | Promise:
    return WHOSE[word]


@register.filter
def droppedword(because: str) -> str:
    """The house's reasons in the reader's language; people's own as they wrote them."""
    return str(DROPPED.get(because, because))


@register.filter
def checkword(check: Mapping[str, Any]) -> str:
    return str(check[tongue()] or check["zh"])
