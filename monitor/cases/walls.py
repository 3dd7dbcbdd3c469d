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
from monitor.accounts.walls.door import made_once
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import itself, of
from monitor.cases.words import Who


def cases(actor: Actor, action: Action, case: str = "") -> Q | None:
    """Which cases the actor may do it to, as a condition on cases, or on rows that point to theirs
    by the path `case`; None: to none."""
    found = _cases(actor, action)
    return None if found is None else Q(**{f"{case}__in" if case else "pk__in": found})


@made_once
def _cases(actor: Actor, action: Action) -> QuerySet[Any] | None:
    """Their keys."""
    own = actor.organisation
    if own is None:
        return None
    parts = [rows for whose in sorted(actor.whose(action)) for rows in _parts(actor, own, whose)]
    if not parts:
        return None
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


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


def worked(actor: Actor) -> Q | None:
    """Which changes of tasks the actor sees: what was done while it was with somebody whose tasks
    they see, now or then; that it was passed on, by either side."""
    parts = [
        of(actor, Action.READ_ANSWERS, "organisation"),
        of(actor, Action.READ_ANSWERS, "receiver"),
    ]
    seen, now = cases(actor, Action.READ_CASES, "task__case"), work(actor, "task__")
    then = reduce(or_, [part for part in parts if part], Q(pk=None))
    if seen is None:
        return None
    return seen & then | now & Q(organisation=None) if now else seen & then


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


def _parts(actor: Actor, own: Organisation, whose: Whose) -> list[QuerySet[Any]]:
    """Keys of cases, from the rows that point to them: each is found by an index, and a database
    that is given them in one list begins with them."""
    match whose:
        case Whose.OWN:
            seats = _rows("CaseChamber").filter(organisation=own, ended_at=None)
            return [_asked(Q(organisation__in=itself(own))), seats.order_by().values("case")]
        case Whose.MEMBER:
            return [_asked(of(actor, Action.READ_FIRM) or Q(pk=None))]
        case Whose.SHARED:
            shares = _rows("CaseShare").filter(open_shares(), receiver=own)
            return [shares.order_by().values("case")]
        case Whose.ANY:
            return [_rows("Case").order_by().values("pk")]


def _asked(firms: Q) -> QuerySet[Any]:
    """Of the cases that these are asked to answer."""
    return _rows("Respondent").filter(firms).order_by().values("case")


def _rows(model: str) -> QuerySet[Any]:
    # By name, because the models have their walls from here.
    rows: QuerySet[Any] = apps.get_model("cases", model)._default_manager.all()  # noqa: SLF001 - documented so
    return rows
