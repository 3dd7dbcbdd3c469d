"""What is at stake for whom, as far as the reader may know."""

from collections.abc import Iterable, Mapping

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.bases.confidential import CONFIDENTIAL, Figure, Shown, figure, is_open, size
from monitor.bases.contributors import sight
from monitor.cases.models import Case, Respondent
from monitor.cases.touching import ZERO


def stakes(respondents: Iterable[Respondent], actor: Actor) -> Mapping[int, Shown]:
    """By respondent, for those of whom a figure is known. One query, however many.

    `respondents`: as the door gave them to the actor. A firm sees its own, others see it where the
    firm shares its figures with them.
    """
    known = {row.pk: row.value_usd for row in respondents if row.value_usd is not None}
    seen = of(actor, Action.READ_FIGURES)
    mine = Respondent.objects.for_actor(actor).filter(pk__in=known)
    open_ = set(mine.filter(seen).values_list("pk", flat=True)) if seen and known else set()
    return {pk: value if pk in open_ else CONFIDENTIAL for pk, value in known.items()}


def total(case: Case, actor: Actor) -> Shown:
    """Of all our firms in the case, whether the reader knows them or not: for whoever sees every
    sum of its bases, for others where enough firms make it up and none of them most of it."""
    if case not in _seen(actor, case):
        return CONFIDENTIAL
    with opened():  # read by the house, to know what to keep from the reader
        made_up = _figure(case)
        bases = list(case.bases.values_list("pk", flat=True))
    sees = sight(actor)
    whole = bool(bases) and all(sees.whole(base) for base in bases)
    return size(made_up) if whole or is_open(made_up) else CONFIDENTIAL


def _seen(actor: Actor, case: Case) -> list[Case]:
    return list(Case.objects.for_actor(actor).filter(pk=case.pk))


def _figure(case: Case) -> Figure:
    rows = Respondent.objects.filter(case=case).exclude(value_usd=None).exclude(organisation=None)
    firms = {
        firm: value
        for firm, value in rows.values_list("organisation", "value_usd")
        if value is not None
    }
    return figure(sum(firms.values(), ZERO), firms)
