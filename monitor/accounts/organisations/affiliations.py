"""Which firms a chamber has admitted."""

from datetime import datetime

from django.db import transaction

from monitor.accounts.models import Affiliation, Organisation, Share
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened


def admit(actor: Actor, member: Organisation, of: Organisation, now: datetime) -> Affiliation:
    """One that is a member already, stays so since when it was."""
    with opened(), transaction.atomic():
        affiliation, _ = Affiliation.objects.get_or_create(
            member=member, of=of, ended_at=None, defaults={"since": now, "admitted_by": actor.user}
        )
        return affiliation


def let_go(actor: Actor, affiliation: Affiliation, now: datetime) -> None:
    """It is a member no longer, and what it showed the chamber as one is closed again."""
    with opened(), transaction.atomic():
        Affiliation.objects.filter(pk=affiliation.pk, ended_at=None).update(ended_at=now)
        Share.objects.filter(
            owner=affiliation.member_id, receiver=affiliation.of_id, withdrawn_at=None
        ).update(withdrawn_at=now, withdrawn_by=actor.user)
