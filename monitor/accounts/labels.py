"""Kinds of organisations, roles and standings as people read them."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from monitor.accounts.walls.policy import Standing
from monitor.accounts.words import Kind, Role

KINDS: dict[str, str | Promise] = {
    Kind.OFFICE: pgettext_lazy("kind of organisation", "Office"),
    Kind.CHAMBER: pgettext_lazy("kind of organisation", "Chamber"),
    Kind.FEDERATION: pgettext_lazy("kind of organisation", "Federation"),
    Kind.ENTERPRISE: pgettext_lazy("kind of organisation", "Enterprise"),
    Kind.COUNSEL: pgettext_lazy("kind of organisation", "Counsel"),
    Kind.ASSOCIATION: pgettext_lazy("kind of organisation", "Association abroad"),
}
ROLES: dict[str, str | Promise] = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.OFFICER: pgettext_lazy("role", "Officer"),
    Role.READER: pgettext_lazy("role", "Reader"),
}
STANDINGS: dict[str, str | Promise] = {
    Standing.ANALYST: pgettext_lazy("standing", "Analyst"),
    Standing.OPERATOR: pgettext_lazy("standing", "Operator"),
}
