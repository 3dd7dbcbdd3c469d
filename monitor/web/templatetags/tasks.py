"""How the pages write down what a task says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from monitor.accounts.models import Membership
from monitor.web.cases.work.labels import DROPPED, WHOSE
from monitor.web.templatetags.fenghuo import person_name, tongue

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


# --- Handing over --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hand:
    """Somebody to whom a task may be handed. `pk`: of the membership, as a form says it."""

    pk: str
    user: int
    name: str


@register.filter
def called(hands: Iterable[Membership]) -> list[Hand]:
    """For a page that offers them beside every task of many: their names are found once."""
    return [Hand(str(each.pk), each.user_id, person_name(each.user)) for each in hands]


@register.simple_tag
def choose(people: Sequence[Hand], owner: int | None) -> SafeString:
    """Options of a list; whose the task is stands chosen."""
    return format_html_join("", "{}", ((_option(each, each.user == owner),) for each in people))


def _option(hand: Hand, chosen: bool) -> SafeString:  # noqa: FBT001 - said by its name above
    written = (
        '<option value="{}" selected>{}</option>' if chosen else '<option value="{}">{}</option>'
    )
    return format_html(written, hand.pk, hand.name)
