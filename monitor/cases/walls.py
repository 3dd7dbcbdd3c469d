"""Who sees a case, and what of it.

A case is seen by the chambers that lead or join its answer, by the firms that are asked to answer
it, by the office whose firms those are, and by whom it was shared with until that ends. What a firm
adds to it is that firm's: `monitor.accounts.walls.reach` says who reaches it.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import of
from monitor.cases.words import Who


def cases(actor: Actor, action: Action, case: str = "") -> Q | None:
    """Which cases the actor may do it to, as a condition on cases, or on rows that point to theirs
    by the path `case`; None: to none."""
    own = actor.organisation
    if own is None:
        return None
    parts = [_condition(actor, own, whose) for whose in sorted(actor.whose(action))]
    if not parts:
        return None
    found = _rows("Case").filter(reduce(or_, parts)).order_by()
    return Q(**{f"{case}__in" if case else "pk__in": found.values("pk")})


def work(actor: Actor, path: str = "") -> Q | None:
    """Which tasks the actor sees: a firm's by whoever reads how it answers, a chamber's by the
    chamber; and what counsel has to do, by whom the organisation that sees to it has shown the
    case. `path`: from the row to its task."""
    seen = cases(actor, Action.READ_CASES, f"{path}case")
    mine = of(actor, Action.READ_ANSWERS, f"{path}organisation")
    if Whose.SHARED in actor.whose(Action.READ_TASKS):
        given = Q(**{f"{path}pk__in": _given(actor).values("pk")})
        mine = mine | given if mine else given
    return seen and mine and seen & mine


def _given(actor: Actor) -> QuerySet[Any]:
    """Tasks of counsel's; not those for another firm than the one that showed the case."""
    shares = _rows("CaseShare").filter(
        open_shares(),
        receiver=actor.organisation,
        case=OuterRef("case"),
        owner=OuterRef("organisation"),
    )
    own = Q(respondent=None) | Q(respondent__organisation=F("organisation"))
    return _rows("Task").filter(own, Exists(shares), who=Who.COUNSEL).order_by()


def open_shares() -> Q:
    """Shares that hold now."""
    now = timezone.now()
    return Q(since__lte=now, withdrawn_at=None) & (Q(until=None) | Q(until__gt=now))


def _condition(actor: Actor, own: Organisation, whose: Whose) -> Q:
    match whose:
        case Whose.OWN:
            return _party(own)
        case Whose.MEMBER:
            firms = of(actor, Action.READ_FIRM)
            return Q(pk__in=_rows("Respondent").filter(firms or Q(pk=None)).values("case"))
        case Whose.SHARED:
            shares = _rows("CaseShare").filter(open_shares(), receiver=own)
            return Q(pk__in=shares.values("case"))
        case Whose.ANY:
            return Q()


def _party(own: Organisation) -> Q:
    firms = _rows("Respondent").filter(Q(organisation=own) | Q(organisation__merged_into=own))
    chambers = _rows("CaseChamber").filter(organisation=own, ended_at=None)
    return Q(pk__in=firms.values("case")) | Q(pk__in=chambers.values("case"))


def _rows(model: str) -> QuerySet[Any]:
    # By name, because the models have their walls from here.
    rows: QuerySet[Any] = apps.get_model("cases", model)._default_manager.all()  # noqa: SLF001 - documented so
    return rows
