"""What cases cost and who was retained in them, for whoever learns from it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet, Sum

from monitor.accounts.walls.actor import Actor
from monitor.cases.models import Case, Cost, Mandate

Amounts = Mapping[str, Decimal]
"""By currency (ISO 4217): sums of several are not made one."""


def spent(actor: Actor, cases: Iterable[Case]) -> Mapping[int, Amounts]:
    """By case: what the mandates cost that the actor's organisation gave, net of what was reversed.
    A case without any is not there. One query."""
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = _costs(actor, cases).values("mandate__case", "currency").annotate(sum=Sum("amount"))
    for row in rows:
        found[row["mandate__case"]][row["currency"]] = row["sum"]
    return found


def spent_on(actor: Actor, cases: Iterable[Case]) -> Mapping[int, Amounts]:
    """The same by counsel, over all these cases."""
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = _costs(actor, cases).values("mandate__counsel", "currency").annotate(sum=Sum("amount"))
    for row in rows:
        found[row["mandate__counsel"]][row["currency"]] = row["sum"]
    return found


def retained(actor: Actor, cases: Iterable[Case]) -> Mapping[int, Sequence[Mandate]]:
    """By case, the mandates that the actor knows of, with their counsel. One query."""
    found: defaultdict[int, list[Mandate]] = defaultdict(list)
    rows = Mandate.objects.for_actor(actor).filter(case__in=[case.pk for case in cases])
    for mandate in rows.select_related("counsel", "organisation"):
        found[mandate.case_id].append(mandate)
    return found


def _costs(actor: Actor, cases: Iterable[Case]) -> "QuerySet[Cost]":
    rows = Cost.objects.for_actor(actor).filter(mandate__case__in=[case.pk for case in cases])
    return rows.order_by()
