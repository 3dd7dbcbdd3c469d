"""How the pages write down a round of comments."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from monitor.accounts.walls.actor import Actor
from monitor.cases.comments.bank import Article, bank
from monitor.cases.comments.subject import FAMILIES
from monitor.cases.comments.summing import Sum
from monitor.cases.models import Case, CaseMeasure, CommentQuestion
from monitor.cases.words import Asks
from monitor.web.cases.comments import labels as comment_labels
from monitor.web.cases.comments import page as comments
from monitor.web.templatetags.fenghuo import tongue

register = template.Library()


@register.filter
def commented(case: Case, actor: Actor) -> bool:
    """Whether the case has a page of comments for the reader."""
    drafts = CaseMeasure.objects.for_actor(actor).filter(case=case, measure__kind__in=FAMILIES)
    return drafts.exists() and comments.is_open_to(actor, case)


@register.filter
def commentstep(word: str) -> str | Promise:
    return comment_labels.STEPS[word]


@register.filter
def fateword(word: str) -> str | Promise:
    return comment_labels.FATES[word]


@register.filter
def partword(word: str) -> str | Promise:
    return comment_labels.PARTS[word]


@register.filter
def inquiry(question: CommentQuestion) -> str:
    """What is asked, in the page's language where the chamber wrote it in both."""
    return question.zh if tongue() == "zh" else question.en or question.zh


@register.filter
def unitof(question: CommentQuestion) -> str:
    return question.unit_zh if tongue() == "zh" else question.unit_en or question.unit_zh


@register.filter
def answerin(question: CommentQuestion, value: str) -> str:
    """An answer as people say it."""
    match Asks(question.asks):
        case Asks.YES_NO:
            return str(comment_labels.YES_NO[value])
        case Asks.CHOICE:
            return choice_name(question.choices, value)
        case Asks.NUMBER:
            return f"{value} {unitof(question)}".strip()
        case Asks.TEXT:
            return value


def choice_name(choices: list[dict[str, Any]], value: str) -> str:
    lang = "zh" if tongue() == "zh" else "en"
    return next((str(each[lang]) for each in choices if each["id"] == value), value)


@register.filter
def articlesof(ids: list[str]) -> list[Article]:
    known = bank().articles
    return [known[each] for each in ids if each in known]


@register.filter
def articlename(article: Article) -> str:
    return _("%(agreement)s Agreement, %(number)s") % {
        "agreement": article.agreement.upper(),
        "number": article.number.replace("Annex", _("Annex")),
    }


@register.filter
def articleline(article: Article) -> str:
    return article.zh if tongue() == "zh" else article.en


@register.filter
def countsof(each: Sum) -> list[tuple[str, int]]:
    """Of yes and no, or of choices: the words and how many said so, in the order of the form."""
    question = each.question
    if question.asks == Asks.YES_NO:
        words = list(comment_labels.YES_NO)
    else:
        words = [choice["id"] for choice in question.choices]
    return [(answerin(question, word), each.counts.get(word, 0)) for word in words]
