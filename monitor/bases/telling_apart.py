"""Two firms that look like one and are not: said by a person, remembered, and taken back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.bases.duplicates import Pair
from monitor.bases.models import Distinction, Enterprise


class CannotTellApartError(Exception):
    """They are the same row, or of no organisation."""


def tell_apart(
    actor: Actor, one: Enterprise, other: Enterprise, reason: str, now: datetime
) -> Distinction:
    """From now on the two are not proposed; said again, it stays as it was said first.

    Raises `CannotTellApartError`.
    """
    first, second = sorted((one, other), key=lambda firm: firm.pk)
    if first.pk == second.pk or first.organisation is None or second.organisation is None:
        raise CannotTellApartError
    with opened(), transaction.atomic():
        # Of two who say it at the same moment, one waits here for the other.
        held = Organisation.objects.select_for_update().order_by("pk")
        list(held.filter(pk__in=[first.organisation.pk, second.organisation.pk]))
        both = (first.organisation, second.organisation)
        open_ = Distinction.objects.filter(withdrawn_at=None)
        known = open_.filter(first__in=both, second__in=both).first()
        return known or Distinction.objects.create(
            first=first.organisation,
            second=second.organisation,
            reason=reason,
            said_by=actor.user,
            said_at=now,
        )


def withdraw(actor: Actor, said: Distinction, now: datetime) -> bool:
    """The two may be proposed again. False: it was taken back already. `said`: one that the actor
    was given by the door."""
    with opened():
        open_ = Distinction.objects.filter(pk=said.pk, withdrawn_at=None)
        return open_.update(withdrawn_at=now, withdrawn_by=actor.user) == 1


def undecided(pairs: Iterable[Pair], said: Iterable[Distinction]) -> list[Pair]:
    """Those that nobody has said to be two; `said`: what stands."""
    apart = {frozenset((each.first_id, each.second_id)) for each in said}
    return [
        pair
        for pair in pairs
        if frozenset((pair.first.organisation_id, pair.second.organisation_id)) not in apart
    ]
