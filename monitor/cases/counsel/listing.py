"""The list of counsel that an organisation knows, and what each has done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.counsel.asking import ask_keeper, keeper
from monitor.cases.models import CaseMeasure, Counsel, Experience, Mandate
from monitor.cases.respondents import ChangedMeanwhileError

FIELDS = (
    "name_zh",
    "name_en",
    "seat",
    "languages",
    "contact",
    "phone",
    "email",
    "web",
    "house",
    "note",
)
Field = tuple[str, str]
"""(jurisdiction, kind of measure)."""


@dataclass
class Done:
    """What a law firm has done: `ours` by mandates that the reader sees, `typed` in by people."""

    ours: list[Mandate] = field(default_factory=list)
    typed: list[Experience] = field(default_factory=list)
    fields: set[Field] = field(default_factory=set)


def add(actor: Actor, wish: Mapping[str, Any], now: datetime) -> Counsel:
    """`wish`: of `FIELDS`. Raises MayNotError."""
    own = keeper(actor)
    with opened():
        given = {name: wish[name] for name in FIELDS if name in wish}
        return Counsel.objects.create(organisation=own, added_at=now, added_by=actor.user, **given)


def edit(actor: Actor, counsel: Counsel, wish: Mapping[str, Any], version: int) -> None:
    """`version`: of the entry when the form was made. Raises MayNotError, ChangedMeanwhileError."""
    ask_keeper(actor, counsel.organisation)
    with opened(), transaction.atomic():
        row = Counsel.objects.select_for_update(of=("self",)).get(pk=counsel.pk)
        if row.version != version:
            raise ChangedMeanwhileError
        for name in FIELDS:
            if name in wish:
                setattr(row, name, wish[name])
        row.version += 1
        row.save()


def set_retired(actor: Actor, counsel: Counsel, at: datetime | None) -> None:
    """`at` None: it is asked for offers again. Raises MayNotError."""
    ask_keeper(actor, counsel.organisation)
    with opened():
        counsel.retired_at = at
        counsel.save(update_fields=["retired_at"])


def tell(actor: Actor, counsel: Counsel, wish: Mapping[str, Any], now: datetime) -> Experience:
    """A past case. Raises MayNotError."""
    ask_keeper(actor, counsel.organisation)
    with opened():
        return Experience.objects.create(counsel=counsel, added_at=now, added_by=actor.user, **wish)


def withdraw(actor: Actor, told: Experience, now: datetime) -> None:
    """It was wrong; it is kept. Raises MayNotError."""
    ask_keeper(actor, told.counsel.organisation)
    with opened():
        told.withdrawn_at = told.withdrawn_at or now
        told.save(update_fields=["withdrawn_at"])


def done(actor: Actor, counsel: Iterable[Counsel]) -> dict[int, Done]:
    """By counsel. Three queries, however many."""
    found: defaultdict[int, Done] = defaultdict(Done)
    keys = [each.pk for each in counsel]
    told = Experience.objects.for_actor(actor).filter(counsel__in=keys, withdrawn_at=None)
    for each in told:
        found[each.counsel_id].typed.append(each)
        found[each.counsel_id].fields.add((each.jurisdiction, each.kind))
    given = Mandate.objects.for_actor(actor).filter(counsel__in=keys).select_related("case")
    mandates = list(given.order_by("-since", "-pk"))
    kinds = _kinds(actor, {mandate.case_id for mandate in mandates})
    for mandate in mandates:
        found[mandate.counsel_id].ours.append(mandate)
        of_case = ((mandate.case.jurisdiction, kind) for kind in kinds[mandate.case_id])
        found[mandate.counsel_id].fields.update(of_case)
    return {pk: found[pk] for pk in keys}


def in_field(of: Done, jurisdiction: str, kind: str) -> bool:
    """Empty: any."""
    return any(
        jurisdiction in ("", where) and kind in ("", what) for where, what in of.fields
    ) or not (jurisdiction or kind)


def on_offer(actor: Actor) -> Sequence[Counsel]:
    """Those that the actor's organisation may ask."""
    own = actor.organisation
    return list(Counsel.objects.for_actor(actor).filter(organisation=own, retired_at=None))


def _kinds(actor: Actor, cases: Collection[int]) -> Mapping[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = CaseMeasure.objects.for_actor(actor).filter(case__in=cases)
    for case, kind in rows.values_list("case", "measure__kind"):
        found[case].add(kind)
    return found
