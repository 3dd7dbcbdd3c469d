"""How the pages write down what stands in the library of past cases."""

from django import template
from django.utils.functional import Promise

from monitor.cases.past import labels, wording
from monitor.cases.past.echoing import Chain, Heard, Link
from monitor.cases.past.library import Brought, PastCases, brought, lasted, tally, took
from monitor.cases.past.near import Near
from monitor.cases.past.own import OwnCase
from monitor.cases.past.tables import Fact, PastCase, Rate, Response, Spoken

register = template.Library()


@register.filter
def endingword(word: str) -> str | Promise:
    return labels.ENDINGS[word]


@register.filter
def endingtag(word: str) -> str:
    """The colour of an ending: what went well for our firms is good."""
    return {"no_measure": "tag-good", "measure": "tag-bad"}.get(word, "tag-note")


@register.filter
def whatword(word: str) -> str | Promise:
    return labels.WHATS[word]


@register.filter
def ratestage(word: str) -> str | Promise:
    return labels.STAGES[word]


@register.filter
def ratefigure(rate: Rate) -> str:
    return wording.rate(rate)


@register.filter
def ratewhose(rate: Rate) -> str:
    return wording.whose(rate)


@register.filter
def monthsword(count: float | None) -> str:
    return "—" if count is None else wording.months(count)


@register.filter
def took_months(case: PastCase) -> int | None:
    return took(case)


@register.filter
def lasted_months(case: PastCase) -> int | None:
    return lasted(case)


@register.filter
def what_answering_brought(case: PastCase) -> list[Brought]:
    return brought(case)


@register.filter
def comparedword(found: Brought) -> str:
    return wording.compared(found)


@register.filter
def answeredword(response: Response) -> str:
    return wording.answered(response)


@register.filter
def nearreason(each: Near | OwnCase) -> str:
    return wording.reason(each)


@register.filter
def heardsentence(found: Heard) -> str:
    return wording.heard(found)


@register.filter
def linkopener(link: Link) -> str:
    return wording.opener(link)


@register.filter
def chainspan(chain: Chain) -> str:
    return wording.span(chain)


@register.filter
def tallied(case: PastCase) -> tuple[int, int]:
    """Its facts that are sourced, and those that are 待核实."""
    return tally([case])


@register.filter
def authorityname(case: PastCase) -> Spoken:
    return PastCases.load().authority(case)


@register.filter
def address(fact: Fact, case: PastCase) -> str:
    """Where it was read; empty where it is 待核实."""
    return case.sources.get(fact.source, "")
