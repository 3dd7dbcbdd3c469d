"""How the pages write down who somebody is: roles, kinds of organisations, applications."""

from django import template
from django.utils.functional import Promise

from monitor.accounts import labels as account_labels
from monitor.web import labels as web_labels

register = template.Library()


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
