"""Whose rows an actor reaches: what every wall is made of."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import made_once, opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind

if TYPE_CHECKING:
    from monitor.accounts.models import Organisation


@made_once
def reached(actor: Actor, action: Action) -> "QuerySet[Organisation] | None":
    """The organisations to whose rows the actor may do it; None where there can be none."""
    own = actor.organisation
    if own is None:
        return None
    parts = [_condition(own, whose) for whose in actor.whose(action) if whose is not Whose.ANY]
    return _rows("Organisation").filter(reduce(or_, parts)) if parts else None


def of(actor: Actor, action: Action, field: str = "organisation") -> Q | None:
    """The same as a condition on rows that point to their organisation by `field`."""
    found = reached(actor, action)
    return None if found is None else Q(**{f"{field}__in": found.order_by().values("pk")})


def reaches(actor: Actor, action: Action, organisation: "Organisation") -> bool:
    """Whether the actor may do it to the rows of this organisation."""
    found = reached(actor, action)
    with opened():
        return found is not None and found.filter(pk=organisation.pk).exists()


def reaching(actor: Actor, action: Action, organisations: Collection[int]) -> set[int]:
    """Of these organisations (primary keys), those to whose rows the actor may do it."""
    found = reached(actor, action)
    if found is None or not organisations:
        return set()
    with opened():
        return set(found.filter(pk__in=organisations).order_by().values_list("pk", flat=True))


def itself(own: "Organisation") -> QuerySet[Any]:
    """Keys of the organisation and of those that were merged into it."""
    return _rows("Organisation").filter(_condition(own, Whose.OWN)).order_by().values("pk")


def own_rows(actor: Actor) -> Q | None:
    """The rows of the person themselves (`user`), whoever they act for."""
    return Q(user=actor.themselves) if actor.themselves else None


def _condition(own: "Organisation", whose: Whose) -> Q:
    match whose:
        case Whose.OWN:
            return Q(pk=own.pk) | Q(merged_into=own)
        case Whose.MEMBER:
            return _members(own)
        case Whose.SHARED:
            return Q(pk__in=_open_shares().filter(receiver=own).values("owner"))
        case Whose.ANY:
            raise ValueError("rows of nobody in particular are no organisation's")


def _members(own: "Organisation") -> Q:
    if own.kind == Kind.OFFICE:
        region = Q(city=own.city) if own.city else Q()
        return Q(kind=Kind.ENTERPRISE) & region
    return Q(pk__in=_rows("Affiliation").filter(of=own, ended_at=None).values("member"))


def _open_shares() -> QuerySet[Any]:
    now = timezone.now()
    begun = _rows("Share").filter(since__lte=now, withdrawn_at=None)
    return begun.filter(Q(until=None) | Q(until__gt=now))


def _rows(model: str) -> QuerySet[Any]:
    # By name, because the models have their walls from here.
    rows: QuerySet[Any] = apps.get_model("accounts", model)._default_manager.all()  # noqa: SLF001 - documented so
    return rows
