"""How the pages write down what a case says: answers, reasons, for whom a date is."""

from datetime import date
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise

from monitor.cases.models import Proceeding, Respondent, StageChange, Task
from monitor.cases.proceeding_names import proceeding_name
from monitor.cases.stage_names import names
from monitor.cases.stages import family
from monitor.cases.words import Stage
from monitor.cases.work.agenda import LegalDate, Of, Work
from monitor.cases.work.boards import Card
from monitor.deadlines.rules import Ruleset
from monitor.deadlines.wording import compared
from monitor.web.cases import labels as case_labels
from monitor.web.templatetags.fenghuo import own_name, tongue
from monitor.web.text import tame

register = template.Library()


@register.filter
def answerword(word: str) -> str | Promise:
    return case_labels.ANSWERS[word]


@register.filter
def whyword(word: str) -> str | Promise:
    return case_labels.WHYS[word]


@register.filter
def theirjoinsword(word: str) -> str | Promise:
    return case_labels.THEIR_JOINS[word]


@register.filter
def listedword(word: str) -> str | Promise:
    return case_labels.LISTED[word]


@register.filter
def whomword(word: str) -> str | Promise:
    return case_labels.WHOM[word]


@register.filter
def knownword(word: str) -> str | Promise:
    return case_labels.KNOWN[word]


@register.filter
def becauseword(word: str) -> str | Promise:
    return case_labels.BECAUSE[word]


@register.filter
def boundword(word: str) -> str | Promise:
    return case_labels.BOUNDS[word]


@register.filter
def duename(due: dict[str, Any]) -> str:
    """What falls due, in the words of the rule."""
    return str(due[tongue()] or due["zh"])


@register.filter
def said(due: dict[str, Any], what: str) -> str:
    """Of `note` or `explanation`, the sentence in the page's language."""
    return str(due.get(f"{what}_{tongue()}") or "")


@register.filter
def is_verified(due: dict[str, Any]) -> bool:
    """Whether somebody has read the rule in its source: a day says when."""
    return parse_date(due["verified"]) is not None if due["verified"][:1].isdigit() else False


@register.filter
def waitwords(due: dict[str, Any]) -> list[str]:
    return [each[tongue()] for each in due["waits"]]


@register.filter
def proceedingname(row: Proceeding) -> str:
    """As people tell it from the others of the case. `row`: with its measure."""
    return proceeding_name(row)


@register.filter
def stageword(change: StageChange) -> str | Promise:
    row = change.proceeding
    return names(family(row.measure.kind, row.proceeding), Stage(change.stage)).insiders


@register.filter
def tasktitle(task: Task) -> str:
    return task.title_zh if tongue() == "zh" else task.title_en or task.title_zh


@register.filter
def comparedday(difference: int) -> str:
    """The printed day beside the computed one."""
    return compared(difference)


@register.filter
def authorityname(ruleset: Ruleset) -> str:
    found = ruleset.authority
    return found.zh if tongue() == "zh" else found.en


@register.filter
def is_read(legal: LegalDate) -> bool:
    """Whether somebody has read the rule in its source."""
    return legal.verified is not None and legal.verified[:1].isdigit()


@register.filter
def weekday(day: date) -> str:
    return date_format(day, "D")


@register.filter
def cardtitle(card: Card | LegalDate | Work) -> str:
    return card.zh if tongue() == "zh" else card.en or card.zh


@register.filter
def organisationname(card: Card) -> str:
    """Of whoever has to do it."""
    if tongue() == "zh":
        return card.organisation_zh
    return card.organisation_en or card.organisation_zh


@register.filter
def ofwords(of: Of) -> str:
    """The case and, where it is one firm's alone, whose."""
    case, firm = (of.case_zh, of.firm_zh) if tongue() == "zh" else (of.case_en, of.firm_en)
    return " · ".join(word for word in (case or of.case_zh, firm or of.firm_zh) if word)


@register.filter
def firmname(row: Respondent) -> str:
    """In the page's language; of one that is none of ours, as the notice prints it."""
    return tame(own_name(row.organisation) if row.organisation else row.named_as)
