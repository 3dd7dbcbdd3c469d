"""How the pages write down what a document of a file is."""

from django import template
from django.utils.functional import Promise

from monitor.cases.models import Version
from monitor.web.cases.file import labels as file_labels
from monitor.web.templatetags.fenghuo import labelled

register = template.Library()


@register.filter
def paperword(word: str) -> str | Promise:
    return labelled(file_labels.PAPERS, word)


@register.filter
def formword(word: str) -> str | Promise:
    return labelled(file_labels.FORMS, word)


@register.filter
def textwords(version: Version) -> list[str | Promise]:
    """What a reader has to know of the text of a file."""
    waits = file_labels.STATES.get(version.text_state)
    return [waits] if waits else [labelled(file_labels.NOTES, note) for note in version.notes]
