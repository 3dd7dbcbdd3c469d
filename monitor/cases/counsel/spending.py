"""What cases cost and who was retained in them, for whoever learns from it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.cases.models import Case, Cost, Mandate, MandateFirm, Respondent

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


def acting_for(
    actor: Actor, respondents: Iterable[Respondent], day: date
) -> Mapping[int, Sequence[Mandate]]:
    """By respondent, the mandates that hold for it on that day, with their counsel: those that the
    actor gave, and of its own firm any. One query."""
    found: defaultdict[int, list[Mandate]] = defaultdict(list)
    holds = Q(until=None) | Q(until__gte=day)
    given = Q(mandate__until=None) | Q(mandate__until__gte=day)
    rows = MandateFirm.objects.for_actor(actor).filter(
        holds, given, respondent__in=[row.pk for row in respondents], since__lte=day
    )
    seen = rows.filter(mandate__in=Mandate.objects.for_actor(actor).order_by().values("pk"))
    for row in seen.select_related("mandate__counsel", "mandate__organisation").order_by("pk"):
        found[row.respondent_id].append(row.mandate)
    return found


def _costs(actor: Actor, cases: Iterable[Case]) -> "QuerySet[Cost]":
    own = of(actor, Action.READ_COUNSEL, "mandate__organisation") or Q(pk=None)
    rows = Cost.objects.for_actor(actor).filter(own, mandate__case__in=[case.pk for case in cases])
    return rows.order_by()
