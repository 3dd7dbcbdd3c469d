"""A firm lets others see its figures, and takes that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from monitor.accounts.models import Affiliation, Organisation, Share
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind


class EndsBeforeError(Exception):
    """The day until which it is to be seen has passed."""


def receivers(actor: Actor) -> "QuerySet[Organisation]":
    """Whom the firm may show something: its chambers, its offices, counsel."""
    firm = actor.organisation
    seen = Organisation.objects.for_actor(actor)
    if firm is None:
        return seen.none()
    chambers = Affiliation.objects.filter(member=firm, ended_at=None).values("of")
    offices = Q(kind=Kind.OFFICE, city__in=["", firm.city])
    mine = Q(pk__in=chambers, kind=Kind.CHAMBER)
    return seen.filter(mine | offices | Q(kind=Kind.COUNSEL)).order_by("kind", "name_zh")


def share(actor: Actor, receiver: Organisation, until: datetime | None, now: datetime) -> Share:
    """The figures of the firm that the actor acts for; another end than before begins anew.

    Raises `EndsBeforeError`.
    """
    if until is not None and until <= now:
        raise EndsBeforeError
    if actor.organisation is None:
        raise ValueError("nobody in particular has figures to share")
    with opened(), transaction.atomic():
        for open_ in _open(actor.organisation, receiver):
            _end(actor, open_, now)
        return Share.objects.create(
            owner=actor.organisation,
            receiver=receiver,
            what=Share.What.FIGURES,
            shared_by=actor.user,
            since=now,
            until=until,
        )


def take_back(actor: Actor, share: Share, now: datetime) -> None:
    with opened(), transaction.atomic():
        for open_ in _open(share.owner, share.receiver).filter(pk=share.pk):
            _end(actor, open_, now)


def runs(share: Share, now: datetime) -> bool:
    """Whether it lets anything be seen now."""
    ended = share.withdrawn_at or (share.until is not None and share.until <= now)
    return not ended and share.since <= now


def _open(owner: Organisation, receiver: Organisation) -> "QuerySet[Share]":
    rows: QuerySet[Share] = Share.objects.filter(
        owner=owner, receiver=receiver, what=Share.What.FIGURES, withdrawn_at=None
    )
    return rows


def _end(actor: Actor, share: Share, now: datetime) -> None:
    """One that has ended by itself ended on its day, and by nobody."""
    if share.until is not None and share.until <= now:
        share.withdrawn_at, share.withdrawn_by = share.until, None
    else:
        share.withdrawn_at, share.withdrawn_by = now, actor.user
    share.save(update_fields=["withdrawn_at", "withdrawn_by"])
